import { describe, expect, test } from 'vitest';
import { createAsk } from '../../../../src/lab/calls/ask.ts';
import type { LabModel } from '../../../../src/lab/calls/call.ts';
import { createMemoryJournal } from '../../../../src/lab/calls/memory-journal.ts';
import { DIMENSIONS } from '../../../../src/lab/coser/judge-answer.ts';
import { type JudgeSceneOptions, judgeScene } from '../../../../src/lab/coser/judge-scene.ts';
import { RULES } from '../../../../src/lab/coser/protocol.ts';
import { coserSceneSchema } from '../../../../src/lab/coser/scene.ts';
import type { Protocol } from '../../../../src/lab/coser/severity.ts';
import { ourPrompts } from '../../../../src/lab/prompts/ours.ts';
import { type ChatRequest, ModelError } from '../../../../src/model/chat-model.ts';
import { answeringModel } from '../../../support/answering-model.ts';
import { labModel } from '../../../support/lab-model.ts';

const scene = {
  id: 'The Ferry-3-0',
  ...coserSceneSchema.parse({
    book: 'The Ferry',
    i_p: 3,
    speaking_characters_w_env: ['Perran', 'Wenna'],
    major_characters: ['Perran', 'Wenna'],
    dialogues: [{ character: 'Perran', message: '[REFTHOUGHT] (coils the rope) Tide’s wrong.' }],
  }),
};
const turn = (name: string, named: boolean) => ({
  name,
  named,
  segments: [
    { kind: 'thought' as const, text: `SECRET of ${name}` },
    { kind: 'action' as const, text: 'nods' },
    { kind: 'speech' as const, text: 'Well.' },
  ],
});
const simulation = { turns: [turn('Perran', true), turn('Environment', false), turn('Wenna', false)] };

/** A judge that says for each dimension what its script has for that try; the last for all later ones. */
function scripted(script: readonly (string | ModelError)[], served: ChatRequest[] = []) {
  const tried = new Map<string, number>();
  const judge: LabModel = {
    ...labModel(answeringModel()),
    async ask(request) {
      served.push(request);
      const dimension = DIMENSIONS.find((one) => request.messages[0]?.content.includes(`Judge ${one}`)) ?? '';
      const at = tried.get(dimension) ?? 0;
      tried.set(dimension, at + 1);
      const answer = script[Math.min(at, script.length - 1)] ?? '';
      if (answer instanceof ModelError) throw answer;
      const cut = answer.endsWith('…');
      const usage = {
        model: 'm',
        promptTokens: 1,
        cachedTokens: 0,
        completionTokens: 1,
        msToFirst: 0,
        msToLast: 0,
      };
      const text = answer.replaceAll('DIM', dimension).replace('…', '');
      return { text, reasoning: '', end: cut ? 'length' : 'stop', usage };
    },
  };
  return { judge, served };
}

const journalled = createMemoryJournal;
const { played: _, ...ours } = ourPrompts();
const prompts = {
  ...ours,
  critic: (_: unknown, { dimension, reference }: { dimension: string; reference: string }) =>
    `Judge ${dimension}.\n${reference}`,
};

async function judged(
  protocol: Protocol,
  script: readonly (string | ModelError)[],
  more: Partial<JudgeSceneOptions> = {},
) {
  const { judge, served } = scripted(script);
  const journal = journalled();
  const options = { scene, simulation, rules: RULES[protocol], prompts, judge, ask: createAsk(journal) };
  const asked = { continueFrom: 0, times: 1, readsThoughts: undefined };
  const found = await judgeScene({ ...options, ...asked, ...more }, new AbortController().signal);
  const [one] = found.Anthropomorphism ?? [];
  if (!one) throw new Error('no judgement');
  return { one, found, served, journal };
}

const flaws = (...severities: readonly unknown[]) =>
  JSON.stringify({
    DIM: { flaws: severities.map((severity) => ({ instance: 'i', type: 't', severity })) },
  });
const failing = (failure: ModelError['failure']) => new ModelError(failure, 'no', { retryable: false });

