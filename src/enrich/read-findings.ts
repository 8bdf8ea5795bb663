import { parse } from 'yaml';
import { z } from 'zod';

/** What a model found, as far as it could be read; nothing of it is believed yet. */
export type Finding = {
  readonly quotes: readonly string[];
  readonly lacking: string;
  /** Of prose. */
  readonly add: string;
  /** Of an example: what is said to the person, and the turn, in HER format or in pieces. */
  readonly to: string;
  readonly turn: unknown;
};

/** More of an answer is not read. Characters. */
export const LONGEST_ANSWER = 24_000;
const MOST_FINDINGS = 20;

const textSchema = z.preprocess(
  (value) => (Array.isArray(value) ? value.filter((one) => typeof one === 'string').join(' ') : value),
  z.string().catch(''),
);
const quotesSchema = z.preprocess(
  (value) => (Array.isArray(value) ? value : [value]),
  z.array(z.unknown()).transform((all) => all.filter((one) => typeof one === 'string')),
);

// Models call things as they like.
const NAMES = {
  quotes: ['quote', 'quotes', 'source', 'sources', 'evidence', 'quotation', 'text_source'],
  lacking: ['lacking', 'why', 'missing', 'reason', 'reasoning'],
  add: ['add', 'added', 'addition', 'finding', 'sentence'],
  to: ['to', 'cue', 'said', 'prompt', 'before'],
  turn: ['turn', 'turns', 'line', 'reply', 'response', 'example'],
} as const;
const PIECES = ['thought', 'role_thinking', 'action', 'role_action', 'speech'] as const;

const findingSchema = z.object({
  quotes: quotesSchema,
  lacking: textSchema,
  add: textSchema,
  to: textSchema,
  turn: z.unknown(),
});

/**
 * The findings in an answer that was to be JSON: whole or cut off, in prose, in code fences, with the
 * slips that models make (commas too many, single quotes, bare keys, comments). Never throws.
 *
 * @returns undefined where nothing in it is an object; an empty list where the model found nothing
 */
export function readFindings(answer: string): readonly Finding[] | undefined {
  const said = withoutThinking(answer.slice(0, LONGEST_ANSWER));
  const objects = objectsIn(said);
  if (objects.length === 0) return undefined;
  return objects.flatMap((object) => findingsIn(object, 0)).slice(0, MOST_FINDINGS);
}

function withoutThinking(answer: string): string {
  const ends = [...answer.matchAll(/<\s*\/\s*(?:think\w*|system_think\w*)\s*>/giu)];
  const last = ends.at(-1);
  return last ? answer.slice(last.index + last[0].length) : answer;
}

/** Objects that are whole, the outermost first; of one that is not, those within it. */
function objectsIn(text: string): unknown[] {
  const read = readAll(text, true);
  // A quotation mark too many turns everything inside out.
  return read.length > 0 ? read : readAll(text, false);
}

function readAll(text: string, quoted: boolean): unknown[] {
  const ends = endsOf(text, quoted);
  const objects: unknown[] = [];
  let at = 0;
  let tried = 0;
  while (at < text.length && tried < 100) {
    const from = text.indexOf('{', at);
    if (from < 0) break;
    const end = ends.get(from);
    tried += 1;
    const value = end === undefined ? undefined : lenient(text.slice(from, end));
    if (value !== undefined) objects.push(value);
    at = value === undefined || end === undefined ? from + 1 : end;
  }
  return objects;
}

/** Behind which place each `{` is closed, in one go. */
function endsOf(text: string, quoted: boolean): Map<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted && sign === '\\') at += 1;
    else if (quoted && sign === '"') inString = !inString;
    else if (inString) continue;
    else if (sign === '{') open.push(at);
    else if (sign === '}') {
      const from = open.pop();
      if (from !== undefined) ends.set(from, at + 1);
    }
  }
  return ends;
}

function lenient(text: string): unknown {
  const escaped = withEscapes(text);
  // YAML's flow style is JSON with all its usual slips; it makes its own sense of stray quotation marks.
  for (const read of [
    () => JSON.parse(text),
    () => JSON.parse(escaped),
    () => yamlOf(text),
    () => yamlOf(escaped),
  ]) {
    try {
      const value: unknown = read();
      if (typeof value === 'object' && value !== null) return value;
    } catch {
      // The next attempt, or none.
    }
  }
  return undefined;
}

function yamlOf(text: string): unknown {
  return parse(text, { maxAliasCount: 0, logLevel: 'silent' });
}

/** Quotation marks within a string get their backslash: one ends it only before `,`, `:`, `]` or `}`. */
function withEscapes(text: string): string {
  let fixed = '';
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (sign === '\\') {
      fixed += sign + (text[at + 1] ?? '');
      at += 1;
    } else if (sign === '"' && inString && !/^\s*[,:\]}]/u.test(text.slice(at + 1, at + 12))) fixed += '\\"';
    else if (sign === '\n' && inString) fixed += '\\n';
    else {
      if (sign === '"') inString = !inString;
      fixed += sign;
    }
  }
  return fixed;
}

/** Findings may lie bare, in a list, or under any name. */
function findingsIn(value: unknown, depth: number): Finding[] {
  if (depth > 4 || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one) => findingsIn(one, depth + 1));
  const own = new Map(Object.entries(value).map(([key, one]) => [key.toLowerCase().trim(), one]));
  const pick = (names: readonly string[]) => own.get(names.find((name) => own.has(name)) ?? '');
  const inPieces = PIECES.some((name) => own.has(name));
  const turn = inPieces ? value : pick(NAMES.turn);
  const isTurn = turn !== undefined && !isListOfFindings(turn);
  if (pick(NAMES.add) === undefined && !isTurn) {
    return Object.values(value).flatMap((one) => findingsIn(one, depth + 1));
  }
  const read = findingSchema.safeParse({
    quotes: pick(NAMES.quotes),
    lacking: pick(NAMES.lacking),
    add: pick(NAMES.add),
    to: pick(NAMES.to),
    turn,
  });
  return read.success ? [{ ...read.data, turn: read.data.turn }] : [];
}

/** `{"turns": [{"quote": …, "turn": …}]}` lists findings, `{"turn": [{"speech": …}]}` pieces of one. */
function isListOfFindings(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.some(
      (one) => typeof one === 'object' && one !== null && ['turn', 'quote', 'to'].some((key) => key in one),
    )
  );
}
