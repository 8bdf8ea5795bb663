import type { CardData, CardExample } from './card-data.ts';
import { herToProse } from './card-prose.ts';
import { writeYaml } from './write-yaml.ts';

export type CardFormat = 'yaml' | 'v3' | 'v2';

const SPECS = {
  v2: { spec: 'chara_card_v2', spec_version: '2.0' },
  v3: { spec: 'chara_card_v3', spec_version: '3.0' },
};

// Both specs want these to be there.
const REQUIRED = {
  creator: '',
  character_version: '',
  creator_notes: '',
  system_prompt: '',
  post_history_instructions: '',
  group_only_greetings: [],
};

/**
 * A card as text in another format, with every field we do not know kept. For other tools the
 * lines in HER format become prose (`*action* speech`) in the fields that those tools read; the
 * originals, thoughts included, stay under `extensions.dramatis`, so the way back loses nothing.
 */
export function writeCard(card: CardData, format: CardFormat): string {
  if (format === 'yaml') return writeYaml(forPeople(card));
  return `${JSON.stringify({ ...SPECS[format], data: forOtherTools(card) }, null, 2)}\n`;
}

function forOtherTools(card: CardData): Record<string, unknown> {
  const own = card.extensions.dramatis;
  const greetings = own.greetings ?? [card.first_mes, ...card.alternate_greetings];
  const [first, ...others] = greetings.map(herToProse);
  return {
    ...REQUIRED,
    ...card,
    first_mes: first,
    alternate_greetings: others,
    mes_example: own.examples.length > 0 ? dialogueOf(own.examples) : card.mes_example,
    extensions: { ...card.extensions, dramatis: { ...own, greetings } },
  };
}

function dialogueOf(examples: readonly CardExample[]): string {
  return examples
    .map((example) => (typeof example === 'string' ? { to: '', turn: example } : example))
    .map(({ to, turn }) => {
      const cue = to ? `{{user}}: ${to}\n` : '';
      return `<START>\n${cue}{{char}}: ${herToProse(turn)}`;
    })
    .join('\n');
}

// In the order in which one reads about a person; what is not named here comes last, as it came.
const CARD_ORDER = [
  ...['name', 'nickname', 'tags', 'creator', 'character_version', 'description', 'personality', 'scenario'],
  ...['first_mes', 'alternate_greetings', 'mes_example', 'character_book', 'extensions'],
];
const OWN_ORDER = [
  ...['aliases', 'age', 'adult', 'age_restricted', 'public_sheet', 'motivation', 'background', 'manner'],
  ...['examples', 'declines'],
];

/** Each line once, in HER format, and nothing that is empty. */
function forPeople(card: CardData): Record<string, unknown> {
  const { greetings, ...own } = card.extensions.dramatis;
  const [first = card.first_mes, ...others] = greetings ?? [card.first_mes, ...card.alternate_greetings];
  const whole = {
    ...card,
    first_mes: first,
    alternate_greetings: others,
    mes_example: own.examples.length > 0 ? '' : card.mes_example,
    extensions: ordered({ ...card.extensions, dramatis: ordered(withoutEmpty(own), OWN_ORDER) }, [
      'talkativeness',
    ]),
  };
  return ordered(withoutEmpty(whole), CARD_ORDER);
}

function withoutEmpty(fields: Record<string, unknown>): Record<string, unknown> {
  const isEmpty = (value: unknown) => value === '' || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)));
}

function ordered(fields: Record<string, unknown>, order: readonly string[]): Record<string, unknown> {
  const named = order.filter((key) => key in fields).map((key) => [key, fields[key]]);
  return { ...Object.fromEntries(named), ...fields };
}
