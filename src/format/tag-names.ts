import { fold } from './fold.ts';
import {
  CANONICAL_NAMES,
  kindOfKnownName,
  kindOfName,
  slipsBetween,
  type TagKind,
  tagNameOf,
} from './layer-names.ts';

export type TagName = {
  /** The spelling that all variants share: folded, no separators. */
  readonly name: string;
  readonly kind: TagKind;
  readonly close: boolean;
  /** `<name/>`: a closer where the name is open, else an opener. */
  readonly selfClosing: boolean;
};

const CANONICAL_TAGS: ReadonlyMap<string, TagName> = new Map(
  ['system_thinking', 'role_thinking', 'role_action'].flatMap((text): [string, TagName][] => {
    const name = tagNameOf(text);
    const tag = { name, kind: kindOfName(name), selfClosing: false };
    return [
      [text, { ...tag, close: false }],
      [`/${text}`, { ...tag, close: true }],
    ];
  }),
);

/**
 * Reads what stands between the angle brackets of a tag, in any of the spellings models use:
 * other case, separators, attributes, spaces, stray slashes, bars and backslashes, namespaces,
 * `end_…`. Undefined where it is no tag but text that happens to stand in brackets.
 */
export function readTagName(body: string): TagName | undefined {
  const marks = /^([\s/\\|]*)([\s\S]*?)([\s/\\|]*)$/.exec(fold(body));
  if (!marks) return undefined;
  const [, before = '', inner = '', after = ''] = marks;
  const close = /[/\\]/.test(before);
  const selfClosing = !close && after.includes('/');
  // Bars on one side or both are how chat templates mark their tokens.
  const barred = before.includes('|') || after.includes('|');
  const name = nameWithin(inner) ?? garbledName(inner);
  if (name === undefined)
    return barred ? { name: 'token', kind: 'token', close, selfClosing: false } : undefined;
  if (PLAIN_MARKUP.has(name)) return undefined;
  const affixed = readAffix(name);
  if (affixed) return affixed;
  const kind = kindOfName(name);
  return { name, kind: barred && kind === 'unknown' ? 'token' : kind, close, selfClosing };
}

/** Markup for looks only: it hides nothing, `bare-text.ts` takes it off. */
const PLAIN_MARKUP: ReadonlySet<string> = new Set('b i em strong u br p q hr'.split(' '));

/** The names exactly as the format spells them, without a closer look. */
export function readCanonicalName(body: string): TagName | undefined {
  return CANONICAL_TAGS.get(body);
}

const AFFIX = /^(?:(end|close|stop)|start|begin|open)(?:of)?(.+)$|^(.+?)(?:(end|close)|start|begin|open)$/;

/** `end_role_thinking`, `START_THINKING`: the affix says whether it opens or closes. */
function readAffix(name: string): TagName | undefined {
  const parts = AFFIX.exec(name);
  const stem = parts?.[2] ?? parts?.[3];
  if (stem === undefined) return undefined;
  const kind = kindOfKnownName(stem);
  if (!kind || kind === 'token') return undefined;
  return { name: stem, kind, close: (parts?.[1] ?? parts?.[4]) !== undefined, selfClosing: false };
}

const MAX_NAME = 40;
const ATTRIBUTES = /\s[^\s=]*\s*=[\s\S]*/;

/** The name part of a tag's body, or undefined where the body is free text. */
function nameWithin(inner: string): string | undefined {
  if (!/^[\p{L}_]/u.test(inner)) return undefined;
  const bare = inner.replace(ATTRIBUTES, '').trim();
  const hadAttributes = bare.length < inner.length;
  if (bare.includes('=')) return undefined;
  const colon = bare.lastIndexOf(':');
  if (colon >= 0) {
    const local = bare.slice(colon + 1);
    // `<seed:think>` is a namespace, `<thought: I fear him>` and `<https://…>` are text.
    return /^[\p{L}\p{N}_-]{1,40}$/u.test(local) ? tagNameOf(local) : undefined;
  }
  const words = bare.split(/\s+/);
  const joined = tagNameOf(bare);
  if (kindOfKnownName(joined) !== undefined) return joined;
  const first = tagNameOf(words[0] ?? '');
  const ofTheFormat = /^(?:long)?(?:role|system)(?:think|thought|action|speech)/.test(first);
  if (words.length > 1)
    return ofTheFormat || (words.length === 2 && kindOfKnownName(first) !== undefined)
      ? first
      : ownPhrase(words, joined);
  if (first.length > MAX_NAME) return undefined;
  return /^[\p{L}\p{N}]+$/u.test(first) || hadAttributes ? first : undefined;
}

/** `<*role_thinking*>`, `<role_t#inking>`: a name of the hidden layers among other signs. */
function garbledName(inner: string): string | undefined {
  if (inner.length > MAX_NAME || inner.includes(' ')) return undefined;
  const letters = inner.replace(/\P{L}/gu, '');
  const kind = kindOfKnownName(letters);
  if (kind && kind !== 'token' && letters.length > 3) return letters;
  return CANONICAL_NAMES.find(([name, , slips]) => slips === 2 && slipsBetween(name, letters) <= 3)?.[0];
}

/** `<Role Thinkng>`, `<her inner thoughts>`: short phrases that name a layer. */
function ownPhrase(words: readonly string[], joined: string): string | undefined {
  if (words.length > 3 || joined.length > 24) return undefined;
  return /(?:thoughts?|thinking|monologue)$/.test(joined) ||
    CANONICAL_NAMES.some(([name]) => slipsBetween(name, joined) <= 2)
    ? joined
    : undefined;
}
