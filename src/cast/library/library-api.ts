import type { CardData } from '../cards/card-data.ts';
import type { Character } from '../character.ts';
import type { World } from '../lore/world.ts';
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
  add(fileName: string, bytes: Uint8Array, by?: string): Promise<Added>;
  /** The whole card behind a character: what is edited and exported. */
  card(id: string): Promise<KeptCard | undefined>;
  /**
   * A new card, or (with `id`) one in place of an own one.
   * @throws CastFileError saying which field, and what to do
   */
  save(card: CardData, how?: SaveCard): Promise<Added>;
  /** Whether there was such a card of one's own; what ships stays. */
  remove(id: string): Promise<boolean>;
  /** Lorebooks of their own, by name. */
  worlds(): readonly World[];
  world(id: string): World | undefined;
  /** @throws CastFileError where it is no lorebook */
  addWorld(
    fileName: string,
    bytes: Uint8Array,
    by?: string,
  ): Promise<{ readonly world: World; readonly warnings: readonly string[] }>;
  removeWorld(id: string): Promise<boolean>;
  /** One line per file that cannot be played, or plays under another id than its name suggests. */
  problems(): readonly string[];
  /** Looks at the own folder now. Cheap: only files that changed are read. */
  refresh(): Promise<void>;
  /** Stops watching the folder. */
  close(): Promise<void>;
};

export type Added = { readonly character: Character; readonly warnings: readonly string[] };

/** A card as it is kept: every field, and its picture. */
export type KeptCard = {
  readonly card: CardData;
  /** PNG, JPEG or WebP. */
  readonly picture?: Uint8Array;
};

export type SaveCard = {
  /** The card that it takes the place of. */
  readonly id?: string;
  /** null: none any more; undefined: as it was. */
  readonly picture?: Uint8Array | null;
  /** Who brings it: a stage user id. */
  readonly by?: string;
};
