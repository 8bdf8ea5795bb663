import type { Mark } from '../../judge/continuity/mark.ts';
import type { Actor } from '../../scene/beat.ts';
import type { Text } from '../../words/text.ts';
import type { Asker } from '../player.ts';
import type { SceneId } from '../scene-record.ts';

export { MARK_KINDS, type Mark } from '../../judge/continuity/mark.ts';

/** `marks`: those of rules first; a judge may say the same. */
export type MarkedLine = { readonly n: number; readonly speaker: Actor; readonly marks: readonly Mark[] };

export type ContinuityReport = {
  /** Lines that have marks, oldest first. */
  readonly lines: readonly MarkedLine[];
  /** How many lines of characters were looked at. */
  readonly looked: number;
  /** Who looked beside the rules; absent where no judge plays. */
  readonly model?: string;
  /** Lines on which the judge gave no answer that could be read, or none in time. */
  readonly unread: number;
  /** Why the judge was not asked: a budget is spent. */
  readonly stopped?: Text;
};

/** Looks over lines for what breaks the story. It changes nothing and holds nothing back. */
export type Continuity = {
  /**
   * The last `most` lines of characters in this place, as they stand, looked over by rules and by the judge,
   * where one plays. What was whispered is left out. Of what is hidden there is nothing in it: of each line only
   * words that could be seen or heard in that place. Lines that a person wrote or reworded are held against
   * nothing that is hidden, and no judge reads them.
   * @throws PlayerError who may not ask, or while another report of this scene is being made
   */
  report(id: SceneId, by: Asker, most: number, signal: AbortSignal): Promise<ContinuityReport>;
};
