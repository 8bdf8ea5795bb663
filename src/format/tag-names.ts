import { fold } from './fold.ts';

/**
 * What a tag's name says about its content.
 *
 * `musing` is the word a reasoning model uses for its plan and a character for its thought: plan
 * before the first role tag, thought after it. `token` is punctuation of chat templates. `unknown`
 * names hide what they enclose: what cannot be decided as visible is hidden.
 */
export type TagKind = 'plan' | 'musing' | 'thought' | 'action' | 'speech' | 'token' | 'unknown';

export type TagName = {
  /** The spelling that all variants share: folded, no separators. */
  readonly name: string;
  readonly kind: TagKind;
  readonly close: boolean;
  /** `<name/>`: a closer where the name is open, else an opener. */
  readonly selfClosing: boolean;
};

const NAMES: Readonly<Record<Exclude<TagKind, 'unknown'>, string>> = {
  plan: `systemthinking systemthink systemthought systemthoughts systhinking systhink systemreasoning
    systemplan systemplanning systemanalysis st think thinker reasoning reason analysis reflection reflect
    planning plan strategy scratchpad cot chainofthought 思考 思考过程 系统思考 分析`,
  musing: 'thinking thought thoughts musing musings',
  thought: `rolethinking rolethink rolethought rolethoughts longrolethinking rolemind rt innerthought
    innerthoughts innerthinking innermonologue innervoice internalthought internalthoughts
    internalmonologue characterthinking characterthought characterthoughts monologue 内心 内心独白 内心想法
    心理 心理活动 心理描写 想法 心声 心の声 独白 角色思考 속마음 생각 мысли pensamientos pensamiento pensées
    gedanken`,
  action:
    'roleaction roleactions roleact action actions act ra 动作 行动 行為 행동 действие действия acción acciones',
  speech: `rolespeech speech dialogue dialog roledialogue roledialog rolespeak rolespeaking roleresponse
    rolereply roleplay roleplayresponse characterresponse say says response reply answer finalanswer
    finalresponse output utterance rs 对话 台词 语言 说话 回复 回应 セリフ 대사 речь`,
  token: `s eos bos unk pad endofturn startofturn endoftext inst sys end endchat endofconversation
    imstart imend eotid eomid systemprompt endturn endofmessage endofresponse eot stop`,
};

