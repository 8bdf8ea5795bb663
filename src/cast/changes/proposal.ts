import type { Text } from '../../words/text.ts';
import type { CardData } from '../cards/card-data.ts';

/** What setting completion may add to: texts of a card, and its example turns (one change a turn). */
export const ENRICHED_FIELDS = [
  'description',
  'background',
  'motivation',
  'manner',
  'relations',
  'public_sheet',
  'examples',
] as const;
export type EnrichedField = (typeof ENRICHED_FIELDS)[number];

/** A field that is prose; an example is a turn. */
export type ProseField = Exclude<EnrichedField, 'examples'>;

/** What was found for one field: it is shown as a difference, and taken, reworded or left by a person. */
export type Change = {
  readonly field: EnrichedField;
  readonly before: string;
  /** The whole field as it would read; of an example turn the turn in HER format. */
  readonly after: string;
  /** Of an example: what is said to the character just before. */
  readonly to?: string;
  /** Passages of the card and of the given text that bear it out, word for word. */
  readonly sources: readonly string[];
  /** Why it was missing, in one line. */
  readonly why: string;
};

/** Nothing of it is in the card before a person takes it. */
export type Proposal = {
  readonly card: CardData;
  readonly changes: readonly Change[];
  /** What the model came up with and nothing bears out, or that was no such field: one line each. */
  readonly dropped: readonly Text[];
};
