import type { LoreBook } from './lore.ts';

/** A lorebook of its own, which a server or a scene may play with. */
export type World = {
  /** Stable slug. */
  readonly id: string;
  readonly name: string;
  readonly book: LoreBook;
  /** The file as it was read, every field kept: what is exported. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** Who brought it, where that is known: a stage user id. */
  readonly by?: string;
};
