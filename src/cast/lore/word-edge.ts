/**
 * Whether a word can begin or end at `at`, between two UTF-16 units of `text`. Letters, marks, digits and
 * `_` hold together; in scripts that write words without spaces between them (and in Korean, whose
 * particles join the word) every place between two letters may be an edge, or no word were ever found.
 */
export function isWordEdge(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true;
  return !(holds(codeBefore(text, at)) && holds(text.codePointAt(at) ?? 0));
}

function codeBefore(text: string, at: number): number {
  const unit = text.charCodeAt(at - 1);
  const isPair = unit >= 0xdc00 && unit <= 0xdfff && at > 1;
  return isPair ? (text.codePointAt(at - 2) ?? unit) : unit;
}

const WORD = /[\p{L}\p{M}\p{N}_]/u;
const WITHOUT_SPACES =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tibetan}]/u;

function holds(code: number): boolean {
  if (code < 0x80) {
    const lower = code | 0x20;
    return (lower >= 0x61 && lower <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x5f;
  }
  const letter = String.fromCodePoint(code);
  return WORD.test(letter) && !(code >= 0xe00 && WITHOUT_SPACES.test(letter));
}
