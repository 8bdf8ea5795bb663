import type { LoreBook } from './lore/lore.ts';

/**
 * A character as the engine knows it, whatever card it was read from.
 * `publicSheet` is all that other minds may be told of it; the rest is private to its own prompt.
 */
export type Character = {
  /** Stable slug, e.g. `elizabeth-bennet`; its actor id is `character:<id>`. */
  readonly id: string;
  readonly name: string;
  /** Other names that address it: nicknames, titles. First and last names are found by themselves. */
  readonly aliases: readonly string[];
  readonly description: string;
  readonly personality: string;
  /** What it wants, and would not say; HER's `===Your Inner Thoughts===`. */
  readonly motivation: string;
  readonly background: string;
  /** Whom it knows and how they stand with each other, as it sees it. */
  readonly relations: string;
  /** How it talks: diction, rhythm, habits. */
  readonly manner: string;
  /** Appearance and reputation: what anyone in the room could know. */
  readonly publicSheet: string;
  /** The card's own scenario; used only where a scene has no setting. */
  readonly scenario: string;
  /** In HER format, like every line of a card: a card's `*action*` prose is turned into it when read. */
  readonly greeting: string;
  readonly alternateGreetings: readonly string[];
  /** Single turns of this character in HER format, thoughts included, without a name prefix. */
  readonly examples: readonly string[];
  /** What was said to it just before `examples[i]`, empty where the card does not tell. */
  readonly exampleCues?: readonly string[];
  /** Turns in HER format for what fits no line of the card: a look, a gesture, an evasive word. */
  readonly declines: readonly string[];
  readonly book: LoreBook;
  /** 0 … 1, how readily it speaks unasked. */
  readonly talkativeness: number;
  /** A picture, as a file on this machine or the bytes that came with the card. */
  readonly avatar?: Avatar;
  readonly tags: readonly string[];
  /** The card says of itself that it is for adults only; its tags may say so, too. */
  readonly ageRestricted?: boolean;
  /** In years, where the card states it; `adult` where it states no more than that. Neither is ever guessed. */
  readonly age?: number;
  readonly adult?: boolean;
  /** What the card calls itself (`{{char}}`), where that is not its name. */
  readonly nickname?: string;
  /** Greetings for scenes with several characters. */
  readonly groupGreetings: readonly string[];
  /** What stays before its eyes, near the end of its prompt (SillyTavern's character note). */
  readonly note: string;
  /** Who wrote the card, as it says. */
  readonly creator: string;
  /** From its author to people; no prompt holds it. */
  readonly creatorNotes: string;
  /** `own`: the operator's; `server`: one server's alone. */
  readonly source: 'shipped' | 'own' | 'server';
  /** Who brought it to that server: a stage user id. */
  readonly by?: string;
};

export type Avatar =
  | { readonly type: 'file'; readonly path: string }
  /** Kept in storage and read when it is shown. */
  | {
      readonly type: 'stored';
      readonly mime: 'image/png' | 'image/jpeg' | 'image/webp';
      /** Tells whether two pictures are the same. */
      readonly digest?: string;
      read(): Promise<Uint8Array | undefined>;
    }
  | {
      readonly type: 'bytes';
      readonly mime: 'image/png' | 'image/jpeg' | 'image/webp';
      readonly bytes: Uint8Array;
    };
