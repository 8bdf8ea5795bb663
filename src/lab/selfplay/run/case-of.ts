import type { JudgedChunk } from '../engine/judge-chunk.ts';
import type { Exchange } from '../engine/message.ts';
import type { Style, Work } from '../engine/style.ts';
import type { SelfplayCase } from './result.ts';

type Judged = JudgedChunk & { readonly judge: string; readonly chunk: number };

/**
 * What a dialogue got: of each judge the mean of its marks by dimension, over all turns; of several judges
 * their mean. One judgement that could not be read makes the dialogue invalid.
 */
export function caseOf<W extends Work>(
  work: W,
  style: Style<W>,
  {
    exchanges,
    judged,
    format,
  }: {
    readonly exchanges: readonly Exchange[];
    readonly judged: readonly Judged[];
    readonly format: SelfplayCase['format'];
  },
): SelfplayCase {
  const invalid = judged.some(({ judgement }) => judgement === undefined);
  const refused = judged.some(({ judgement }) => judgement?.refused);
  const scored = !invalid && !(refused && style.leavesOutRefusals);
  const means = new Map(
    [...Map.groupBy(judged, ({ judge }) => judge)].map(([judge, its]) => [judge, meansOf(style, its)]),
  );
  const figures = scored ? style.figuresOf(meanOfMeans(style, [...means.values()])) : null;
  return {
    id: work.id,
    cluster: work.cluster,
    title: work.title,
    run: work.run,
    ...(work.model === undefined ? {} : { model: work.model }),
    exchanges: exchanges.length,
    silent: exchanges.filter(({ actor }) => actor.text === '').length,
    userSilent: exchanges.filter(({ user }) => user.segments.length === 0).length,
    refused,
    invalid,
    score: figures?.['overall'] ?? null,
    figures: figures && { ...figures },
    byJudge: scored
      ? Object.fromEntries([...means].map(([judge, its]) => [judge, { ...style.figuresOf(its) }]))
      : {},
    judgements: judged.map(({ judge, chunk, tries, judgement }) => ({
      ...{ judge, chunk, tries },
      read: judgement !== undefined,
      refused: judgement?.refused ?? false,
      misplaced: judgement?.misplaced ?? 0,
      misquoted: judgement?.misquoted ?? 0,
      flaws: judgement?.flaws.map((flaw) => ({ ...flaw })) ?? [],
    })),
    format,
  };
}

function meansOf<W extends Work>(
  { dimensions }: Style<W>,
  judged: readonly Judged[],
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    dimensions.map(({ id }) => [id, mean(judged.flatMap(({ judgement }) => judgement?.marks[id] ?? []))]),
  );
}

function meanOfMeans<W extends Work>(
  { dimensions }: Style<W>,
  all: readonly Readonly<Record<string, number>>[],
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    dimensions.map(({ id }) => [id, mean(all.map((means) => means[id] ?? Number.NaN))]),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
