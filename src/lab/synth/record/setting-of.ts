import type { Conversation, SheetCharacter, SheetField } from './conversation.ts';

/** A part of a sheet as it counts: completed, where a step completed it. */
export function fieldOf(character: SheetCharacter, field: SheetField): string {
  return character.completed?.[field]?.text ?? character[field];
}

/** The scenario as it counts. */
export function scenarioOf({ completed, scenario }: Pick<Conversation, 'completed' | 'scenario'>): string {
  return completed?.scenario?.text ?? scenario;
}

/** All of a sheet that others may be told: what a character has in mind is in no such sheet (her-spec 2.3 V5). */
export function publicSheetOf(character: SheetCharacter): string {
  return [fieldOf(character, 'description'), fieldOf(character, 'profile')].filter(Boolean).join('\n\n');
}

/** The sheet of someone; undefined where the record has none. */
export function characterOf(
  { characters }: Pick<Conversation, 'characters'>,
  name: string,
): SheetCharacter | undefined {
  return characters.find((one) => one.name === name);
}
