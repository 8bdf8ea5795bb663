import {
  type Completed,
  type Conversation,
  SHEET_FIELDS,
  type SheetCharacter,
  type SheetField,
} from '../record/conversation.ts';
import { characterOf, fieldOf, scenarioOf } from '../record/setting-of.ts';
import type { Added, Done } from './ask-additions.ts';

/**
 * A record with what was found for it. What was written stays whole, at the head of its part; whoever speaks
 * without a sheet gets one where something was found.
 */
export function withAdditions(record: Conversation, done: readonly Done[]): Conversation {
  const of = (name: string | undefined) => done.find((one) => one.name === name)?.added ?? [];
  const without = done.flatMap(({ name, added }) =>
    name !== undefined && added.length > 0 && !characterOf(record, name) ? [sheetOf(name)] : [],
  );
  const scenario = appended(scenarioOf(record), record.completed?.scenario, of(undefined));
  return {
    ...record,
    characters: [...record.characters, ...without].map((one) => completedSheet(one, of(one.name))),
    ...(scenario ? { completed: { scenario } } : {}),
  };
}

function sheetOf(name: string): SheetCharacter {
  return { name, profile: '', background: '', motivation: '', description: '', experience: '' };
}

function completedSheet(character: SheetCharacter, additions: readonly Added[]): SheetCharacter {
  const fields = SHEET_FIELDS.flatMap((field): [SheetField, Completed][] => {
    const whole = appended(
      fieldOf(character, field),
      character.completed?.[field],
      additions.filter((one) => one.field === field),
    );
    return whole ? [[field, whole]] : [];
  });
  if (fields.length === 0) return character;
  return { ...character, completed: { ...character.completed, ...Object.fromEntries(fields) } };
}

/** @param known what was added to it before */
function appended(
  before: string,
  known: Completed | undefined,
  additions: readonly Added[],
): Completed | undefined {
  if (additions.length === 0) return undefined;
  const more = additions.map((one) => one.text).join(' ');
  return {
    text: before.trim() === '' ? more : `${before}\n${more}`,
    added: [...(known?.added ?? []), ...additions.map(({ text, quote }) => ({ text, quote }))],
  };
}
