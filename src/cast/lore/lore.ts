/**
 * Lore: what comes to somebody's mind when it is spoken of. A book belongs to one character (in its card)
 * or to a world that several share; whose prompt an entry stands in is decided for each character, from
 * what that character witnessed.
 */
export type LoreBook = {
  /** `card` for the book in a character's own card, else the world's id. */
  readonly id: string;
  readonly name: string;
  readonly entries: readonly LoreEntry[];
  /** So many of the last lines are looked through; undefined: as the program has it. */
  readonly scanDepth?: number;
  /** Tokens at most, of all entries of this book; undefined: as it is set for the room. */
  readonly tokenBudget?: number;
  /** Whether what an entry says may call up others. */
  readonly recursive: boolean;
};

export type LoreEntry = {
  /** Unique in its book, and no words of the entry: it stands in logs. */
  readonly id: string;
  /** For people: the entry's name or comment, else its first key. */
  readonly name: string;
  /** Words, or patterns `/…/flags`. */
  readonly keys: readonly string[];
  readonly secondaryKeys: readonly string[];
  /** How the secondary keys count beside a key that was found; without any they do not count. */
  readonly logic: LoreLogic;
  readonly text: string;
  readonly enabled: boolean;
  /** Without a key. */
  readonly constant: boolean;
  /** Every key is a pattern, also without slashes. */
  readonly regex: boolean;
  readonly caseSensitive: boolean;
  readonly wholeWords: boolean;
  /** 0 to 100. */
  readonly probability: number;
  /** The higher, the nearer to the end of the prompt, and the earlier it is chosen where there is not room for all. */
  readonly order: number;
  /** In place of `order` where there is not room for all, as some programs write it: the higher, the earlier. */
  readonly priority?: number;
  /** In place of the book's. */
  readonly scanDepth?: number;
  /** More conditions beside the keys, all of which have to hold; of a constant entry, too. */
  readonly also?: readonly LoreCondition[];
  /** Only when the number of lines is a multiple of it. */
  readonly every?: number;
  /** Found in what was said only, never in what other entries say. */
  readonly excludeRecursion: boolean;
  /** What it says calls up nothing more. */
  readonly preventRecursion: boolean;
  /** Found in what other entries say only. */
  readonly delayUntilRecursion: boolean;
  /** Lines for which it stays once it was called up, for which it then cannot be, and that must have gone before. */
  readonly sticky: number;
  readonly cooldown: number;
  readonly delay: number;
  /**
   * Of those of one group that are called up, one is taken: by weight, or the first by order where
   * `groupOverride`. Several groups are parted by commas.
   */
  readonly group: string;
  readonly groupWeight: number;
  readonly groupOverride: boolean;
  /** Who may know of it; undefined: everyone whose book it is. */
  readonly only?: LoreFilter;
};

/** `any`: at least one key is found; `not-all`: at least one is not. */
export type LoreLogic = 'any' | 'all' | 'not-any' | 'not-all';

export type LoreCondition = { readonly keys: readonly string[]; readonly logic: LoreLogic };

/** Characters by id, name or tag; `not`: everyone but them. */
export type LoreFilter = {
  readonly names: readonly string[];
  readonly tags: readonly string[];
  readonly not: boolean;
};
