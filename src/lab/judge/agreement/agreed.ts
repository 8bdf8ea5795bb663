import type { Choice } from '../../../engine/choices/choice.ts';
import type { Dimension } from '../../../judge/principles/principle.ts';

/** What a person preferred to what, and what a judge said of the same two. */
export type Agreed = {
  /** Key of the scene's log: what was chosen in one scene hangs together. */
  readonly scene: string;
  readonly judge: string;
  /** As the line was played, or asked anew. */
  readonly when: 'at-play' | 'asked';
  /** 1 where the judge preferred the same, ½ where it saw no difference; undefined where it could not be read. */
  readonly points: number | undefined;
  readonly dimension?: string;
};

/** Whether a choice says what is better than what; a thumb alone does not. */
export function comparesTwo(choice: Choice): boolean {
  return choice.better !== undefined && choice.worse.length > 0;
}

/**
 * What the judge of a line had said of the versions that a person compared, as it was written down when the
 * line was played. It knows only which version it put first: pairs without that one are not there.
 */
export function agreedAtPlay({ log, better, worse, judge }: Choice): readonly Agreed[] {
  if (!judge || better === undefined) return [];
  const { by, first, over, outcome, dimension } = judge;
  return worse.flatMap((other): Agreed[] => {
    const isJudged = (first === better && over.includes(other)) || (first === other && over.includes(better));
    if (!isJudged) return [];
    const points = outcome === 'missing' ? undefined : outcome === 'tie' ? 0.5 : first === better ? 1 : 0;
    return [{ scene: log, judge: by, when: 'at-play', points, ...(dimension ? { dimension } : {}) }];
  });
}

/** What a judge that was asked anew says: the person's choice was put before it as the first. */
export function agreedNow(
  scene: string,
  judge: string,
  {
    winner,
    deciding,
  }: {
    readonly winner: 'first' | 'second' | 'tie' | 'missing';
    readonly deciding?: { readonly dimension?: Dimension };
  },
): Agreed {
  const points = { first: 1, tie: 0.5, second: 0, missing: undefined }[winner];
  const dimension = deciding?.dimension;
  return { scene, judge, when: 'asked', points, ...(dimension ? { dimension } : {}) };
}
