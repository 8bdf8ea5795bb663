/** JSON as models write it. Keys are folded: `Cand_1` is `cand1`; of two alike the last one counts. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = ReadonlyMap<string, Json>;

export type Found = {
  /** The outermost objects, in order. */
  readonly objects: readonly JsonObject[];
  /** How the text ended: within the last object, which lacks what was not complete; at one that nobody can read. */
  readonly end: 'whole' | 'cut' | 'broken';
  /** What stands beside them. */
  readonly beside: string;
};

const MOST_OBJECTS = 20;
const DEEPEST = 12;
const NOTHING = Symbol('nothing');

/**
 * The objects in a text. Tolerates what models do: commas too many or too few, bare or single-quoted
 * words, comments, line breaks and quotation marks within strings, a missing end. Never searches within
 * an object that it cannot read: what stands there may be quoted. Linear in the text's length.
 *
 * @param quotes what a string may begin with
 */
export function objectsIn(text: string, quotes = `"'“‘`): Found {
  const objects: JsonObject[] = [];
  let beside = '';
  let at = 0;
  for (let tried = 0; tried < MOST_OBJECTS; tried += 1) {
    const from = text.indexOf('{', at);
    if (from < 0) break;
    const reader = createReader(text, from, quotes);
    const value = reader.read();
    const isObject = value instanceof Map;
    if (!isObject && looksMeant(text, from)) return { objects, end: 'broken', beside };
    beside += text.slice(at, from);
    at = isObject ? reader.at() : from + 1;
    if (isObject && value.size > 0) objects.push(value);
    if (isObject && reader.isCut()) return { objects, end: 'cut', beside };
  }
  return { objects, end: 'whole', beside: beside + text.slice(at) };
}

