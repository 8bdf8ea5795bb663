import { isOwnName, type TagKind } from './layer-names.ts';
import { readCanonicalName, readTagName, type TagName } from './tag-names.ts';

/** One tag as it stands in the text: `text.slice(from, to)` is its spelling. */
export type Tag = {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly kind: TagKind;
  readonly close: boolean;
  readonly selfClosing: boolean;
  /** In brackets that ordinary text uses too (`[thinking]`): a tag only where it has a partner. */
  readonly soft: boolean;
  /** Spelled exactly as the format has it. */
  readonly canonical: boolean;
};

export type TagScanner = {
  /** Every tag found so far, in order. */
  readonly tags: readonly Tag[];
  /** There were more odd tags than can be in a turn; the rest was not read. */
  isFlooded(): boolean;
  /** Nothing is open: a piece without signs of a tag need not be read. */
  isCalm(): boolean;
  /**
   * Reads the piece that begins at `at`; tags may be cut anywhere between two calls. Says whether the
   * list of tags has changed.
   */
  scan(chunk: string, at: number): boolean;
};

// Longest bodies of a tag: angle brackets may hold attributes, other brackets hold a bare name.
const MAX_ANGLE = 256;
const MAX_OTHER = 48;
// How far back, per family, a bracket may stand that still becomes a tag; and how much text is kept
// before it is looked through for what is too far back.
const REACH = [MAX_ANGLE + 16, MAX_OTHER + 2, MAX_ANGLE + 16] as const;
const MOST_RECENT = 2048;
// Different spellings of tags; a turn has a handful.
const MOST_SPELLINGS = 300;

// What a character may do: open or close a tag of one of two families of brackets, or be part of an
// HTML entity. One table for all of UTF-16, so that reading a character is one look-up.
const ANGLE = 0;
const SQUARE = 1;
const ENTITY = 2;
type Family = typeof ANGLE | typeof SQUARE | typeof ENTITY;
const FAMILIES = ['<＜﹤◁ >＞﹥▷', '[ ]', '& ;'];
const ROLES = new Uint8Array(0x10000);
for (const [family, glyphs] of FAMILIES.entries()) {
  const [openers = '', closers = ''] = glyphs.split(' ');
  for (const glyph of openers) ROLES[glyph.charCodeAt(0)] = 2 * family + 1;
  for (const glyph of closers) ROLES[glyph.charCodeAt(0)] = 2 * family + 2;
}
// A native search for them is faster than a loop over the characters, but to begin one costs as much as a token or two.
const ANY_ROLE = /[<＜﹤◁>＞﹥▷[\]&;]/g;
const SHORT = 24;
const PLAIN_ANGLES = '<＜﹤&';

/** Whether a piece of text holds anything that may begin or end a tag. */
export function holdsTagSign(chunk: string): boolean {
  return nextRole(chunk, 0) < chunk.length;
}

/**
 * Finds tags in a text that arrives in pieces.
 *
 * One pass, no look-back: per family of brackets it remembers where the last one opened, and reads
 * the name when one closes. So it is linear on any input, and where the pieces are cut never matters.
 */
