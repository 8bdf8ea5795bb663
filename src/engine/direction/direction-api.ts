import type { Player } from '../player.ts';
import type { SceneId } from '../scene-record.ts';

/** What people ask of a scene's course. */
export type Direction = {
  /** The director and the Environment keep this in mind for the next turns; the cast never reads it. */
  steer(id: SceneId, text: string, turns?: number): Promise<void>;
  /** The cast talks on for so many turns (1 to 20), whatever the budget says; a player's line ends it. */
  goOn(id: SceneId, turns: number): Promise<void>;
  /** Nobody takes a turn until a player speaks or calls one; what is being made is broken off. */
  hold(id: SceneId): Promise<void>;
  /** A character has this thought of its own for its next turns (1 to 20). Nobody else perceives it. */
  plant(id: SceneId, cardId: string, text: string, turns?: number): Promise<void>;
  /** Time goes by, everyone perceives it. `text` as the Narrator tells it; made up where absent. */
  skipTime(id: SceneId, minutes: number, text?: string): Promise<void>;
  /** Sets the scene's clock: minutes since midnight of its first day. */
  setClock(id: SceneId, minutes: number): Promise<void>;
  /** A line outside the story: the room reads it, the cast never hears it, and no log holds it. */
  outOfCharacter(id: SceneId, player: Player, text: string): Promise<void>;
  /** A line said under a cast member's name (card id), or by a walk-on part without a card (a name). */
  sayAs(
    id: SceneId,
    as: { readonly card: string } | { readonly walkOn: string },
    text: string,
  ): Promise<void>;
};
