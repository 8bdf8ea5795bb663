/** A rule of words, as Discord's AutoMod has them (keyword rules). */
export type WordRule = {
  readonly name: string;
  /** `*` at an end of a keyword matches more than the word. */
  readonly keywords: readonly string[];
  /** Regular expressions in Rust's syntax. */
  readonly patterns: readonly string[];
  /** Words and phrases, with `*` like keywords, that are no breach whatever the others say. */
  readonly allowed: readonly string[];
  /** Channels (and categories) in which it does not hold. */
  readonly exemptChannels: readonly string[];
  /** Roles for whose members it does not hold. */
  readonly exemptRoles: readonly string[];
};