export function createTagScanner(): TagScanner {
  const tags: Tag[] = [];
  // Per family: where its last bracket opened (-1: nowhere) and where the name after it begins.
  const opened: [number, number, number] = [-1, -1, -1];
  const nameFrom: [number, number, number] = [0, 0, 0];
  let spellings: Map<string, TagName | undefined> | undefined;
  let flooded = false;
  let changed = false;
  // Whether any of them is open, and where the last of those is too far back to become a tag.
  let open = false;
  let expires = 0;
  let end = 0;
  // The text from the earliest bracket that may still become a tag; empty where there is none.
  let recent = '';
  let recentFrom = 0;

  function scan(chunk: string, at: number): boolean {
    changed = false;
    if (open) recent += chunk;
    else {
      recent = chunk;
      recentFrom = at;
    }
    for (let i = nextRole(chunk, 0); i < chunk.length; i = nextRole(chunk, i + 1)) {
      meet((ROLES[chunk.charCodeAt(i)] ?? 0) - 1, at + i);
    }
    end = at + chunk.length;
    if (open && (end > expires || recent.length > MOST_RECENT)) forget();
    return changed;
  }

  function meet(role: number, at: number): void {
    const family = (role >> 1) as Family;
    if ((role & 1) === 0) {
      opened[family] = at;
      nameFrom[family] = at + 1;
      open = true;
      expires = Math.max(expires, at + REACH[family]);
    } else {
      if (family === ENTITY) closeEntity(at);
      else close(family, at, at + 1);
      open = opened[ANGLE] >= 0 || opened[SQUARE] >= 0 || opened[ENTITY] >= 0;
    }
  }

  function closeEntity(at: number): void {
    const from = opened[ENTITY];
    if (from < 0 || at - from > 9) return;
    const entity = recent.slice(from - recentFrom + 1, at - recentFrom).toLowerCase();
    // `&amp;lt;`: escaped twice.
    if (entity === 'amp') return;
    opened[ENTITY] = -1;
    if (/^(?:amp;)?(?:lt|#60|#x3c)$/.test(entity)) {
      opened[ANGLE] = from;
      nameFrom[ANGLE] = at + 1;
    } else if (/^(?:amp;)?(?:gt|#62|#x3e)$/.test(entity)) {
      close(ANGLE, from, at + 1);
    }
  }

  function close(family: Family, nameTo: number, to: number): void {
    const from = opened[family];
    if (from < 0) return;
    opened[family] = -1;
    const body = nameFrom[family];
    if (nameTo - body > (family === ANGLE ? MAX_ANGLE : MAX_OTHER)) return;
    const spelling = recent.slice(body - recentFrom, nameTo - recentFrom);
    const glyph = recent.charAt(from - recentFrom);
    const usual = glyph === '<' && nameTo + 1 === to ? readCanonicalName(spelling) : undefined;
    if (usual) {
      add(from, to, usual, false, true);
      return;
    }
    const read = family === ANGLE || mayBeName(spelling) ? readOnce(spelling, from) : undefined;
    if (!read) return;
    if (family === ANGLE) {
      if (PLAIN_ANGLES.includes(glyph) || isOwnName(read.name)) add(from, to, read, false, false);
    } else if (isBracketTag(read.name, read.kind)) {
      const soft = !/^(?:long)?(?:role|system)/.test(read.name) && /\p{Ll}/u.test(spelling);
      add(from, to, read, soft, false);
    }
  }

  function add(from: number, to: number, read: TagName, soft: boolean, canonical: boolean): void {
    // `<action [action]>` is one tag, the outer one.
    while ((tags.at(-1)?.from ?? -1) >= from) tags.pop();
    changed = true;
    const { name, kind, close: closes, selfClosing } = read;
    tags.push({ from, to, name, kind, close: closes, selfClosing, soft, canonical });
  }

  /** Each spelling is read once, and only so many in a text of this length. */
  function readOnce(spelling: string, at: number): TagName | undefined {
    spellings ??= new Map();
    if (spellings.has(spelling)) return spellings.get(spelling);
    if (spellings.size > MOST_SPELLINGS + at / 64) {
      flooded = true;
      return undefined;
    }
    const read = readTagName(spelling);
    spellings.set(spelling, read);
    return read;
  }

  // Drops brackets that are too far back to become a tag, and the text that was kept for them.
  function forget(): void {
    let earliest = end;
    for (const family of [ANGLE, SQUARE, ENTITY] as const) {
      const from = opened[family];
      if (from < 0) continue;
      if (end - from > REACH[family]) opened[family] = -1;
      else if (from < earliest) earliest = from;
    }
    open = earliest < end;
    recent = open ? recent.slice(earliest - recentFrom) : '';
    recentFrom = earliest;
  }

  // Methods, not getters: an object with getters of its own costs the engine a hidden class each.
  return { tags, scan, isCalm: () => !open, isFlooded: () => flooded };
}

/** The next place from `from` on where a character has a role, or the end. */
function nextRole(chunk: string, from: number): number {
  if (chunk.length - from <= SHORT) {
    for (let at = from; at < chunk.length; at++) if (ROLES[chunk.charCodeAt(at)] !== 0) return at;
    return chunk.length;
  }
  ANY_ROLE.lastIndex = from;
  return ANY_ROLE.test(chunk) ? ANY_ROLE.lastIndex - 1 : chunk.length;
}

/** A quick look before the slow one: brackets in ordinary text seldom hold a single word. */
function mayBeName(spelling: string): boolean {
  return spelling.length >= 2 && !/[.,!?"]/.test(spelling);
}

/** `[INST]`, `[THINK]`, `{role_thinking}`: names that make other brackets a tag. */
function isBracketTag(name: string, kind: TagKind): boolean {
  return (
    isOwnName(name) ||
    (kind === 'token' && /^(?:inst|sys|systemprompt|eos|end|endofturn|endturn|stop)$/.test(name))
  );
}
