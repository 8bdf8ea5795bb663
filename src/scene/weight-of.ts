/**
 * What a text takes of a budget: its characters, those of other scripts more, as tokenizers have it
 * (a Latin token is some four letters long, a Cyrillic one two, a Chinese one hardly more than one).
 */
export function weightOf(text: string): number {
  let extra = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isPunctuation = code >= 0x2000 && code < 0x2070;
    if (code >= 0x370 && !isPunctuation) extra += code < 0x1100 ? 1 : 2;
  }
  return text.length + extra;
}
