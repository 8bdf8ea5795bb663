import { fold } from './fold.ts';

/**
 * What a tag's name says about its content.
 *
 * `musing` is the word a reasoning model uses for its plan and a character for its thought: plan
 * before the first role tag, thought after it. `token` is punctuation of chat templates. `unknown`
 * names hide what they enclose: what cannot be decided as visible is hidden.
 */
export type TagKind = 'plan' | 'musing' | 'thought' | 'action' | 'speech' | 'token' | 'unknown';

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

/** The four names of the format itself, with the slips that a misspelling of them may have. */
export const CANONICAL_NAMES: readonly [string, TagKind, number][] = [
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
  for (const [canonical, kind, slips] of CANONICAL_NAMES) {
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
export function slipsBetween(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let slips = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) slips = Math.min(slips, (before[j - 2] ?? 0) + 1);
      next.push(slips);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/**
 * Whether letters beside a stray bracket look like what is left of a hidden layer's tag: close enough
 * to be suspected, too far off to be read.
 */
export function resemblesHiddenTag(text: string): boolean {
  const letters = fold(text).replace(/\P{L}/gu, '');
  if (/think|thought/.test(letters)) return true;
  if (letters.length < 8 || letters.length > 20) return false;
  return CANONICAL_NAMES.some(([name, , slips]) => slips === 2 && slipsBetween(name, letters) <= 4);
}
