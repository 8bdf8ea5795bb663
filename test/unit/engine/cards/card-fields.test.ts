import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cardDataSchema } from '../../../../src/cast/cards/card-data.ts';
import {
  blankCard,
  CARD_FIELD_NAMES,
  CARD_FIELDS,
  type CardFieldName,
  withField,
} from '../../../../src/engine/cards/card-fields.ts';
import {
  examplesFrom,
  exampleText,
  joinedEntries,
  splitEntries,
} from '../../../../src/engine/cards/card-lines.ts';

const blank = blankCard('Ada');
const read = (card: typeof blank, name: CardFieldName) => CARD_FIELDS[name].read(card);

test('a card of nothing but a name is a card', () => {
  expect(cardDataSchema.parse(blank)).toEqual(blank);
});

test.each(CARD_FIELD_NAMES.filter((name) => name !== 'age' && name !== 'talkativeness'))(
  'what is written in %s reads so, and is a card',
  (name) => {
    const card = withField(blank, name, '  Some words  ');
    expect(read(card, name)).toBe('Some words');
    expect(cardDataSchema.parse(card)).toEqual(card);
    // Nothing else of the card is touched, and it can be emptied again.
    expect(withField(card, name, name === 'name' ? 'Ada' : '')).toEqual(
      name === 'notes' ? { ...blank, creator_notes: '' } : name === 'relations' ? withRelations('') : blank,
    );
  },
);

function withRelations(relations: string) {
  return { ...blank, extensions: { dramatis: { ...blank.extensions.dramatis, relations } } };
}

describe('what was not changed', () => {
  const card = {
    ...blank,
    description: 'Two\r\nlines \n',
    alternate_greetings: ['', 'Second'],
    extensions: {
      talkativeness: '0.35',
      dramatis: {
        ...blank.extensions.dramatis,
        greetings: ['<role_action>nods</role_action>One.', 'Two.'],
        examples: [{ to: 'Why?', turn: 'Because.', mood: 'dry' }, 'Alone.'],
      },
    },
  };

  test.each(CARD_FIELD_NAMES)('%s stays as it is, to the letter', (name) => {
    expect(withField(card, name, (read(card, name) ?? '').trim())).toBe(card);
  });

  test('keeps its own beside an entry that was', () => {
    const text = read(card, 'examples') ?? '';
    const changed = withField(card, 'examples', text.replace('Alone.', 'Together.'));
    expect(changed.extensions.dramatis.examples).toEqual([
      { to: 'Why?', turn: 'Because.', mood: 'dry' },
      'Together.',
    ]);
  });
});

test('greetings are what people wrote, also where other tools were given prose', () => {
  const own = { ...blank.extensions.dramatis, greetings: ['<role_action>nods</role_action>One.', 'Two.'] };
  const card = {
    ...blank,
    first_mes: '*nods* One.',
    alternate_greetings: ['Two.'],
    extensions: { dramatis: own },
  };
  const changed = withField(card, 'greetings', 'Two.\n---\nThree.');
  expect(changed.first_mes).toBe('<role_action>nods</role_action>One.');
  expect(changed.alternate_greetings).toEqual(['Two.', 'Three.']);
  expect(changed.extensions.dramatis.greetings).toBeUndefined();
});

test.each([
  ['37', { age: 37 }],
  ['adult', { adult: true }],
  ['', {}],
])('an age of “%s” is %j', (text, expected) => {
  const { age, adult } = withField(withField(blank, 'age', '12'), 'age', text).extensions.dramatis;
  expect({ age, adult }).toEqual({ age: undefined, adult: undefined, ...expected });
});

test.each([
  ['age', 'old'],
  ['age', '-3'],
  ['talkativeness', '2'],
  ['talkativeness', 'a lot'],
] as const)('%s “%s” is refused', (name, text) => {
  expect(() => withField(blank, name, text)).toThrow(/number/u);
});

describe('lists in one text', () => {
  const entry = fc
    .string({ unit: fc.constantFrom('a', ' ', '\n', '-', '>', '*') })
    .map((text) => text.trim())
    .filter((text) => text !== '');

  test('come back as they were, or are not offered at all', () => {
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const text = joinedEntries(entries);
        if (text !== undefined) expect(splitEntries(text)).toEqual(entries);
      }),
    );
  });

  test('so do example lines with what is said before them', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ to: entry, turn: entry })), (examples) => {
        const texts = examples.map(exampleText);
        const text = texts.every((one) => one !== undefined) ? joinedEntries(texts) : undefined;
        if (text !== undefined) expect(examplesFrom(text, [])).toEqual(examples);
      }),
    );
  });
});
