import { RE2JS } from 're2js';

/** Whether a text holds what a pattern describes, in time that grows with the text alone. */
export type Pattern = (text: string) => boolean;

/**
 * A regular expression in the syntax of Rust's engine, as AutoMod takes them, upper and lower case
 * being the same. It runs on RE2, which never backtracks and differs in small things: `\b` knows Latin
 * letters without accents only; look-around and `(?x)` are unknown to both or to RE2. `undefined`
 * where RE2 cannot read the pattern, or would read something else in it.
 */
export function compilePattern(source: string): Pattern | undefined {
  // Rust subtracts and intersects classes by these; RE2 takes them for members of the class.
  if (/\[(?:[^\]\\]|\\.)*(?:&&|--|~~)/su.test(source)) return undefined;
  try {
    const compiled = RE2JS.compile(inRe2(source), RE2JS.CASE_INSENSITIVE);
    return (text) => compiled.test(text);
  } catch {
    return undefined;
  }
}

/** Letters, digits and spaces of all scripts, as Rust reads `\w`, `\d` and `\s`. */
const CLASSES: Readonly<Record<string, string>> = {
  w: '\\p{L}\\p{M}\\p{N}_',
  d: '\\p{Nd}',
  s: '\\s\\p{Z}',
};

/** Escapes that Rust writes or means otherwise than RE2. */
function inRe2(source: string): string {
  let inClass = false;
  return source.replace(
    /\\u\{([0-9a-f]{1,6})\}|\\u([0-9a-f]{4})|\\U([0-9a-f]{8})|\\?./gisu,
    (token, ...codes) => {
      const code = codes.slice(0, 3).find((found) => typeof found === 'string');
      if (code !== undefined) return `\\x{${code}}`;
      if (token === '[') inClass = true;
      if (token === ']') inClass = false;
      const members = token.length === 2 && token.startsWith('\\') ? CLASSES[token.slice(1)] : undefined;
      if (members === undefined) return token;
      return inClass ? members : `[${members}]`;
    },
  );
}
