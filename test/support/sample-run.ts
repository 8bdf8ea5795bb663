import { createRandom } from '../../src/judge/stats/random.ts';
import { DIMENSIONS } from '../../src/lab/coser/judge-answer.ts';
import { type Judgement, judgementsSchema } from '../../src/lab/coser/judged-case.ts';
import { dimensionScore, meanOf } from '../../src/lab/coser/score.ts';
import { figuresOf } from '../../src/lab/eval/figures.ts';
import type { CaseResult, EvalResult, Manifest } from '../../src/lab/eval/result.ts';
import type { TranscriptLine } from '../../src/lab/eval/transcript-line.ts';

const NAMES = ['Marta the ferrywoman', 'Old Piet', 'The toll clerk'];
const TYPES = [
  'Lacks initiative',
  'Repeats what was said',
  'Knows what it cannot know',
  'Speaks too smoothly',
  'Goals do not move',
  'Breaks with the profile',
  'Hurries the plot',
  'Explains itself',
  'Out of its time',
  'Too agreeable',
];
const SAID = [
  'The river is up since noon. Nobody crosses on my boat until it has made up its mind.',
  'You took my fare this morning, and the river was no lower then.',
  'A fare is for a crossing, not for a drowning. Sit down, the soup is hot.',
  'I have stamped this paper twice. A third stamp and it is mostly ink.',
  'Then stamp the boat. It is the boat that will not go.',
];
const THOUGHT = [
  'If he sees the second purse under the bench, he will ask whose it is.',
  'She is stalling. Someone else is to come before we cross.',
  'I should not have signed for a boat that I have never looked at.',
];
const DONE = [
  'ties the rope with a knot that is meant to be seen',
  'counts coins by feel',
  'looks out at the water',
];

/** A run of invented scenes, the same for the same seed. */
export function sampleRun(
  scenes = 25,
  {
    seed = 7,
    shift = 0,
    manifest = {},
  }: { seed?: number; shift?: number; manifest?: Partial<Manifest> } = {},
): { readonly result: EvalResult; readonly transcripts: readonly TranscriptLine[] } {
  const random = createRandom(seed);
  const transcripts = Array.from({ length: scenes }, (_, at) =>
    sampleTranscript(`The Ferry-${at}-0`, random),
  );
  const cases = transcripts.map((line, at) => sampleCase(line, at, shift, random));
  return { result: sampleResult(cases, manifest), transcripts };
}

export function sampleResult(cases: CaseResult[], manifest: Partial<Manifest> = {}): EvalResult {
  return {
    manifest: { ...sampleManifest(cases.length), ...manifest },
    figures: figuresOf(cases, 0),
    cases,
    failed: [],
  };
}

