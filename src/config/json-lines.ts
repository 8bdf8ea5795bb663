/** Keys and indexes that lead to a value. */
export type JsonPath = readonly PropertyKey[];

/** What stands on which line of a JSON text; the first line is 1. */
export type JsonLines = {
  /** Where it stops being JSON; undefined where all of it is. */
  readonly fault: number | undefined;
  /** Keys that stand again in the same object, and where. */
  readonly twice: readonly { readonly key: string; readonly line: number }[];
  /** Where a value begins; where it is missing, the nearest of those it would be in. */
  lineOf(path: JsonPath): number;
};

/** Deeper than any file of ours; what is deeper counts as no JSON, so that no nesting exhausts the stack. */
const DEEPEST = 64;

const SPACE = /[ \t\r\n]*/y;
// Anything from the space on, but for the quote and the backslash.
const STRING = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const PLAIN = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

class NotJson extends Error {}

/**
 * Reads JSON (RFC 8259) for its lines alone, which `JSON.parse` does not tell. Of a key that stands
 * twice the last one counts, as for `JSON.parse`. Takes time linear in the text.
 */
export function readJsonLines(text: string): JsonLines {
  const found = new Map<string, number>();
  const twice: { key: string; line: number }[] = [];
  let at = 0;
  let line = 1;
  let counted = 0;

  /** The line of `at`, which only grows: each line is counted once. */
  function lineNow(): number {
    for (; counted < at; counted++) if (text[counted] === '\n') line++;
    return line;
  }

  function take(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    const taken = pattern.exec(text)?.[0];
    at += taken?.length ?? 0;
    return taken;
  }

  function takes(sign: string): boolean {
    take(SPACE);
    if (text[at] !== sign) return false;
    at++;
    return true;
  }

  function need(sign: string): void {
    if (!takes(sign)) throw new NotJson();
  }

  function readKey(): string {
    take(SPACE);
    const key = take(STRING);
    if (key === undefined) throw new NotJson();
    return String(JSON.parse(key));
  }

  function readAll(end: string, readOne: (index: number) => void): void {
    if (takes(end)) return;
    let index = 0;
    do readOne(index++);
    while (takes(','));
    need(end);
  }

  function readValue(path: JsonPath): void {
    if (path.length > DEEPEST) throw new NotJson();
    take(SPACE);
    found.set(keyOf(path), lineNow());
    if (takes('{')) {
      const keys = new Set<string>();
      readAll('}', () => {
        const key = readKey();
        if (keys.has(key)) twice.push({ key, line: lineNow() });
        keys.add(key);
        need(':');
        readValue([...path, key]);
      });
    } else if (takes('[')) {
      readAll(']', (index) => readValue([...path, index]));
    } else if ((take(STRING) ?? take(PLAIN)) === undefined) throw new NotJson();
  }

  function fault(): number | undefined {
    try {
      readValue([]);
      take(SPACE);
      return at === text.length ? undefined : lineNow();
    } catch (error) {
      if (error instanceof NotJson) return lineNow();
      throw error;
    }
  }

  return {
    fault: fault(),
    twice,
    lineOf(path) {
      for (let length = path.length; length > 0; length--) {
        const line = found.get(keyOf(path.slice(0, length)));
        if (line !== undefined) return line;
      }
      return found.get(keyOf([])) ?? 1;
    },
  };
}

function keyOf(path: JsonPath): string {
  return JSON.stringify(path.map(String));
}
