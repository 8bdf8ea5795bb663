/**
 * What a macro is replaced by: a text; `keep`, where it is none that is known; `trim`, where it takes the line
 * ends around it away.
 * @param name in lower case
 * @param args what follows the name's colon, cut at the commas or double colons its author wrote
 */
export type MacroReader = (name: string, args: MacroArgs, at: number) => MacroValue;
export type MacroValue = string | typeof KEEP | typeof TRIM;

export const KEEP = Symbol('keep');
export const TRIM = Symbol('trim');

export type MacroArgs = {
  /** All of it as one text. */
  readonly whole: string;
  list(): string[];
};

/** A piece of text; `isGiven` where it was put in for a macro, and is not to be read. */
type Piece = { readonly text: string; readonly isGiven: boolean };
type Open = { readonly at: number; readonly pieces: Piece[] };

const MARK = /\{\{|\}\}|<(?:user|bot|char)>/gi;
const MAX_NESTING = 16;
// What a text may grow by: a card could else name its own description ten thousand times.
const MAX_GROWTH = 200_000;

/** Replaces `{{…}}`, the innermost first, and `<USER>`, `<BOT>`, `<CHAR>`, in one pass and in linear time. */
export function readMacros(text: string, readMacro: MacroReader): string {
  const out: Piece[] = [];
  const opened: Open[] = [];
  let room = MAX_GROWTH + text.length;
  let eatsLineEnds = false;

  for (const [from, to, isMark] of marks(text)) {
    const part = text.slice(from, to);
    if (!isMark) put({ text: part, isGiven: false });
    else if (part === '{{') open(from);
    else if (part === '}}') close();
    else {
      const value = readMacro(part.slice(1, -1).toLowerCase(), argsOf([]), from);
      if (value !== KEEP) give(value);
    }
  }
  // What was never closed is text.
  for (const { pieces } of opened.splice(0)) {
    put({ text: '{{', isGiven: false });
    for (const piece of pieces) put(piece);
  }
  return out.map((piece) => piece.text).join('');

  function open(at: number): void {
    if (opened.length < MAX_NESTING) opened.push({ at, pieces: [] });
    else put({ text: '{{', isGiven: false });
  }

  function close(): void {
    const macro = opened.pop();
    const { name, rest } = nameOf(macro?.pieces ?? []);
    const value = name === undefined || !macro ? KEEP : readMacro(name, argsOf(rest), macro.at);
    if (value !== KEEP) {
      give(value);
      return;
    }
    if (macro) put({ text: '{{', isGiven: true });
    for (const piece of macro?.pieces ?? []) put({ ...piece, isGiven: true });
    put({ text: '}}', isGiven: macro !== undefined });
  }

  function give(value: Exclude<MacroValue, typeof KEEP>): void {
    if (value === TRIM) {
      if (opened.length > 0) return;
      dropLineEnds(out);
      eatsLineEnds = true;
      return;
    }
    const fits = value.length <= room;
    if (fits) room -= value.length;
    put({ text: fits ? value : '', isGiven: true });
  }

  function put(piece: Piece): void {
    const inside = opened.at(-1);
    if (inside) {
      inside.pieces.push(piece);
      return;
    }
    const rest = eatsLineEnds ? piece.text.replace(/^[\r\n]+/, '') : piece.text;
    if (!rest) return;
    eatsLineEnds = false;
    out.push({ ...piece, text: rest });
  }
}

/** The text cut at its marks: from, to, and whether it is one. Of `{{{` the last two open. */
function* marks(text: string): Generator<readonly [number, number, boolean]> {
  let from = 0;
  MARK.lastIndex = 0;
  for (const found of text.matchAll(MARK)) {
    let at = found.index;
    if (at < from) continue;
    const mark = found[0];
    if (mark === '{{' && text[at + 2] === '{' && text[at + 3] !== '{') at += 1;
    if (at > from) yield [from, at, false];
    from = at + mark.length;
    yield [at, from, true];
  }
  if (from < text.length) yield [from, text.length, false];
}

const NAME = /^\s*(?:(\/\/)|([a-z_]+)\s*(?:::?|(?=[\s+-])|$))/i;

/** A macro's name, and what follows it; undefined where it does not begin with one that its author wrote. */
function nameOf(pieces: readonly Piece[]): { name?: string; rest: readonly Piece[] } {
  const [first, ...others] = pieces;
  const found = first && !first.isGiven ? NAME.exec(first.text) : null;
  if (!first || !found) return { rest: [] };
  const rest = first.text.slice(found[0].length);
  return {
    name: (found[1] ?? found[2] ?? '').toLowerCase(),
    rest: [{ text: rest, isGiven: false }, ...others],
  };
}

function argsOf(pieces: readonly Piece[]): MacroArgs {
  return {
    get whole() {
      return pieces.map(({ text }) => text).join('');
    },
    list() {
      const written = pieces.filter(({ isGiven }) => !isGiven);
      const between = written.some(({ text }) => text.includes('::')) ? /::/ : /(?<!\\),/;
      const items = [''];
      for (const { text, isGiven } of pieces) {
        const [head = '', ...tail] = isGiven ? [text] : text.split(between).map(unescaped);
        items.push(`${items.pop() ?? ''}${head}`, ...tail);
      }
      return items.map((item) => item.trim());
    },
  };
}

function unescaped(text: string): string {
  return text.replaceAll('\\,', ',');
}

function dropLineEnds(pieces: Piece[]): void {
  for (let last = pieces.pop(); last; last = pieces.pop()) {
    let end = last.text.length;
    while (end > 0 && (last.text[end - 1] === '\n' || last.text[end - 1] === '\r')) end -= 1;
    if (end === 0) continue;
    pieces.push({ ...last, text: last.text.slice(0, end) });
    return;
  }
}
