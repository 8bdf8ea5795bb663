import type { CardData } from '../../cast/cards/card-data.ts';
import { PlayerError } from '../../errors.ts';
import { type Message, say } from '../../words/text.ts';
import {
  examplesFrom,
  exampleText,
  greetingsOf,
  joinedEntries,
  splitEntries,
  withGreetings,
} from './card-lines.ts';

/** What of a card a person writes as one text, in a form or behind a command. */
export type CardField = {
  /** At most 45 characters, also in other languages. */
  readonly label: Message;
  /** At most 100. */
  readonly about: Message;
  /** In one line. */
  readonly short?: boolean;
  /** Undefined where no such text holds it unchanged. */
  read(card: CardData): string | undefined;
  /** @throws PlayerError saying what may stand there */
  write(card: CardData, text: string): CardData;
};

type Own = CardData['extensions']['dramatis'];

export const CARD_FIELDS = {
  name: {
    label: say('Name'),
    about: say('As it stands before every line'),
    short: true,
    read: ({ name }) => name,
    write: (card, text) => ({ ...card, name: text.replace(/\s+/gu, ' ') }),
  },
  looks: {
    label: say('Looks and reputation (everyone sees this)'),
    about: say('What anybody in the room could see or know; other characters read this, too'),
    read: ({ extensions }) => extensions.dramatis.public_sheet,
    write: (card, text) => withOwn(card, { public_sheet: text }),
  },
  description: {
    label: say('Description (private)'),
    about: say('Who they are, as only they themselves know it'),
    read: ({ description }) => description,
    write: (card, text) => ({ ...card, description: text }),
  },
  personality: {
    label: say('Personality (private)'),
    about: say('A few words: dry, watchful, quick to forgive'),
    read: ({ personality }) => personality,
    write: (card, text) => ({ ...card, personality: text }),
  },
  greeting: {
    label: say('Greeting'),
    about: say('What they say or *do* when they come on stage'),
    read: (card) => greetingsOf(card)[0] ?? '',
    write: (card, text) => withGreetings(card, [text, ...greetingsOf(card).slice(1)]),
  },
  greetings: {
    label: say('Other greetings'),
    about: say('Each may be swiped to; a line of --- between two'),
    read: (card) => joinedEntries(greetingsOf(card).slice(1)),
    write: (card, text) => withGreetings(card, [greetingsOf(card)[0] ?? '', ...splitEntries(text)]),
  },
  examples: {
    label: say('Example lines'),
    about: say('How they talk, think and act; --- between two; “> …” first: what is said to them'),
    read: ({ extensions }) => {
      const texts = extensions.dramatis.examples.map(exampleText);
      return texts.every((text) => text !== undefined) ? joinedEntries(texts) : undefined;
    },
    write: (card, text) => withOwn(card, { examples: examplesFrom(text, card.extensions.dramatis.examples) }),
  },
  motivation: {
    label: say('Motivation (private)'),
    about: say('What they want, and would not say'),
    read: ({ extensions }) => extensions.dramatis.motivation,
    write: (card, text) => withOwn(card, { motivation: text }),
  },
  background: {
    label: say('Background (private)'),
    about: say('What they have lived through'),
    read: ({ extensions }) => extensions.dramatis.background,
    write: (card, text) => withOwn(card, { background: text }),
  },
  manner: {
    label: say('Manner of speech (private)'),
    about: say('Diction, rhythm, habits'),
    read: ({ extensions }) => extensions.dramatis.manner,
    write: (card, text) => withOwn(card, { manner: text }),
  },
  relations: {
    label: say('Relations (private)'),
    about: say('Whom they know, and how they stand with each other, as they see it'),
    read: ({ extensions }) => extensions.dramatis.relations ?? '',
    write: (card, text) => withOwn(card, { relations: text }),
  },
  declines: {
    label: say('How they evade'),
    about: say('What they say or do about what does not concern them; --- between two'),
    read: ({ extensions }) => joinedEntries(extensions.dramatis.declines),
    write: (card, text) => withOwn(card, { declines: splitEntries(text) }),
  },
  scenario: {
    label: say('Scenario'),
    about: say('Where it takes place, if a scene has no setting of its own'),
    read: ({ scenario }) => scenario,
    write: (card, text) => ({ ...card, scenario: text }),
  },
  nickname: {
    label: say('Nickname'),
    about: say('What the card calls them, where that is not the name'),
    short: true,
    read: ({ nickname = '' }) => nickname,
    write: ({ nickname: _before, ...card }, text) => (text === '' ? card : { ...card, nickname: text }),
  },
  aliases: {
    label: say('Other names'),
    about: say('By which they can be called; a comma between two'),
    short: true,
    read: ({ extensions }) => listed(extensions.dramatis.aliases),
    write: (card, text) => withOwn(card, { aliases: unlisted(text) }),
  },
  tags: {
    label: say('Tags'),
    about: say('For finding them; a comma between two'),
    short: true,
    read: ({ tags }) => listed(tags),
    write: (card, text) => ({ ...card, tags: unlisted(text) }),
  },
  age: {
    label: say('Age'),
    about: say('In years, or “adult”; it is never guessed'),
    short: true,
    read: ({ extensions: { dramatis } }) =>
      dramatis.age === undefined ? (dramatis.adult ? 'adult' : '') : String(dramatis.age),
    write: withAge,
  },
  talkativeness: {
    label: say('How readily they speak unasked'),
    about: say('From 0 (hardly ever) to 1 (whenever they can)'),
    short: true,
    read: ({ extensions }) => {
      const given = extensions['talkativeness'];
      return typeof given === 'number' || typeof given === 'string' ? String(given) : '';
    },
    write: withTalkativeness,
  },
  notes: {
    label: say('Notes for people'),
    about: say('Shown to people who look the character up; no model reads it'),
    read: (card) => {
      const notes = card['creator_notes'];
      return typeof notes === 'string' ? notes : '';
    },
    write: (card, text) => ({ ...card, creator_notes: text }),
  },
} as const satisfies Record<string, CardField>;

