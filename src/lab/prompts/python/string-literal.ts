import { bracePieces, type Piece } from './braces.ts';

const LITERAL = /^([a-z]{0,2})("""|'''|"|')([\s\S]*)\2$/iu;

/**
 * What a string literal stands for, of an f-string with its gaps; undefined for bytes, and for what Python
 * could not read either or only with its table of character names (`\N{…}`).
 *
 * @param literal with its prefix and quotation marks
 */
export function readStringLiteral(literal: string): readonly Piece[] | undefined {
  const [, written = '', , body = ''] = LITERAL.exec(literal) ?? [undefined, 'b'];
  const prefix = written.toLowerCase();
  if (prefix.includes('b')) return undefined;
  const decode = prefix.includes('r') ? (text: string) => text : unescaped;
  if (prefix.includes('f')) return bracePieces(body, decode);
  const text = decode(body);
  return text === undefined ? undefined : [text];
}

const ESCAPE = /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([\s\S]))/gu;
const SHORT: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
/** What cannot stand alone after a backslash: hexadecimal digits or a name would have to follow. */
const UNREADABLE = new Set(['x', 'u', 'U', 'N']);

function unescaped(body: string): string | undefined {
  let readable = true;
  const text = body.replace(ESCAPE, (all, octal?: string, x?: string, u?: string, U?: string, other = '') => {
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
    const hex = x ?? u ?? U;
    if (hex !== undefined) {
      const code = Number.parseInt(hex, 16);
      if (code <= 0x10_ffff) return String.fromCodePoint(code);
    }
    if (hex !== undefined || UNREADABLE.has(other)) readable = false;
    return SHORT[other] ?? all;
  });
  return readable ? text : undefined;
}
