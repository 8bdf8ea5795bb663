import type { Side } from '../../../judge/verdict/verdict.ts';
import type { Made, Sample, SampleReject, SampleSource } from '../sample.ts';
import { calledOf, grmLabel } from './grm-label.ts';
import { grmPrompt } from './grm-prompt.ts';
import { judgedPairs } from './judged-pairs.ts';
import { filterPair, type GoodPair } from './pair-filter.ts';
import { choose, drawFor, edgesFor, lengthPlace, noCounts, patternQuotas } from './thinning.ts';

export type GrmKind = 'grm-sft' | 'grm-rl';

export type GrmOptions = {
  /** Which are wanted. A pair is for one of them alone, whichever are wanted. */
  readonly kinds?: readonly GrmKind[];
  readonly seed?: number;
  /** Share of scenes whose pairs are for `grm-rl`; HER’s own is 80,000 of 188,800. */
  readonly rlShare?: number;
  /** Whose verdicts, where several judged; left out: the first in the file. */
  readonly judge?: string;
  /** Labels copy both candidates before they judge them, as HER’s do: it costs tokens. */
  readonly herEcho?: boolean;
  /** Most of a prompt, as it is estimated. */
  readonly maxTokens?: number;
};

type Chosen = Required<Omit<GrmOptions, 'judge'>> & Pick<GrmOptions, 'judge'>;

const DEFAULTS: Chosen = {
  kinds: ['grm-sft', 'grm-rl'],
  seed: 0,
  rlShare: 0.4,
  herEcho: false,
  maxTokens: 16_384,
};

/**
 * What a judge learns from: the pairs of a folder of `dramatis lab judge` that are worth it (her-spec 7.6),
 * each in both orders, so that either place wins as often as the other; winner patterns by quota; the longer
 * candidate wins as often as the shorter one (7.5). Whatever is not taken is a reject that says why.
 *
 * The files are read three times and never held: patterns are counted, then lengths among those that stay,
 * then samples are made. The same folder and seed give the same samples.
 *
 * @throws OperatorError as `judgedPairs`; the signal’s reason when aborted
 */
export async function* grmSamples(
  dir: string,
  options: GrmOptions,
  signal: AbortSignal,
): AsyncGenerator<Made> {
  const chosen: Chosen = { ...DEFAULTS, ...options };
  const goodPairs = () => pairsOf(dir, chosen, signal);

  const patterns = { 'grm-sft': noCounts(), 'grm-rl': noCounts() };
  for await (const one of goodPairs()) {
    if (one.kind === 'pair') patterns[one.use][one.pair.pattern] += 1;
  }

  const lengths = new Map<string, Record<'longer' | 'shorter', number>>();
  const isInFirst = byQuota(patterns, chosen.seed);
  const placeOf = ({ use, pair }: Used) => lengthPlace(pair.winner, pair.gap, edgesFor(patterns[use]));
  for await (const one of goodPairs()) {
    const place = one.kind === 'pair' && isInFirst(one) ? placeOf(one) : undefined;
    if (one.kind !== 'pair' || !place) continue;
    const key = `${one.use}/${place.bucket}`;
    const counts = lengths.get(key) ?? { longer: 0, shorter: 0 };
    counts[place.won] += 1;
    lengths.set(key, counts);
  }

  const isInQuota = byQuota(patterns, chosen.seed);
  const isBalanced = byLength(lengths, placeOf, chosen.seed);
  for await (const one of goodPairs()) {
    if (one.kind === 'reject') yield one;
    else if (!isInQuota(one))
      yield { kind: 'reject', id: one.pair.id, why: 'quota', detail: one.pair.pattern };
    else if (!isBalanced(one)) yield { kind: 'reject', id: one.pair.id, why: 'length-balance' };
    else {
      for (const shownFirst of ['first', 'second'] as const) {
        yield { kind: 'sample', sample: sampleOf(one, shownFirst, chosen) };
      }
    }
  }
}

type Used = { readonly kind: 'pair'; readonly use: GrmKind; readonly pair: GoodPair };

/** The pairs that are good, and what each is for; all of a scene are for the same. */
async function* pairsOf(
  dir: string,
  { judge, seed, rlShare, kinds }: Chosen,
  signal: AbortSignal,
): AsyncGenerator<Used | SampleReject> {
  for await (const one of judgedPairs(dir, { judge }, signal)) {
    const taken = one.kind === 'pair' ? filterPair(one) : one;
    if (taken.kind === 'reject') {
      yield taken;
      continue;
    }
    const isForRl = drawFor(seed, 'use', taken.item.scene) < rlShare;
    const use: GrmKind = isForRl ? 'grm-rl' : 'grm-sft';
    if (kinds.includes(use)) yield { kind: 'pair', use, pair: taken };
    else yield { kind: 'reject', id: taken.id, why: 'of-other-kind', detail: use };
  }
}

/** Which pairs stay by their winner pattern: asked in the order of the files, the same each time. */
function byQuota(
  counts: Readonly<Record<GrmKind, ReturnType<typeof noCounts>>>,
  seed: number,
): (one: Used) => boolean {
  const choices = new Map<string, ReturnType<typeof choose>>();
  return ({ use, pair: { id, pattern } }) => {
    const key = `${use}/${pattern}`;
    const choice = choices.get(key) ?? choose(patternQuotas(counts[use])[pattern], counts[use][pattern]);
    choices.set(key, choice);
    return choice(drawFor(seed, 'pattern', id));
  };
}

/** Which of those stay so that, among pairs as unequal, the longer one wins as often as the shorter one. */
function byLength(
  counts: ReadonlyMap<string, Readonly<Record<'longer' | 'shorter', number>>>,
  placeOf: (one: Used) => ReturnType<typeof lengthPlace>,
  seed: number,
): (one: Used) => boolean {
  const choices = new Map<string, ReturnType<typeof choose>>();
  return (one) => {
    const {
      use,
      pair: { id },
    } = one;
    const place = placeOf(one);
    if (!place) return true;
    const { longer, shorter } = counts.get(`${use}/${place.bucket}`) ?? { longer: 0, shorter: 0 };
    const key = `${use}/${place.bucket}/${place.won}`;
    const choice =
      choices.get(key) ?? choose(Math.min(longer, shorter), place.won === 'longer' ? longer : shorter);
    choices.set(key, choice);
    return choice(drawFor(seed, 'length', id));
  };
}

function sampleOf(
  { use, pair }: Used,
  shownFirst: Side,
  { seed, herEcho, maxTokens }: Pick<Chosen, 'seed' | 'herEcho' | 'maxTokens'>,
): Sample {
  const id = `grm/${pair.id}/${shownFirst === 'first' ? 1 : 2}`;
  const source: SampleSource = { conversation: pair.item.scene, character: pair.item.context.speaker };
  const prompt = grmPrompt(pair, shownFirst, {
    form: { thinks: use === 'grm-rl', herEcho },
    seed,
    maxTokens,
  });
  if (use === 'grm-rl') {
    return { kind: use, id, source, prompt, truth: calledOf(pair.winner, shownFirst) };
  }
  const label = grmLabel(pair, shownFirst, { herEcho });
  return { kind: use, id, source, messages: [...prompt, { role: 'assistant', content: label }] };
}