export type CardFieldName = keyof typeof CARD_FIELDS;
export const CARD_FIELD_NAMES = Object.keys(CARD_FIELDS) as readonly CardFieldName[];

/** A card of nothing but a name. */
export function blankCard(name: string): CardData {
  return {
    name,
    description: '',
    personality: '',
    scenario: '',
    first_mes: '',
    mes_example: '',
    alternate_greetings: [],
    tags: [],
    extensions: {
      dramatis: {
        aliases: [],
        motivation: '',
        background: '',
        manner: '',
        public_sheet: '',
        examples: [],
        declines: [],
      },
    },
  };
}

/**
 * The card with what was written in one field. What reads as it did before is left as it was, to the letter.
 * @throws PlayerError saying what may stand there
 */
export function withField(card: CardData, name: CardFieldName, written: string): CardData {
  const field: CardField = CARD_FIELDS[name];
  const text = asWritten(written);
  return asWritten(field.read(card) ?? '') === text ? card : field.write(card, text);
}

/** As a form gives it back, whatever it was opened with. */
function asWritten(text: string): string {
  return text.replace(/\r\n?/gu, '\n').trim();
}

function withOwn(card: CardData, change: Partial<Own>): CardData {
  const dramatis = { ...card.extensions.dramatis, ...change };
  return { ...card, extensions: { ...card.extensions, dramatis } };
}

function withAge(card: CardData, text: string): CardData {
  const { age: _age, adult: _adult, ...dramatis } = card.extensions.dramatis;
  const bare = { ...card, extensions: { ...card.extensions, dramatis } };
  if (text === '') return bare;
  if (/^\d{1,7}$/u.test(text)) return withOwn(bare, { age: Number(text) });
  if (/^(adult|grown[ -]?up|erwachsen)$/iu.test(text)) return withOwn(bare, { adult: true });
  throw new PlayerError('Age is a number of years, or “adult”, or nothing.');
}

function withTalkativeness(card: CardData, text: string): CardData {
  const { talkativeness: _before, ...extensions } = card.extensions;
  if (text === '') return { ...card, extensions };
  const value = /^\d*\.?\d+$/u.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 1) {
    return { ...card, extensions: { ...extensions, talkativeness: value } };
  }
  throw new PlayerError('How readily they speak is a number from 0 to 1, such as 0.5.');
}

function listed(words: readonly string[]): string | undefined {
  return words.some((word) => word.includes(',')) ? undefined : words.join(', ');
}

function unlisted(text: string): string[] {
  const words = text.split(/[,\n]/u).map((word) => word.trim());
  return [...new Set(words.filter((word) => word !== ''))];
}
