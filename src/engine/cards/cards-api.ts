import type { CardData } from '../../cast/cards/card-data.ts';
import type { Proposal } from '../../cast/changes/proposal.ts';
import type { Character } from '../../cast/character.ts';
import type { Added, KeptCard, Library, SaveCard } from '../../cast/library/library-api.ts';
import type { World } from '../../cast/lore/world.ts';
import type { Fault } from '../../format/parsed-turn.ts';
import type { Segment } from '../../format/segments.ts';
import type { ChatMessage, ModelUsage } from '../../model/chat-model.ts';
import type { Text } from '../../words/text.ts';
import type { Asker } from '../player.ts';

/** Where somebody works on cards: in a server's own library, or (without one) in the operator's folder. */
export type Desk = {
  readonly server?: string;
  readonly by: Asker;
  /**
   * Whether somebody who runs the server goes by such a name: nobody may pass for one of them. Absent: the
   * surface of the server is asked.
   */
  staffNamed?(name: string): Promise<boolean>;
};

/** What a file brought in: one character or several, or a world. */
export type Brought = {
  readonly characters: readonly Character[];
  readonly worlds: readonly World[];
  readonly warnings: readonly string[];
};

/** What somebody brought to one server. */
export type BroughtThere = {
  readonly server: string;
  readonly cards: readonly KeptCard[];
  readonly worlds: readonly World[];
};

/** The cards of a place: reading, writing, trying out. */
export type Cards = {
  /** Whom that server may play with, its own among them; without one the operator's. Always current. */
  library(server?: string): Promise<Library>;
  /** Why a character may not be called so there; undefined where it may. `except`: the card that bears it. */
  nameRefusal(desk: Desk, name: string, except?: string): Promise<Text | undefined>;
  /** A new card, or (with `id`) an edited one. @throws PlayerError saying what to change */
  save(desk: Desk, card: CardData, how?: Omit<SaveCard, 'by'>): Promise<Added>;
  /** Reads a file of any kind we know. @throws PlayerError naming the reason and the limit */
  bring(desk: Desk, fileName: string, bytes: Uint8Array): Promise<Brought>;
  /**
   * Takes a card away, for whoever brought it and moderators; scenes go on without it.
   * @throws PlayerError where it is none of theirs
   */
  remove(desk: Desk, id: string): Promise<Character>;
  removeWorld(desk: Desk, id: string): Promise<World>;
  /** All that a person brought, to whatever server. */
  broughtBy(person: string): Promise<readonly BroughtThere[]>;
  /** Takes away all that a person brought, or that a server has: as if it had never been there. */
  erase(of: { readonly person: string } | { readonly server: string }): Promise<void>;
  /**
   * What a card lacks and its own words (or the text given) bear out: HER's setting completion. Nothing is
   * changed. @throws PlayerError where no model can be asked, or the budget is spent
   */
  enrich(desk: Desk, card: CardData, text: string, signal: AbortSignal): Promise<Proposal>;
  /**
   * What the character would be asked and would answer, in no scene: nothing is recorded.
   * @param cue what is said to it; empty: only the prompt is laid out
   */
  rehearse(desk: Desk, card: CardData, cue: string, signal: AbortSignal): Promise<Rehearsal>;
};

/** A turn tried out, for its author's eyes: the private card is in its prompt, and what it thinks is shown. */
export type Rehearsal = {
  readonly prompt: readonly ChatMessage[];
  /** Absent where nothing was said, or the draft was unusable. */
  readonly turn?: {
    readonly segments: readonly Segment[];
    readonly faults: readonly Fault[];
    /** `script` for the understudy. */
    readonly by: string;
    readonly usage?: ModelUsage;
  };
};
