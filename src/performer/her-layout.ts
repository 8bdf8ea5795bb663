import type { Planning } from '../model/model-settings.ts';
import type { PrivateSheet, PromptHead } from './actor-sheet.ts';
import { filledText, harmlessProse } from './filled-text.ts';
import { MARKS, type TurnForm, WHOLE_FORM } from './turn-form.ts';

/**
 * The layout on which the released HER weights were trained: section headers and their order are
 * facts of that format (her-spec 3.1, 3.2); the sentences are ours.
 */
export const HER_START = '===Conversation Start===';

/** The system prompt of one character; sections without text are left out. */
export function herSystemPrompt(
  head: PromptHead,
  { character, macros, secret, arrival, earlier = '', lore = [] }: PrivateSheet,
  planning: Planning,
  form: TurnForm = WHOLE_FORM,
): string {
  const fill = (text: string) => filledText(text, macros);
  const profile = [character.description, character.personality, character.manner].map(fill).filter(Boolean);
  const others = head.people.filter((person) => person.name !== character.name && person.publicSheet);
  const relations = fill(character.relations);
  const sections = [
    section(`===${character.name}'s Profile===`, profile.join('\n')),
    section(
      '===Background===',
      [
        fill(character.background),
        relations && `Whom ${character.name} knows:\n${relations}`,
        ...lore.map(harmlessProse),
        earlier && `What ${character.name} remembers of earlier evenings:\n${earlier}`,
      ]
        .filter(Boolean)
        .join('\n'),
    ),
    section('===Current Scenario===', [head.setting, arrival].filter(Boolean).join('\n')),
    section(
      '===Information about the other Characters===',
      others.map((person) => `${person.name}: ${person.publicSheet}`).join('\n\n'),
    ),
    section(
      '===Your Inner Thoughts===',
      [fill(character.motivation), fill(secret)].filter(Boolean).join('\n'),
    ),
    section('===Requirements===', herRequirements(character.name, planning, form)),
  ];
  return [`You are ${character.name}.`, ...sections.filter(Boolean)].join('\n\n');
}

/** How a turn is written; without planning the two-part structure is left out, as in its training data. */
export function herRequirements(
  name: string,
  planning: Planning,
  { thoughts, dialect }: TurnForm = WHOLE_FORM,
): string {
  const { thought, action } = MARKS[dialect];
  const plan =
    'System thinking: open with one <system_thinking>…</system_thinking> block, third person, planning how the character is to be portrayed in this turn.';
  const mind = thoughts ? `${thought('…')} for unspoken thoughts, ` : '';
  const play = `Role-play response: ${mind}${action('…')} for what can be seen, bare text for speech, as often and in whatever order the turn needs.`;
  return [
    `Play ${name} and nobody else, one turn at a time; never a line of another character.`,
    ...(planning === 'off' ? [play] : [`1. ${plan}`, `2. ${play}`]),
    'Keep it short and end the turn there. All thinking stays invisible to the others.',
  ].join('\n');
}

function section(heading: string, text: string): string {
  return text && `${heading}\n${text}`;
}
