import type { Character } from '../character.ts';
import type { SceneScript } from '../scene-script.ts';

/**
 * The cards and scenes that can be played here: what ships, and what a person dropped into the
 * folder of their own. Reads are synchronous and always current as of the last refresh.
 */
export type Library = {
  /** Shipped characters first, then own ones, each by name. */
  characters(): readonly Character[];
  character(id: string): Character | undefined;
  /**
   * For autocomplete: the best fits first, at most `limit`; everyone for an empty text.
   * Exact names come before beginnings, beginnings before words inside, those before misspellings.
   */
  find(text: string, limit: number): readonly Character[];
  /** In the order of their files; the first is the one that plays when none is named. */
  scenes(): readonly SceneScript[];
  scene(id: string): SceneScript | undefined;
  /**
   * Saves a card into the own folder and plays it at once.
   * @throws CastFileError saying which file and field, and what to do.
   */
  add(
    fileName: string,
    bytes: Uint8Array,
  ): Promise<{ readonly character: Character; readonly warnings: readonly string[] }>;
  /** One line per file that cannot be played, or plays under another id than its name suggests. */
  problems(): readonly string[];
  /** Looks at the own folder now. Cheap: only files that changed are read. */
  refresh(): Promise<void>;
  /** Stops watching the folder. */
  close(): Promise<void>;
};
