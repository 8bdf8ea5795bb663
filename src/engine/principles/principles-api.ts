import type { Dimension, Principle } from '../../judge/principles/principle.ts';
import type { Asker } from '../player.ts';

/** For commands, which speak to the engine alone. */
export type { Dimension, Principle };

/** What lines are judged by: what ships, what the operator added, and what a server's people ask for. */
export type Principles = {
  /** All that holds there, the server's own last. Without a server: those of this machine. */
  of(server: string | undefined): Promise<readonly Principle[]>;
  /** Another process wrote this server's, or (absent) may have written any: they are read anew. */
  forget(server?: string): void;
  /**
   * Adds one in plain words, and tells the moderators' log.
   * @throws PlayerError where it says nothing or is held back, is there already, or there are too many
   */
  add(server: string | undefined, words: string, by: Asker): Promise<Principle>;
  /** Takes one of the server's own away. @throws PlayerError where there is none of that id, or it ships */
  remove(server: string | undefined, id: string, by: Asker): Promise<Principle>;
  /** What a person asked for, in all servers. */
  addedBy(person: string): Promise<readonly string[]>;
  /**
   * Takes all away that a server's people, or one person in any server, asked for. `words`: what others
   * wrote in a server, without that person in it.
   */
  erase(
    of:
      | { readonly server: string }
      | { readonly person: string; readonly words: (text: string, server: string | undefined) => string },
  ): Promise<void>;
};
