/** A list of texts as Python prints it: `['Ann', "O'Neil"]`. */
export function reprOf(texts: readonly string[]): string {
  return `[${texts.map(reprOfText).join(', ')}]`;
}

// What Python does not print: all kinds of controls and gaps but the blank itself.
const UNPRINTED = /[\p{C}\p{Z}]/gu;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function reprOfText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replace(UNPRINTED, (sign) => (sign === ' ' ? sign : (SHORT[sign] ?? codeOf(sign))));
  return `${quote}${escaped}${quote}`;
}

function codeOf(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  const [letter, digits] = code <= 0xff ? ['x', 2] : code <= 0xff_ff ? ['u', 4] : ['U', 8];
  return `\\${letter}${code.toString(16).padStart(digits, '0')}`;
}