function looksMeant(text: string, from: number): boolean {
  const start = /\{\s{0,200}["'“‘]?[\p{L}_][\p{L}\p{N}_ -]{0,60}["'”’]?\s{0,40}:/uy;
  start.lastIndex = from;
  return start.test(text);
}

/** A key as it is compared: small letters and digits alone. */
export function foldKey(key: string): string {
  return key
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

function createReader(text: string, from: number, openers: string) {
  let at = from;
  let cut = false;

  /** Blanks and comments. */
  function skip(): void {
    for (;;) {
      while (/\s/u.test(text[at] ?? '')) at += 1;
      if (text.startsWith('//', at)) at = endOf('\n');
      else if (text.startsWith('/*', at)) at = endOf('*/');
      else return;
    }
  }

  function skipCommas(): void {
    skip();
    while (text[at] === ',') {
      at += 1;
      skip();
    }
  }

  function endOf(mark: string): number {
    const end = text.indexOf(mark, at + 2);
    return end < 0 ? text.length : end + mark.length;
  }

  /** `NOTHING` where the text ended within the value; undefined where there is no value. */
  function readValue(depth: number, inList = false): Json | typeof NOTHING | undefined {
    skip();
    const sign = text[at];
    if (sign === undefined) return ended();
    if (depth > DEEPEST) return undefined;
    if (sign === '{') return readObject(depth);
    if (sign === '[') return readList(depth);
    if (openers.includes(sign)) return readString(inList ? AFTER_ITEM : AFTER_VALUE);
    return readBare();
  }

  function ended(): typeof NOTHING {
    cut = true;
    return NOTHING;
  }

  function readObject(depth: number): Json | undefined {
    const entries = new Map<string, Json>();
    at += 1;
    for (;;) {
      skipCommas();
      if (text[at] === undefined) {
        cut = true;
        return entries;
      }
      if (text[at] === '}') {
        at += 1;
        return entries;
      }
      const key = readKey();
      if (key === NOTHING) return entries;
      if (key === undefined) return undefined;
      const value = readValue(depth + 1);
      if (value === undefined) return undefined;
      if (value !== NOTHING) entries.set(key, value);
      if (cut) return entries;
    }
  }

  function readKey(): string | typeof NOTHING | undefined {
    const sign = text[at] ?? '';
    const key = openers.includes(sign) ? readString(AFTER_KEY) : bareWord(/[\p{L}\p{N}_ -]{1,60}/uy);
    if (typeof key !== 'string') return key;
    skip();
    if (text[at] === undefined) return ended();
    if (text[at] !== ':' && text[at] !== '=') return undefined;
    at += 1;
    return foldKey(key);
  }

  function readList(depth: number): Json | undefined {
    const items: Json[] = [];
    at += 1;
    for (;;) {
      skipCommas();
      if (text[at] === ']') {
        at += 1;
        return items;
      }
      // An object that ends before its list does.
      if (text[at] === '}') return items;
      const item = readValue(depth + 1, true);
      if (item === undefined) return undefined;
      if (item !== NOTHING) items.push(item);
      if (cut) return items;
    }
  }

  function readString(after: RegExp): string | typeof NOTHING {
    const opener = text[at] ?? '';
    const closer = opener === '“' ? '”' : opener === '‘' ? '’' : opener;
    let said = '';
    for (at += 1; at < text.length; at += 1) {
      const sign = text[at] ?? '';
      if (sign === '\\') {
        at += 1;
        said += unescaped();
      } else if (sign === closer && closes(after)) {
        at += 1;
        return said;
      } else said += sign;
    }
    return ended();
  }

  /** What the sign behind a backslash stands for. */
  function unescaped(): string {
    const sign = text[at] ?? '';
    if (sign === 'u') {
      const hex = /[0-9a-f]{4}/iy;
      hex.lastIndex = at + 1;
      const code = hex.exec(text)?.[0];
      if (code !== undefined) {
        at += 4;
        return String.fromCharCode(Number.parseInt(code, 16));
      }
    }
    return { n: '\n', t: '\t', r: '\r', b: ' ', f: ' ' }[sign] ?? sign;
  }

  /** Whether a quotation mark ends its string: only before what may follow one. */
  function closes(after: RegExp): boolean {
    after.lastIndex = at + 1;
    return after.test(text);
  }

  function readBare(): Json | undefined | typeof NOTHING {
    const word = bareWord(/[^\s,:[\]{}"“”][^,[\]{}"“”\n]{0,200}/uy);
    if (word === undefined) return undefined;
    // Its other half may be missing.
    if (at >= text.length) return ended();
    const said = word.trim();
    if (/^(?:null|none|undefined|nan)$/iu.test(said)) return null;
    if (/^(?:true|false)$/iu.test(said)) return said.toLowerCase() === 'true';
    return /^[+-]?\d+(?:\.\d+)?$/u.test(said) ? Number(said) : said;
  }

  function bareWord(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    const word = pattern.exec(text)?.[0];
    at += word?.length ?? 0;
    return word;
  }

  return {
    read: () => readValue(0),
    at: () => at,
    isCut: () => cut,
  };
}

// Blanks are bounded: a look ahead from each quotation mark must not read the whole text.
const AFTER_KEY = /\s{0,40}[:=]/uy;
const NEXT_KEY = String.raw`(?:["'“‘][^"'“”‘’\n]{1,60}["'”’]|[\p{L}_][\p{L}\p{N}_]{0,40})\s{0,40}:`;
const AFTER_VALUE = new RegExp(
  String.raw`\s{0,200}(?:$|[}\]]|,[\s,]{0,200}(?:$|[}\]]|/[/*]|${NEXT_KEY})|\n\s{0,200}${NEXT_KEY}|/[/*])`,
  'uy',
);
const AFTER_ITEM =
  /\s{0,200}(?:$|[}\]]|,[\s,]{0,200}(?:$|[}\]{[\d"'“‘-]|\/[/*]|(?:true|false|null)\b)|\/[/*])/uy;
