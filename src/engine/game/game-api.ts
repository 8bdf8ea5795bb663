import type { ActionName } from '../../format/action-cue.ts';
import type { PlaceId } from '../../scene/beat.ts';
import type { BranchPlace } from '../past/past-api.ts';
import type { Player } from '../player.ts';
import type { SceneId, SceneRecord } from '../scene-record.ts';

/** Somebody of a scene: a character by its card id, or a player by their stage user id. */
export type Who = { readonly card: string } | { readonly player: string };

/** A place in a scene's story to go on from: the log as long as it was then. */
export type Save = { readonly id: string; readonly name: string; readonly n: number; readonly at: number };

/** What a game needs of a scene beside what people do. */
export type Game = {
  /**
   * Something happens in the game, and exactly these notice it. Where these are all who are awake in that
   * place, it happens openly, on stage; else it is in their minds alone, and neither the director nor the Environment
   * knows of it. Nobody answers by themselves. Returns its beat.
   * @throws PlayerError where a witness was never in the scene, or nothing is left of the text
   */
  perceive(
    id: SceneId,
    event: { readonly text: string; readonly witnesses: readonly Who[] | 'everyone' },
  ): Promise<number>;
  /** Names of actions that turns pick from: of a card id, else of everybody; none ends it. */
  setCues(id: SceneId, actions: readonly ActionName[], cardId?: string): Promise<void>;
  /** Milliseconds after which a turn of which nothing was shown is given up for a line from the card; undefined: never. */
  setDeadline(id: SceneId, ms: number | undefined): Promise<void>;
  /** The turn that is being made ends: what was shown of it stays as the line. False where none was. */
  interrupt(id: SceneId): Promise<boolean>;
  /** The same name again takes the place of the one before. */
  save(id: SceneId, name: string): Promise<Save>;
  saves(id: SceneId): Promise<readonly Save[]>;
  /**
   * Another scene that goes on from there, whatever happened since in this one, which stays as it is.
   * @throws PlayerError where there is no such save, or the place hosts a scene
   */
  load(id: SceneId, save: string, into: BranchPlace): Promise<SceneRecord>;
  /**
   * They go to a room of the scene by its name, which is made where it is not there yet, or to `main`.
   * Returns the place.
   * @param newRoom the id of a room that has to be made
   * @throws PlayerError where they are not in the scene
   */
  move(id: SceneId, who: { readonly card: string } | Player, to: string, newRoom: PlaceId): Promise<PlaceId>;
};
