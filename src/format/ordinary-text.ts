// What ordinary text is made of: Latin, Greek, Cyrillic, Chinese, Japanese and Korean letters, digits,
// punctuation that marks nothing, blanks and `\n`. Everything else may be a sign that means something:
// brackets, marks, quotation marks, control characters, what takes no room, emoji. Sixteen ranges, no
// more: the engine reads classes of more several times slower.
const SIGN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each stands for itself
  /[\u0000-\u0009\u000b-\u001f"-&(-*/<->[-`{-\u009f\u00ab-\u00ad\u0300-\u036f\u0590-\u200f\u201c\u2028-\u3000\u3003-\u303f\u3164\ud800-\uffff]/g;

/** The next place from `from` on where a sign stands that may mean something, or the end. */
export function endOfOrdinary(text: string, from: number): number {
  SIGN.lastIndex = from;
  return SIGN.test(text) ? SIGN.lastIndex - 1 : text.length;
}

/** Words and ordinary punctuation only: nothing in it can be a mark of any kind. */
export function isOrdinary(text: string): boolean {
  return endOfOrdinary(text, 0) === text.length;
}