const SEPARATORS = /[\s_\-.·'’▁]+/g;

const KIND_BY_NAME: ReadonlyMap<string, TagKind> = new Map(
  Object.entries(NAMES).flatMap(([kind, names]) =>
    names.split(/\s+/).map((name): [string, TagKind] => [tagNameOf(name), kind as TagKind]),
  ),
);

/** The four names of the format itself; misspellings of them are recognised too. */
const CANONICAL: readonly [string, TagKind, number][] = [
  ['systemthinking', 'plan', 2],
  ['rolethinking', 'thought', 2],
  ['roleaction', 'action', 1],
  ['rolespeech', 'speech', 1],
];

/** A name as all its variants share it: `Role-Thinking`, `roleThinking`, `ROLE_THINKING` are one. */
export function tagNameOf(text: string): string {
  return fold(text).replace(SEPARATORS, '');
}

/** The kind of a name from `tagNameOf`. Names that only resemble the hidden kinds count as hidden. */
export function kindOfName(name: string): TagKind {
  const known = KIND_BY_NAME.get(name);
  if (known) return known;
  for (const [canonical, kind, slips] of CANONICAL) {
    if (Math.abs(name.length - canonical.length) <= slips && slipsBetween(name, canonical) <= slips)
      return kind;
  }
  if (name.startsWith('sys')) return 'plan';
  if (name.startsWith('role')) return 'thought';
  if (/think|thought|monolog|musing/.test(name)) return 'musing';
  if (/reason|analys|reflect|planning|scratch|internal|inner/.test(name)) return 'plan';
  return 'unknown';
}

/** The kind of a name that is known letter by letter. */
export function kindOfKnownName(name: string): TagKind | undefined {
  return KIND_BY_NAME.get(name);
}

/** Whether the name belongs to the format in any spelling: what `[…]` and `(…)` must hold to be tags. */
export function isOwnName(name: string): boolean {
  const kind = KIND_BY_NAME.get(name) ?? kindOfName(name);
  return kind !== 'unknown' && kind !== 'token';
}

/** Whether a tag that is cut off after these letters may have been one of ours. */
export function isPrefixOfTagName(start: string): boolean {
  for (const name of KIND_BY_NAME.keys()) if (name.startsWith(start)) return true;
  return false;
}

/** Letters to insert, drop, change or swap to get from one word to the other. */
function slipsBetween(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let slips = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) slips = Math.min(slips, (before[j - 2] ?? 0) + 1);
      next.push(slips);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

const CANONICAL_TAGS: ReadonlyMap<string, TagName> = new Map(
  ['system_thinking', 'role_thinking', 'role_action', 'think'].flatMap((text): [string, TagName][] => {
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
  const canonical = CANONICAL_TAGS.get(body);
  if (canonical) return canonical;
  const marks = /^([\s/\\|]*)([\s\S]*?)([\s/\\|]*)$/.exec(fold(body));
  if (!marks) return undefined;
  const [, before = '', inner = '', after = ''] = marks;
  const close = /[/\\]/.test(before);
  const selfClosing = !close && after.includes('/');
  if (!/^[\p{L}_]/u.test(inner)) return undefined;
  // Bars on one side or both are how chat templates mark their tokens.
  const barred = before.includes('|') || after.includes('|');
  const name = nameWithin(inner);
  if (name === undefined)
    return barred ? { name: 'token', kind: 'token', close, selfClosing: false } : undefined;
  if (PLAIN_MARKUP.has(name)) return undefined;
  const known = KIND_BY_NAME.get(name) ?? 'unknown';
  if (known === 'unknown') {
    const affixed = readAffix(name);
    if (affixed) return affixed;
  }
  const kind = kindOfName(name);
  return { name, kind: barred && kind === 'unknown' ? 'token' : kind, close, selfClosing };
}

/** Markup for looks only: it hides nothing, `bare-text.ts` takes it off. */
const PLAIN_MARKUP: ReadonlySet<string> = new Set('b i em strong u br p q hr'.split(' '));

const AFFIX = /^(?:(end|close|stop)|start|begin|open)(?:of)?(.+)$|^(.+?)(?:(end|close)|start|begin|open)$/;

/** `end_role_thinking`, `START_THINKING`: the affix says whether it opens or closes. */
function readAffix(name: string): TagName | undefined {
  const parts = AFFIX.exec(name);
  const stem = parts?.[2] ?? parts?.[3];
  if (!parts || stem === undefined) return undefined;
  const kind = KIND_BY_NAME.get(stem);
  if (!kind || kind === 'token') return undefined;
  return { name: stem, kind, close: (parts[1] ?? parts[4]) !== undefined, selfClosing: false };
}

const MAX_NAME = 40;
const ATTRIBUTES = /\s[^\s=]*\s*=[\s\S]*$/;

/** The name part of a tag's body, or undefined where the body is free text. */
function nameWithin(inner: string): string | undefined {
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
  if (joined.length <= MAX_NAME && KIND_BY_NAME.has(joined)) return joined;
  const first = tagNameOf(words[0] ?? '');
  const ofTheFormat = /^(?:long)?(?:role|system)(?:think|thought|action|speech)/.test(first);
  if (words.length > 1)
    return ofTheFormat || (words.length === 2 && KIND_BY_NAME.has(first)) ? first : ownPhrase(words, joined);
  if (first.length > MAX_NAME) return undefined;
  return /^[\p{L}\p{N}]+$/u.test(first) || hadAttributes ? first : undefined;
}

/** `<Role Thinkng>`, `<her inner thoughts>`: short phrases that name a layer. */
function ownPhrase(words: readonly string[], joined: string): string | undefined {
  if (words.length > 3 || joined.length > 24) return undefined;
  return /(?:thoughts?|thinking|monologue)$/.test(joined) ||
    CANONICAL.some(([name]) => slipsBetween(name, joined) <= 2)
    ? joined
    : undefined;
}
