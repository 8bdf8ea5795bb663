import { renderPlain } from '../../format/render-plain.ts';
import { visibleSegments } from '../../format/segments.ts';
import { principlesFor } from '../../judge/principles/choose.ts';
import { shippedPrinciples } from '../../judge/principles/shipped.ts';
import { knockOut } from '../../judge/tournament/tournament.ts';
import { judgePair } from '../../judge/verdict/judge-pair.ts';
import type { JudgeContext } from '../../judge/verdict/verdict.ts';
import type { Ask } from '../calls/ask.ts';
import type { LabModel } from '../calls/call.ts';
import { askedModel } from './asked-model.ts';
import type { Acted } from './troupe.ts';

export type Choosing = {
  readonly judge: LabModel;
  readonly ask: Ask;
  readonly priority: number;
  /** What the speaker perceived, and nothing else; put together only where drafts are compared. */
  context(): JudgeContext;
  /** The same for the same scene, so that a replay asks the same; nobody who writes a line knows it. */
  readonly secret: string;
};

/** Tokens that a judge is given to read at most, as in play. */
export const MOST_READ = 16_000;
/** Of principles: characters for each of these tokens, and in all. */
const PRINCIPLES_SHARE = 0.75;
const MOST_PRINCIPLES = 9000;

/**
 * The best of several drafts by the principles that ship; the others are forgotten. Drafts that are seen and
 * heard alike are one. A judge that fails leaves it to the first.
 *
 * @throws the signal’s reason when aborted
 */
export async function bestOf(
  drafts: readonly Acted[],
  { judge, ask, priority, secret, ...choosing }: Choosing,
  signal: AbortSignal,
): Promise<Acted | undefined> {
  const distinct = toldApart(drafts);
  if (distinct.length < 2) return distinct[0];
  const model = askedModel(judge, ask, priority);
  const context = choosing.context();
  const read = Math.min(model.contextSize, MOST_READ);
  const budget = Math.min(read * PRINCIPLES_SHARE, MOST_PRINCIPLES);
  const principles = principlesFor(shippedPrinciples(), { budget, past: context.lines.length > 0 });
  const candidate = (place: number) => ({ segments: distinct[place]?.segments ?? [] });
  const { ranking } = await knockOut(distinct.length, (one, other) =>
    judgePair(
      { model, context, principles, secret, first: candidate(one), second: candidate(other) },
      signal,
    ),
  );
  return distinct[ranking[0] ?? 0];
}

function toldApart(drafts: readonly Acted[]): readonly Acted[] {
  const read = drafts.map(({ segments }) => renderPlain(visibleSegments(segments)).trim());
  return drafts.filter((_, at) => read.indexOf(read[at] ?? '') === at);
}
