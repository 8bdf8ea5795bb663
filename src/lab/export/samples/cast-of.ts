import { blankCharacter } from '../../../cast/blank-character.ts';
import type { Character } from '../../../cast/character.ts';
import { createNames } from '../../../format/labels.ts';
import { filledText, harmlessProse } from '../../../performer/filled-text.ts';
import { type Actor, characterActorId } from '../../../scene/beat.ts';
import type { Conversation, SheetCharacter } from '../../synth/record/conversation.ts';
import { characterOf, fieldOf, publicSheetOf, scenarioOf } from '../../synth/record/setting-of.ts';
import { speakersOf } from '../../synth/record/views.ts';

/** Somebody of a record, as the engine that plays in Discord knows characters. */
export type RecordPerson = Actor & {
  /** Absent: the record says nothing of who it is. */
  readonly character?: Character;
  /** What anyone in the room could know of it; '' where nothing is known. */
  readonly publicSheet: string;
};

export type RecordCast = { readonly setting: string; readonly people: readonly RecordPerson[] };

/**
 * The cast of a record, with sheets as they count. What a character has in mind and has been through is in
 * its own sheet alone (her-spec 2.3 V5).
 */
export function castOf(conversation: Conversation): RecordCast {
  const names = [
    ...new Set([...conversation.characters.map(({ name }) => name), ...speakersOf(conversation)]),
  ];
  const people = names.map((name, at): RecordPerson => {
    const card = String(at + 1);
    const known = characterOf(conversation, name);
    const actor = { id: characterActorId(card), name };
    if (!known) return { ...actor, publicSheet: '' };
    const others = names.filter((other) => other !== name);
    return {
      ...actor,
      character: characterFrom(card, known),
      publicSheet: filledText(publicSheetOf(known), { char: name, user: '' }, createNames(undefined, others)),
    };
  });
  return { setting: harmlessProse(scenarioOf(conversation)), people };
}

/** Its parts in the order of the published training prompts (her-spec 3.2). */
function characterFrom(id: string, sheet: SheetCharacter): Character {
  const profile = (['description', 'profile', 'experience'] as const).map((field) => fieldOf(sheet, field));
  return {
    ...blankCharacter(id, sheet.name),
    // Without a word of its own no prompt would say whose part it is.
    description: profile.filter(Boolean).join('\n\n') || `${sheet.name} has a part in this scene.`,
    background: fieldOf(sheet, 'background'),
    motivation: fieldOf(sheet, 'motivation'),
    publicSheet: publicSheetOf(sheet),
  };
}
