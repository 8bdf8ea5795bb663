// Marks and signs, control characters, brackets of other scripts, letters that may be others in
// disguise, emoji. Not in it: Latin letters, digits, ordinary punctuation, spaces and `\n`.
const UNUSUAL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each stands for itself
  /[\u0000-\u0009\u000b-\u001f"#$%&()*/<=>[\\\]^_`{|}~-\u009f«\u00ad“\u0300-\u1fff\u200b-\u200f\u2028-\u202f\u2039\u203a\u2060-\uffff]/g;

/** The next place from `from` on where a character is more than words and ordinary punctuation, or the end. */
export function endOfOrdinary(text: string, from: number): number {
  UNUSUAL.lastIndex = from;
  return UNUSUAL.test(text) ? UNUSUAL.lastIndex - 1 : text.length;
}

/** Words and ordinary punctuation only: nothing in it can be a mark of any kind. */
export function isOrdinary(text: string): boolean {
  return endOfOrdinary(text, 0) === text.length;
}
