import { tidy } from '../../../format/tidy.ts';
import { hasDiscordMarks } from '../checks/discord-marks.ts';
import { type Conversation, SHEET_FIELDS, type SheetCharacter } from '../record/conversation.ts';
import type { Reject } from '../step.ts';

const WORDS = ['chapter', 'topic', 'summary', 'passage', 'scenario'] as const;

/** Whether Discord left its marks in what is told around the turns: then nothing of the conversation may train. */
export function isSettingOfDiscord(record: Conversation): boolean {
  const { turns: _turns, ...setting } = record;
  return textsIn(setting).some(hasDiscordMarks);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

export type SoundSetting = {
  readonly record: Conversation;
  readonly rejects: readonly Reject[];
  readonly mended: number;
};

/**
 * What is told around the turns, without control characters and halves of signs. A completed part that does not
 * begin with what was written (her-spec 6.4) is given up for that.
 */
export function soundSetting(record: Conversation): SoundSetting {
  const rejects: Reject[] = [];
  const words = mendedWords(record, WORDS);
  const scenario = record.completed?.scenario;
  const isLost = scenario !== undefined && !scenario.text.startsWith(record.scenario);
  if (isLost) rejects.push({ why: 'setting-not-kept', detail: 'scenario' });
  const { completed, ...rest } = { ...record, ...words };
  const characters = record.characters.map((one) => soundSheet(one, rejects));
  const mended = characters.filter((one, at) => one !== record.characters[at]).length;
  if (Object.keys(words).length === 0 && mended === 0 && !isLost) return { record, rejects, mended };
  return {
    record: { ...rest, characters, ...(completed && !isLost ? { completed: mendedDeep(completed) } : {}) },
    rejects,
    mended: mended + Object.keys(words).length,
  };
}

function soundSheet(character: SheetCharacter, rejects: Reject[]): SheetCharacter {
  const words = mendedWords(character, SHEET_FIELDS);
  const lost = SHEET_FIELDS.filter((field) => {
    const whole = character.completed?.[field];
    return whole !== undefined && !whole.text.startsWith(character[field]);
  });
  for (const field of lost)
    rejects.push({ why: 'setting-not-kept', character: character.name, detail: field });
  if (Object.keys(words).length === 0 && lost.length === 0) return character;
  const { completed = {}, ...rest } = { ...character, ...words };
  const kept = Object.entries(completed).filter(([field]) => !lost.some((one) => one === field));
  return { ...rest, ...(kept.length > 0 ? { completed: mendedDeep(Object.fromEntries(kept)) } : {}) };
}

/** Those that had to be mended. */
function mendedWords<K extends string>(
  texts: Readonly<Record<K, string>>,
  keys: readonly K[],
): Partial<Record<K, string>> {
  const entries = keys.flatMap((key): [string, string][] => {
    const text = mended(texts[key]);
    return text === texts[key] ? [] : [[key, text]];
  });
  return Object.fromEntries(entries) as Partial<Record<K, string>>;
}

/** Its form is what it was: only texts within it change. */
function mendedDeep<T>(value: T): T {
  const deep = (one: unknown): unknown => {
    if (typeof one === 'string') return mended(one);
    if (Array.isArray(one)) return one.map(deep);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, deep(inner)]));
  };
  return deep(value) as T;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/u;

/** Blanks and lines of prose stay as they are; only what no other program takes is mended. */
function mended(text: string): string {
  return text.isWellFormed() && !CONTROL.test(text) ? text : tidy(text);
}
