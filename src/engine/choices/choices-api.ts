import type { Segment } from '../../format/segments.ts';
import type { Actor, ActorId } from '../../scene/beat.ts';
import type { LiveScene } from '../live-scene.ts';
import type { Asker } from '../player.ts';
import type { SceneId } from '../scene-record.ts';
import type { Choice } from './choice.ts';

export type Thumb = 'up' | 'down';

/** What somebody preferred: between versions of a line, by rewording one, or of one line alone. */
export type Chosen = {
  readonly what: 'swipe' | 'pick' | 'edit' | Thumb;
  /** The line (its first version). */
  readonly n: number;
  readonly speaker: Actor;
  /** Beats of the versions; of `down` and of an unfinished `swipe` there is no better one, of `up` no worse. */
  readonly better?: number;
  readonly worse: readonly number[];
  /** Of `edit`: how the better one read before. */
  readonly was?: readonly Segment[];
};

/** Preferences of people who opted in. Of nobody else anything is written down. */
export type Choices = {
  /**
   * 👍 or 👎 for the version of line `n` that stands; undefined takes their thumb for it back.
   * `uncounted` where they did not opt in.
   * @throws PlayerError where `n` is no line of a character that they witnessed
   */
  vote(id: SceneId, n: number, thumb: Thumb | undefined, by: Asker): Promise<'counted' | 'uncounted'>;
  /**
   * Takes that thumb of theirs back, whichever versions of the line it was given to: on Discord a reaction
   * stays on a message while the line in it reads otherwise. Nothing happens where there is none.
   */
  takeBack(id: SceneId, n: number, thumb: Thumb, by: Pick<Asker, 'id'>): Promise<void>;
  /** Notes a choice, in the scene's mailbox, after it took effect. Never throws. */
  note(live: LiveScene, chosen: Chosen, by: Pick<Asker, 'id'>): Promise<void>;
  /** Of people (actor ids), those whose choices are counted: the scene card says so. Never throws. */
  countedOf(people: readonly ActorId[]): Promise<readonly ActorId[]>;
  /** What is stored of a person (stage user id), oldest first. */
  of(person: string): Promise<readonly Choice[]>;
  /** @throws StoreError where it could not be erased */
  erase(which: ErasedChoices): Promise<void>;
};

/**
 * All of a person; all of a log; all about lines that are gone, and those whose view may hold them; of lines
 * of which only words are gone, those views alone; what was chosen of lines after beat `after`; all whose
 * view holds something.
 */
export type ErasedChoices =
  | { readonly person: string }
  | { readonly log: string }
  | { readonly log: string; readonly lines: readonly number[]; readonly gone: 'line' | 'words' }
  | { readonly log: string; readonly after: number }
  | { readonly seen: (seen: unknown, log: string) => boolean };
