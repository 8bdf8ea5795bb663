// What ordinary text is made of: letters of any script, digits, punctuation that marks nothing, blanks
// and `\n`. Everything else is a sign that may mean something: brackets, marks, quotation marks,
// control characters, what takes no room, what borrows another's shape, emoji.
const SIGN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each stands for itself
  /[\u0000-\u0009\u000b-\u001f"#$%&()*/<=>[\\\]^_`{|}~-\u009f«\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u2000-\u200f“\u2028-\u202f\u2039\u203a\u205f-\u206f\u2190-\u3000\u3003-\u303f\u3164\ud800-\uff00\uff02-\uff0b\uff0d-\uff1e\uff20-\uffff]/g;

/** The next place from `from` on where a sign stands that may mean something, or the end. */
export function endOfOrdinary(text: string, from: number): number {
  SIGN.lastIndex = from;
  return SIGN.test(text) ? SIGN.lastIndex - 1 : text.length;
}

/** Words and ordinary punctuation only: nothing in it can be a mark of any kind. */
export function isOrdinary(text: string): boolean {
  return endOfOrdinary(text, 0) === text.length;
}
