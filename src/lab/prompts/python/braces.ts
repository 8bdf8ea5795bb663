/** A text with gaps: what stands between the braces of a gap, without blanks around it. */
export type Piece = string | { readonly field: string };

/**
 * Takes apart a text in which `{…}` is a gap and `{{`, `}}` are braces, as in Python’s f-strings and
 * `str.format`. Undefined where a brace has no other.
 *
 * @param decode what the text between the gaps stands for; undefined: it cannot be read
 */
export function bracePieces(
  text: string,
  decode: (text: string) => string | undefined = (plain) => plain,
): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  let pos = 0;
  while (pos < text.length) {
    const sign = text[pos];
    if (sign !== '{' && sign !== '}') {
      const to = nextBrace(text, pos);
      const plain = decode(text.slice(pos, to));
      if (plain === undefined) return undefined;
      pieces.push(plain);
      pos = to;
    } else if (text[pos + 1] === sign) {
      pieces.push(sign);
      pos += 2;
    } else {
      const to = sign === '{' ? fieldEnd(text, pos + 1) : undefined;
      if (to === undefined) return undefined;
      pieces.push({ field: text.slice(pos + 1, to).trim() });
      pos = to + 1;
    }
  }
  return pieces;
}

function nextBrace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '{' && text[at] !== '}') at += 1;
  return at;
}

/** Where the brace is that closes a gap; braces within it and in its strings do not. */
function fieldEnd(text: string, from: number): number | undefined {
  let open = 1;
  let quote = '';
  for (let at = from; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (quote) quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '{') open += 1;
    else if (sign === '}') open -= 1;
    if (open === 0) return at;
  }
  return undefined;
}
