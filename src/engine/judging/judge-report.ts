import type { Segment } from '../../format/segments.ts';
import type { Match } from '../../judge/tournament/tournament.ts';
import type { Actor } from '../../scene/beat.ts';
import type { SceneId } from '../scene-record.ts';

export { DIMENSIONS } from '../../judge/principles/principle.ts';
export type { Match } from '../../judge/tournament/tournament.ts';
export {
  MISSING,
  type OrderVerdict,
  type PrincipleRef,
  type Reading,
} from '../../judge/verdict/verdict.ts';

/** How a turn was chosen among candidates, for x-ray alone: hidden text is in it. In memory, like drafts. */
export type JudgeReport = {
  readonly scene: SceneId;
  /** Key of the scene's log. */
  readonly log: string;
  readonly turn: string;
  readonly speaker: Actor;
  /** The judge's model. */
  readonly model: string;
  /** In the order in which they were drafted; `beat`: the version that it became, where it was kept. */
  readonly candidates: readonly { readonly beat?: number; readonly segments: readonly Segment[] }[];
  /** Their places, the best first. */
  readonly ranking: readonly number[];
  readonly matches: readonly Match[];
  /** Milliseconds that it added to the turn. */
  readonly ms: number;
};
