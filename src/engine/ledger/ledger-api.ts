import type { VisibleSegment } from '../../format/segments.ts';
import type { Actor, ActorId, Condition, Persona, PlaceId } from '../../scene/beat.ts';
import type { ViewEntry } from '../../scene/view.ts';
import type { Asker, Player } from '../player.ts';
import type { SceneId } from '../scene-record.ts';

/** Something someone witnessed, as it could be seen and heard: no thoughts, whoever's. */
export type Witnessed = {
  readonly n: number;
  readonly kind: ViewEntry['kind'];
  readonly speaker?: Actor;
  readonly segments: readonly VisibleSegment[];
  /** A coming, going or change that the Environment told of: it can be undone. */
  readonly inferred?: boolean;
};

export type Whereabouts = {
  readonly place: PlaceId;
  /** Of the main place: the scene's title. */
  readonly name: string;
  readonly people: readonly { readonly actor: Actor; readonly condition: Condition }[];
};

/** What `/memory show` tells of a mind: no thoughts. */
export type MemoryReport = {
  readonly name: string;
  /** Beats that it perceived and that stand. */
  readonly beats: number;
  /** Of these, how many stand in its prompt only as a note. */
  readonly folded: number;
  /** Of the folded ones, how many not even the note holds; they come back when they are spoken of. */
  readonly faded: number;
  readonly note: readonly Witnessed[];
  readonly pinned: readonly Witnessed[];
};

/** Who is where, who witnessed what, and who is told of what they did not. */
export type Ledger = {
  /** Everyone in the scene, by place; the main place first. */
  map(id: SceneId): Promise<readonly Whereabouts[]>;
  /** A thread becomes a place of this scene: whoever is not there does not know what happens there. */
  openRoom(id: SceneId, room: { readonly id: PlaceId; readonly name: string }): Promise<void>;
  /** By the room's own id: it is no place of its scene any more, and whoever was there is in the main one. */
  closeRoom(id: SceneId): Promise<void>;
  /**
   * A character goes to another place (`main`, or a room's id).
   * @throws PlayerError where it is not in the scene, is there already, or there is no such place
   */
  move(id: SceneId, cardId: string, to: PlaceId): Promise<void>;
  /** Falls asleep, wakes, steps out of earshot. `who`: an actor id. @throws PlayerError where they are not there */
  setCondition(id: SceneId, who: ActorId, condition: Condition): Promise<void>;
  /**
   * A character hears of something it did not witness, as the teller's version. Nobody else perceives it.
   * @param from card id of a character who tells it; absent: it has come to its ears
   */
  inform(
    id: SceneId,
    told: { readonly to: string; readonly text: string; readonly from?: string },
  ): Promise<void>;
  /**
   * What a character witnessed of a topic (without one: lately), as far as the asker may know of it:
   * what they witnessed themselves; the owner and moderators, what happened openly. Never a thought.
   */
  knows(id: SceneId, cardId: string, by: Asker, topic?: string): Promise<readonly Witnessed[]>;
  /** All that a player witnessed, for a recap; whispers to and from them included. */
  witnessedBy(id: SceneId, playerId: string): Promise<readonly Witnessed[]>;
  memory(id: SceneId, cardId: string): Promise<MemoryReport>;
  /** A beat stays in the minds of those who witnessed it, or no longer. */
  pin(id: SceneId, n: number, on: boolean): Promise<void>;
  /** A character forgets one beat, or all that it witnessed so far. */
  forget(id: SceneId, cardId: string, n?: number): Promise<void>;
  /** Whether a character remembers, in this scene's server, what it witnessed in other scenes there. */
  serverMemory(id: SceneId, cardId: string): Promise<boolean>;
  /** From now on it does, or no longer: then what it had kept is erased. @throws PlayerError outside a server */
  setServerMemory(id: SceneId, cardId: string, on: boolean): Promise<void>;
  /** A player's persona in this scene; without one the player's own name again. Joins them. */
  setPersona(
    id: SceneId,
    player: Player,
    persona: (Persona & { readonly name: string }) | undefined,
  ): Promise<Actor>;
  personaOf(id: SceneId, playerId: string): Promise<(Persona & { readonly name: string }) | undefined>;
  /** A private objective: nobody in the cast and no other player perceives it. */
  setSecret(id: SceneId, playerId: string, text: string): Promise<void>;
  secretOf(id: SceneId, playerId: string): Promise<string | undefined>;
  /** What happened openly in this place (a room by its id), for menus: newest first. Of other places nothing. */
  recent(id: SceneId, limit: number): Promise<readonly Witnessed[]>;
};
