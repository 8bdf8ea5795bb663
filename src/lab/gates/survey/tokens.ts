/** Signs that are about a word each. */
const DENSE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

/**
 * About how many tokens a text has: a quarter of its characters (her-spec 6.3), signs of scripts without
 * blanks one each. Every tokeniser counts differently.
 */
export function tokensIn(text: string): number {
  const dense = text.match(DENSE)?.length ?? 0;
  return dense + (text.length - dense) / 4;
}