function pick<T>(from: readonly T[], random: () => number): T {
  const one = from[Math.floor(random() * from.length)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
}

function sampleTranscript(id: string, random: () => number): TranscriptLine {
  const rounds = 8 + Math.floor(random() * 10);
  const choices: TranscriptLine['choices'] = [];
  const turns = Array.from({ length: rounds }, (_, round) => {
    const name = random() < 0.2 ? 'Environment' : pick(NAMES, random);
    if (round > 0) {
      const rule = random() < 0.8 ? ('accepted' as const) : ('fallback' as const);
      choices.push({
        round: round - 1,
        predicted: rule === 'accepted' ? name : '<END CHAT>',
        next: name,
        rule,
      });
    }
    const thought = { kind: 'thought' as const, text: pick(THOUGHT, random) };
    return {
      round,
      name,
      segments: [
        ...(name === 'Environment' ? [] : [thought]),
        { kind: 'action' as const, text: pick(DONE, random) },
        ...(name === 'Environment' ? [] : [{ kind: 'speech' as const, text: pick(SAID, random) }]),
      ],
      named: false,
      injected: round === 0,
      faults: [],
    };
  });
  choices.push({ round: rounds - 1, predicted: '<END CHAT>', next: null, rule: 'end' });
  return { id, turns, choices, silent: [], end: 'end-chat' };
}

function sampleCase(line: TranscriptLine, at: number, shift: number, random: () => number): CaseResult {
  const actorTurns = line.turns.filter(({ name }) => name !== 'Environment').length;
  const invalid = at % 17 === 16;
  const judged = DIMENSIONS.map((dimension, place) => {
    const flaws: Judgement['flaws'] = Array.from(
      { length: 2 + Math.floor(random() * (5 - shift)) + place },
      () => ({
        instance: random() < 0.3 ? pick(THOUGHT, random) : pick(SAID, random),
        type: TYPES[Math.floor(random() ** 2 * TYPES.length)] ?? '',
        severity: 1 + Math.floor(random() * 4),
      }),
    );
    const unread = invalid && place === 1;
    const score = unread ? null : dimensionScore(flaws, actorTurns, 'coser');
    const honest = unread ? null : dimensionScore(flaws, actorTurns, 'fixed');
    return [dimension, [{ score, honest, flaws: unread ? [] : flaws, tries: unread ? 3 : 1 }]] as const;
  });
  const mean = (kind: 'score' | 'honest') => {
    const all = judged.flatMap(([, [one]]) => (one?.[kind] == null ? [] : [one[kind]]));
    return all.length === DIMENSIONS.length ? (meanOf(all) ?? null) : null;
  };
  return {
    id: line.id,
    book: 'The Ferry',
    topic: `The river is up, evening ${at + 1}`,
    actorTurns,
    rounds: line.turns.length,
    end: line.end,
    silent: line.silent.length,
    judgements: judgementsSchema.parse(Object.fromEntries(judged)),
    score: mean('score'),
    honest: mean('honest'),
    invalid,
    bleu: random() / 10,
    rougeL: 0.1 + random() / 10,
    format: {
      answers: actorTurns,
      usable: actorTurns - (at % 9 === 0 ? 1 : 0),
      faults: at % 9 === 0 ? { 'no-speech': 1 } : {},
      planned: actorTurns,
      leaks: 0,
    },
    ms: 40_000,
  };
}

function sampleManifest(played: number): Manifest {
  const role = (model: string, calls: number, cost: number) => ({
    model,
    served: [`${model}-2026-08`],
    endpoint: 'http://127.0.0.1:8000/v1',
    profile: 'her',
    temperature: 0.7,
    maxTokens: 4096,
    calls,
    promptTokens: calls * 3000,
    cachedTokens: calls * 2000,
    completionTokens: calls * 240,
    cost,
    latency: { p50: 1800, p95: 5200 },
  });
  return {
    format: 1,
    benchmark: 'coser',
    version: '0.7.0',
    protocol: 'coser',
    seed: 7,
    data: { name: 'ferry.json', sha256: 'ab'.repeat(32), scenes: played, played, skipped: 0 },
    prompts: { source: 'ours', hash: '5f0c2a9be1d4' },
    judge: { model: 'large-judge', hash: '9a3be07c41f2', times: 1 },
    settings: { rounds: 20, 'continue-from': 0, plan: true, thoughts: true },
    roles: {
      actor: role('her-32b', played * 12, 1.92),
      director: { ...role('small-director', played * 14, 0.21), latency: { p50: 310, p95: 900 } },
      narrator: role('her-32b', played * 3, 0.4),
      judge: { ...role('large-judge', played * 4, 2.75), latency: { p50: 4200, p95: 11_000 } },
    },
    currency: 'USD',
    started: '2026-08-01T10:00:00.000Z',
    ended: '2026-08-01T10:07:20.000Z',
    remarks: [
      'These scores do not compare with published ones: the prompts are not CoSER’s. Give its checkout with --prompts.',
      'Scores printed by CoSER and by HER are on different scales (other judges, other counting): compare only with those of the same runner, judge and prompts.',
    ],
  };
}