describe('what a judge reads', () => {
  const read = async (protocol: Protocol, readsThoughts?: boolean) => {
    const { served } = await judged(protocol, [flaws()], { readsThoughts });
    const [system, user] = served[0]?.messages ?? [];
    return [system?.content.split('\n')[1], user?.content];
  };

  test('CoSER’s: thoughts are in neither conversation, lines are as models wrote them', async () => {
    expect(await read('coser')).toEqual([
      'Perran: (coils the rope) Tide’s wrong.',
      'Perran: (nods) Well.\n\n(nods) Well.\n\n(nods) Well.',
    ]);
  });

  test('HER’s: the actors’ thoughts are in both, in brackets; the Environment has none', async () => {
    expect(await read('her')).toEqual([
      'Perran: [REFTHOUGHT] (coils the rope) Tide’s wrong.',
      'Perran: [SECRET of Perran](nods)Well.\n\n(nods)Well.\n\n[SECRET of Wenna](nods)Well.',
    ]);
  });

  test('HER’s without thoughts: the reference keeps its own', async () => {
    expect(await read('her', false)).toEqual([
      'Perran: [REFTHOUGHT] (coils the rope) Tide’s wrong.',
      'Perran: (nods)Well.\n\n(nods)Well.\n\n(nods)Well.',
    ]);
  });

  test('mended: every line bears its name', async () => {
    expect(await read('fixed')).toEqual([
      'Perran: [REFTHOUGHT] (coils the rope) Tide’s wrong.',
      'Perran: [SECRET of Perran] (nods) Well.\n\nEnvironment: (nods) Well.\n\nWenna: [SECRET of Wenna] (nods) Well.',
    ]);
    expect(await read('fixed', false)).toEqual([
      'Perran: (coils the rope) Tide’s wrong.',
      'Perran: (nods) Well.\n\nEnvironment: (nods) Well.\n\nWenna: (nods) Well.',
    ]);
  });
});

test('the texts may put the transcript in a frame', async () => {
  const played = (transcript: string, dimension: string) => `${dimension}: “${transcript.slice(0, 7)}…”`;
  const { served } = await judged('coser', [flaws()], { prompts: { ...prompts, played } });
  expect(served.map(({ messages }) => messages[1]?.content)).toEqual(
    DIMENSIONS.map((dimension) => `${dimension}: “Perran:…”`),
  );
});

test('a scene without a turn of an actor is not judged: it would have no flaws', async () => {
  const { judge, served } = scripted([flaws()]);
  const options = {
    scene,
    simulation: { turns: [turn('Environment', true)] },
    rules: RULES.fixed,
    prompts,
    judge,
    ask: createAsk(journalled()),
  };
  const asked = { continueFrom: 0, times: 2, readsThoughts: undefined };
  const found = await judgeScene({ ...options, ...asked }, new AbortController().signal);
  expect(Object.values(found)).toEqual([[], [], [], []]);
  expect(served).toEqual([]);
});

