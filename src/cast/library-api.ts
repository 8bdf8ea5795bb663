import type { Character } from './character.ts';
import type { SceneScript } from './scene-script.ts';

/** The cards and scenes that can be played here: those that ship, and the person's own. */
export type Library = {
  characters(): readonly Character[];
  character(id: string): Character | undefined;
  /** For completion: best matches of what was typed, by full, first or last name or alias. */
  find(text: string, limit: number): readonly Character[];
  scenes(): readonly SceneScript[];
  scene(id: string): SceneScript | undefined;
  /** Keeps a card and plays it at once. Throws an error that says what is wrong with it. */
  add(
    fileName: string,
    bytes: Uint8Array,
  ): Promise<{ readonly character: Character; readonly warnings: readonly string[] }>;
  /** Cards that could not be read, one clear line each. */
  problems(): readonly string[];
  /** Sees cards that were dropped into the folder since. */
  refresh(): Promise<void>;
  close(): Promise<void>;
};
