import type { Segment } from '../../format/segments.ts';

/** A line that is looked over, and what it is held against. Nothing of it is changed by that. */
export type ReviewedLine = {
  /** With the speaker's own thoughts. */
  readonly segments: readonly Segment[];
  /** All that the speaker can be called. */
  readonly speaker: readonly string[];
  /** The same of everyone else who is there, one by one. */
  readonly others: readonly (readonly string[])[];
  /** The speaker's card in prose: a butler offers his help, and a robot is one. */
  readonly sheet: string;
  /** Earlier lines of the speaker, as they could be seen and heard, oldest first. */
  readonly own: readonly string[];
  /** What was said and done before it lately, as the speaker perceived it, its own lines included. */
  readonly heard: readonly string[];
  readonly knowledge: Knowledge;
};

/** What a speaker could know before its line. Terms are those of `termsOf`. */
export type Knowledge = {
  /** It stands in its view, its card, its lore, or in what anyone may know of the others. */
  knows(term: string): boolean;
  /** What could be seen and heard earlier, but not by the speaker, and holds this term: a few texts of it. */
  missed(term: string): readonly string[];
};
