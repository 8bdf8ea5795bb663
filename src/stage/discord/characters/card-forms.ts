import {
  type APIComponentInLabel,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js';
import type { CardData } from '../../../cast/cards/card-data.ts';
import {
  CARD_FIELDS,
  type CardField,
  type CardFieldName,
  withField,
} from '../../../engine/cards/card-fields.ts';
import { PlayerError } from '../../../errors.ts';
import type { Locale } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { type Message, say, type Text } from '../../../words/text.ts';
import { LONGEST_FORM_TEXT, short } from '../interactions/forms.ts';

/** Forms of texts, each of at most five fields. */
export const CARD_FORMS = {
  basics: {
    title: say('Who they are'),
    fields: ['name', 'looks', 'description', 'personality', 'greeting'],
  },
  mind: {
    title: say('What only they know'),
    fields: ['motivation', 'background', 'manner', 'relations', 'declines'],
  },
  lines: { title: say('How they talk'), fields: ['greeting', 'greetings', 'examples', 'scenario'] },
  facts: { title: say('Facts'), fields: ['nickname', 'aliases', 'tags', 'age', 'talkativeness'] },
} as const satisfies Record<string, { title: Message; fields: readonly CardFieldName[] }>;

export type CardForm = keyof typeof CARD_FORMS;

export function isCardForm(what: string): what is CardForm {
  return Object.hasOwn(CARD_FORMS, what);
}

const LONGEST_ABOUT = 100;
const LONGEST_NAME = 80;
const LONGEST_LINE = 1000;
const LONGEST_CHOICE = 100;

const TALKATIVENESS = [
  { value: '0.2', label: say('Seldom') },
  { value: '0.5', label: say('Now and then') },
  { value: '0.8', label: say('Often') },
  { value: '1', label: say('Whenever they can') },
] as const;

/** What stands in a field, where a form can hold it. */
export function formValue(card: CardData, name: CardFieldName): string | undefined {
  // A file may hold halves of letters, and Discord takes none.
  const value = CARD_FIELDS[name].read(card)?.toWellFormed();
  return value !== undefined && value.length <= LONGEST_FORM_TEXT ? value : undefined;
}

/** Fields that no form can hold as they stand: a file is the way to change them. */
export function unfitFields(card: CardData): readonly CardFieldName[] {
  const names = Object.values(CARD_FORMS).flatMap(({ fields }): readonly CardFieldName[] => fields);
  return [...new Set(names)].filter((name) => formValue(card, name) === undefined);
}

/**
 * A form with what stands in the card.
 * @throws PlayerError where it can hold none of it
 */
export function cardForm(
  id: string,
  form: CardForm,
  card: CardData,
  locale: Locale,
): APIModalInteractionResponseCallbackData {
  const { title, fields } = CARD_FORMS[form];
  const components = fields.flatMap((name: CardFieldName): readonly APILabelComponent[] => {
    const value = formValue(card, name);
    if (value === undefined) return [];
    const { label, about } = CARD_FIELDS[name];
    const component = name === 'talkativeness' ? talkMenu(value, locale) : textInput(name, value);
    return [labelled(label, about, component, locale)];
  });
  if (components.length > 0) return { custom_id: id, title: short(render(title, locale)), components };
  throw new PlayerError(
    'Too long for a form, all of it: change it in a file, with /character export and import.',
  );
}

export function labelled(
  label: Text,
  about: Text,
  component: APIComponentInLabel,
  locale: Locale,
): APILabelComponent {
  return {
    type: ComponentType.Label,
    label: short(render(label, locale)),
    description: render(about, locale).slice(0, LONGEST_ABOUT),
    component,
  };
}

export function textInput(name: CardFieldName, value: string): APIComponentInLabel {
  const field: CardField = CARD_FIELDS[name];
  return {
    type: ComponentType.TextInput,
    custom_id: name,
    style: field.short ? TextInputStyle.Short : TextInputStyle.Paragraph,
    max_length: Math.max(mostIn(name, field), value.length),
    required: name === 'name',
    ...(value === '' ? {} : { value }),
  };
}

function mostIn(name: CardFieldName, { short = false }: CardField): number {
  if (name === 'name') return LONGEST_NAME;
  return short ? LONGEST_LINE : LONGEST_FORM_TEXT;
}

/** What it is set to can be chosen again, also where it is none of ours. */
function talkMenu(value: string, locale: Locale): APIComponentInLabel {
  const own = TALKATIVENESS.map((one) => ({ value: one.value as string, label: render(one.label, locale) }));
  const isOwn = own.some((one) => one.value === value);
  const isOffered = isOwn || value.trim() === '' || value.length > LONGEST_CHOICE;
  const options = isOffered ? own : [{ value, label: value }, ...own];
  return {
    type: ComponentType.StringSelect,
    custom_id: 'talkativeness',
    required: false,
    min_values: 0,
    max_values: 1,
    options: options.map((one) => ({ ...one, default: one.value === value })),
  };
}

/**
 * The card with all that was written in a form, and what of it could not be taken. A field that the form
 * was sent without stays as it is.
 */
export function readCardForm(
  { fields }: Pick<ModalSubmitInteraction<'cached'>, 'fields'>,
  form: CardForm | 'notes',
  card: CardData,
): { readonly card: CardData; readonly problems: readonly Text[] } {
  const names: readonly CardFieldName[] = form === 'notes' ? ['notes'] : CARD_FORMS[form].fields;
  let written = card;
  const problems: Text[] = [];
  for (const name of names) {
    const text = writtenIn(fields, name);
    if (text === undefined) continue;
    try {
      written = withField(written, name, text);
    } catch (error) {
      if (!(error instanceof PlayerError)) throw error;
      problems.push(error.said);
    }
  }
  return { card: written, problems };
}

/** @throws PlayerError where what came back is no such form, or holds more than it takes */
function writtenIn(fields: ModalSubmitInteraction<'cached'>['fields'], name: string): string | undefined {
  const field = fields.fields.get(name);
  if (!field) return undefined;
  if (field.type === ComponentType.StringSelect) return field.values[0] ?? '';
  if (field.type !== ComponentType.TextInput) throw new PlayerError('This form no longer does anything.');
  if (field.value.length > LONGEST_FORM_TEXT) throw new PlayerError('That is too long for this form.');
  return field.value;
}
