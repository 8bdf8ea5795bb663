import type { Piece } from './braces.ts';
import { readStringLiteral } from './string-literal.ts';
import type { Token } from './tokens.ts';

/** A literal of texts; undefined within one is anything else. */
export type Value =
  | { readonly kind: 'text'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'list'; readonly items: readonly (Value | undefined)[] }
  | { readonly kind: 'dict'; readonly entries: ReadonlyMap<string, Value | undefined> };

type Read = { readonly value: Value | undefined; readonly to: number };

/** Literals within literals within …: deeper ones are passed over. */
const DEEPEST = 12;

/**
 * Reads the literal that begins at a token: strings (those side by side are one), lists, tuples, dicts with
 * strings as keys. `to` is the index after what was read. Every token is looked at once.
 */
export function readValue(tokens: readonly Token[], from: number, level = 0): Read {
  const token = tokens[from];
  if (token?.kind === 'string') return readText(tokens, from);
  if (!token || !/^[([{]$/u.test(token.text)) return { value: undefined, to: from };
  if (level === DEEPEST) return { value: undefined, to: skip(tokens, from + 1, token.depth) + 1 };
  return token.text === '{' ? readDict(tokens, from, level) : readList(tokens, from, level);
}

function readText(tokens: readonly Token[], from: number): Read {
  const pieces: Piece[] = [];
  let isReadable = true;
  let to = from;
  for (let token = tokens[to]; token?.kind === 'string'; token = tokens[to]) {
    // A string at the start of a statement is a statement of its own.
    if (to > from && token.column !== undefined) break;
    const read = readStringLiteral(token.text);
    if (read) pieces.push(...read);
    else isReadable = false;
    to += 1;
  }
  return { value: isReadable ? { kind: 'text', pieces } : undefined, to };
}

function readList(tokens: readonly Token[], from: number, level: number): Read {
  const items: (Value | undefined)[] = [];
  const depth = tokens[from]?.depth ?? 0;
  let commas = 0;
  let at = from + 1;
  while (at < tokens.length && !closes(tokens[at], depth)) {
    const item = readItem(tokens, at, depth, level);
    items.push(item.value);
    at = item.to;
    if (tokens[at]?.text !== ',' || closes(tokens[at], depth)) continue;
    commas += 1;
    at += 1;
  }
  const isBracketed = tokens[from]?.text === '(' && commas === 0 && items.length === 1;
  return { value: isBracketed ? items[0] : { kind: 'list', items }, to: at + 1 };
}

function readDict(tokens: readonly Token[], from: number, level: number): Read {
  const entries = new Map<string, Value | undefined>();
  const depth = tokens[from]?.depth ?? 0;
  let at = from + 1;
  while (at < tokens.length && !closes(tokens[at], depth)) {
    const key = readValue(tokens, at, level + 1);
    const name = textOf(key.value);
    if (name !== undefined && tokens[key.to]?.text === ':') {
      const item = readItem(tokens, key.to + 1, depth, level);
      entries.set(name, item.value);
      at = item.to;
    } else at = skip(tokens, Math.max(key.to, at), depth);
    if (tokens[at]?.text === ',') at += 1;
  }
  return { value: { kind: 'dict', entries }, to: at + 1 };
}

/** An item up to its comma or the bracket that closes it all; undefined where it is more than a literal. */
function readItem(tokens: readonly Token[], from: number, depth: number, level: number): Read {
  const read = readValue(tokens, from, level + 1);
  const to = skip(tokens, read.to, depth);
  return { value: to === read.to ? read.value : undefined, to };
}

/** The next comma among the items of a bracket that opened at `depth`, or the bracket that closes it. */
function skip(tokens: readonly Token[], from: number, depth: number): number {
  let at = from;
  for (let token = tokens[at]; token && !closes(token, depth); token = tokens[at]) {
    if (token.depth === depth + 1 && token.text === ',') break;
    at += 1;
  }
  return at;
}

function closes(token: Token | undefined, depth: number): boolean {
  return (
    token !== undefined && token.kind === 'sign' && token.depth === depth && /^[)\]}]$/u.test(token.text)
  );
}

/** A text without gaps. */
export function textOf(value: Value | undefined): string | undefined {
  if (value?.kind !== 'text') return undefined;
  const texts = value.pieces.filter((piece) => typeof piece === 'string');
  return texts.length === value.pieces.length ? texts.join('') : undefined;
}
