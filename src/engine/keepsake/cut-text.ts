// The dot of a title ends no sentence; scripts without spaces need none after their full stop.
const SENTENCES = /^.*(?:(?<!\b(?:Mr|Mrs|Ms|Dr|St))[.!?…]["”’»)\]]*(?=\s)|[。！？]["”’»」』]*)/u;

/**
 * The beginning of a text on one line: whole where it fits, else up to the last sentence that does,
 * else up to the last word, with an ellipsis.
 *
 * @param longest characters of the result, the ellipsis included
 */
export function cutText(text: string, longest: number): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  if (line.length <= longest) return line;
  const whole = SENTENCES.exec(line.slice(0, longest + 1))?.[0] ?? '';
  if (whole.length > longest / 3 && whole.length <= longest) return whole;
  const cut = line.slice(0, longest - 1);
  const space = cut.lastIndexOf(' ');
  const kept = cut.slice(0, space > longest / 2 ? space : undefined);
  // No half of a letter that takes two code units.
  return `${kept.replace(/[\uD800-\uDBFF]$/, '')}…`;
}
