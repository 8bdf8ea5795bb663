import type { StoryTree } from '../../scene/story-tree.ts';
import type { Asker, Player } from '../player.ts';
import type { SceneId, SceneRecord } from '../scene-record.ts';

/** Which of how many versions of a line stands now; 1-based. */
export type Swiped = { readonly n: number; readonly version: number; readonly versions: number };

/** Where a branch is to play: a place that hosts no scene. */
export type BranchPlace = {
  readonly id: SceneId;
  readonly server?: string;
  readonly parent?: string;
  readonly owner: Player;
  readonly title?: string;
};

/** What happened, and how it may have happened otherwise. Every answer is a fold of the log. */
export type Past = {
  /**
   * The newest line of a character in a place reads otherwise: an earlier version, a later one, or a
   * new one that is drafted from exactly what the first was drafted from. `next` past the last
   * version drafts a new one. Resolves when it stands for everybody.
   *
   * @param n the beat that the person sees; refused where it is no longer the newest line
   * @throws PlayerError where it is not theirs, nothing can be swiped, or no draft came of it
   */
  swipe(id: SceneId, step: 'previous' | 'next' | 'again', by: Asker, n?: number): Promise<Swiped>;
  /** The versions of the newest line of a character, where it can be swiped: of the main place, or of a room by its id. */
  swipes(id: SceneId): Promise<Swiped | undefined>;
  /**
   * A line of a character reads so from now on, for everyone; what it thought then it still thought.
   * @param by whose choice it is, where they let their choices be counted
   * @throws PlayerError where beat `n` is no line of a character, or nothing is left of the text
   */
  reword(id: SceneId, n: number, text: string, by?: Asker): Promise<void>;
  /**
   * The scene goes on from where it stood when beat `n` (as chosen) was the newest. Minds, presence,
   * clock and counters are as they were; what came since stays in the log as an abandoned branch.
   * Returns how many beats were left behind.
   * @param erase also takes the abandoned messages off the surface, where it can
   * @throws PlayerError where `n` is not part of the story
   */
  rewind(id: SceneId, n: number, erase?: boolean): Promise<number>;
  /** All that happened, abandoned branches and other versions included, as the room perceived it. */
  story(id: SceneId): Promise<StoryTree>;
  /**
   * "What if": another scene that begins with this one's story as it was at beat `n`, and identical minds.
   * @param n also one that was left behind since
   * @throws PlayerError where the place hosts a scene, or there is no beat `n`
   */
  branch(id: SceneId, n: number, into: BranchPlace): Promise<SceneRecord>;
  /** A coming, going or change that the Environment told of did not happen. Returns whose. */
  undo(id: SceneId, n: number): Promise<string>;
  /** The beat that a message of the surface stands for. */
  beatOf(id: SceneId, message: string): Promise<number | undefined>;
  /** Forgets a conversation: back to the opening; `erase`: and its words are gone from storage. */
  restart(id: SceneId, erase?: boolean): Promise<void>;
};