describe('how often a judge is asked, and what counts', () => {
  test('CoSER’s: six times at most, at temperature 1 after the first', async () => {
    const { one, served } = await judged('coser', ['no', 'no', 'no', flaws(3)]);
    expect(one).toMatchObject({ score: 88, honest: null, tries: 4 });
    const own = served.filter(({ messages }) => messages[0]?.content.includes('Anthropomorphism'));
    expect(own.map(({ temperature }) => temperature)).toEqual([0, 1, 1, 1]);
    expect(own.every(({ messages, jsonSchema }) => messages.length === 2 && !jsonSchema)).toBe(true);
    expect((await judged('coser', ['no'])).one).toMatchObject({ score: null, honest: null, tries: 6 });
  });

  test('CoSER’s: keys beside the four are not read by it, but by the honest count', async () => {
    const more = '{"DIM": {"flaws": [{"severity": 2}]}, "wit": 1}';
    const { one } = await judged('coser', [more, flaws(4)]);
    expect(one).toMatchObject({ score: 83, honest: 93, tries: 2 });
    expect(one.flaws.map(({ severity }) => severity)).toEqual([2]);
  });

  test('CoSER’s: fractions and strings count nothing, the honest count takes them', async () => {
    const { one } = await judged('coser', ['{"DIM": {"flaws": [{"severity": 4.0}, {"severity": "2"}, {}]}}']);
    // 1 for what is unsaid: 100 - 5 * (1 - 0.6); 4 + 2 + 1 honestly.
    expect(one).toMatchObject({ score: 98, honest: 68 });
    expect(one.flaws).toEqual([{ severity: 4 }, { severity: '2' }, { severity: null }]);
  });

  test('HER’s: one try, 50 unread; the honest count goes on as `fixed` does', async () => {
    const { one, served } = await judged('her', ['Well {really}', flaws(3)]);
    expect(one).toMatchObject({ score: 50, honest: 88, tries: 2 });
    const own = served.filter(({ messages }) => messages[0]?.content.includes('Anthropomorphism'));
    expect(own[0]).toMatchObject({ temperature: 0, maxTokens: 2048 });
    expect(own[0]?.jsonSchema).toBeUndefined();
    expect(own[1]).toMatchObject({ temperature: 0.7, jsonSchema: { name: 'flaws' } });
    expect((await judged('her', ['no'])).one).toMatchObject({ score: 50, honest: null, tries: 3 });
  });

  test('HER’s: 0 where the request is refused for what is in it; never honestly', async () => {
    const { one } = await judged('her', [failing('bad-request')]);
    expect(one).toMatchObject({ score: 0, honest: null, tries: 1 });
  });

  test('one more try for the honest count costs the protocol nothing', async () => {
    const her = await judged('her', ['no', failing('bad-request')]);
    expect(her.one).toMatchObject({ score: 50, honest: null, tries: 2 });
    // What CoSER mends, and the honest count does not: the list broke off.
    const coser = await judged('coser', ['{"DIM": {"flaws": [{"severity": 2}…', failing('bad-request')]);
    expect(coser.one).toMatchObject({ score: 93, honest: null, tries: 2 });
  });

  test('CoSER’s and ours: a refused request is no score', async () => {
    for (const protocol of ['coser', 'fixed'] as const)
      await expect(judged(protocol, [failing('bad-request')])).rejects.toThrow(ModelError);
  });

  test('mended: three tries, told what is wrong; a list that broke off is none', async () => {
    const { one, served } = await judged('fixed', [
      '{"DIM": {"flaws": [{"severity": 3…',
      'no',
      flaws(3, 99, 'x'),
    ]);
    // 3 + 5 + 1
    expect(one).toMatchObject({ score: 58, honest: 58, tries: 3 });
    const own = served.filter(({ messages }) => messages[0]?.content.includes('Anthropomorphism'));
    expect(own.map(({ temperature, messages }) => [temperature, messages.length])).toEqual([
      [0, 2],
      [0.7, 4],
      [0.7, 4],
    ]);
    expect(own[1]?.messages[3]?.content).toContain('broke off');
    expect(own[2]?.messages[3]?.content).toContain('No whole list');
    expect((await judged('fixed', ['no'])).one).toMatchObject({ score: null, honest: null, tries: 3 });
  });

  test('what a judge thought aloud does not come back to it', async () => {
    const { served } = await judged('fixed', ['<think>PLAN</think>Well, no.', 'no']);
    const [, again] = served.filter(({ messages }) => messages[0]?.content.includes('Anthropomorphism'));
    expect(again?.messages[2]).toEqual({ role: 'assistant', content: 'Well, no.' });
  });

  test('a storyline that goes in circles may weigh 10, all else 5', async () => {
    const circles = '{"DIM": {"flaws": [{"type": "Flow & Progression", "severity": 10}]}}';
    const { found } = await judged('fixed', [circles]);
    expect(found['Storyline Quality']?.[0]?.score).toBe(53);
    expect(found['Character Fidelity']?.[0]?.score).toBe(78);
  });

  test('judged several times, each is asked anew, and given again where it is known', async () => {
    const { served, found, journal } = await judged('fixed', [flaws(1), flaws(2), flaws(3)], { times: 3 });
    expect(found.Anthropomorphism?.map(({ score }) => score)).toEqual([98, 93, 88]);
    expect([served.length, journal.size]).toEqual([12, 12]);
    const again = scripted(['never asked']);
    const options = { scene, simulation, rules: RULES.fixed, prompts, judge: again.judge };
    const rest = { ask: createAsk(journal), continueFrom: 0, times: 3, readsThoughts: undefined };
    expect(await judgeScene({ ...options, ...rest }, new AbortController().signal)).toEqual(found);
    expect(again.served).toEqual([]);
  });

  test('a judge that fails half-way leaves what was judged, and the scene to be judged again', async () => {
    const journal = journalled();
    const { judge } = scripted([flaws(2)]);
    let failures = 0;
    const flaky: LabModel = {
      ...judge,
      async ask(request, signal) {
        if (request.messages[0]?.content.includes('Judge Storyline Consistency') && failures < 1) {
          failures += 1;
          throw failing('unreachable');
        }
        // Answers after the first has failed.
        await new Promise((resolve) => setImmediate(resolve));
        return judge.ask(request, signal);
      },
    };
    const options = { scene, simulation, rules: RULES.her, prompts, judge: flaky, ask: createAsk(journal) };
    const asked = { continueFrom: 0, times: 1, readsThoughts: undefined };
    const { signal } = new AbortController();
    await expect(judgeScene({ ...options, ...asked }, signal)).rejects.toThrow(ModelError);
    expect(journal.size).toBe(3);
    const found = await judgeScene({ ...options, ...asked }, signal);
    expect(DIMENSIONS.map((dimension) => found[dimension]?.[0]?.honest)).toEqual([93, 93, 93, 93]);
    expect(journal.size).toBe(4);
  });
});
