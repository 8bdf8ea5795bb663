import { describe, expect, test } from 'vitest';
import { knowsTooMuch } from '../../../../../src/judge/continuity/rules/knows-too-much.ts';
import { bareLine, done, knowledgeOf, said } from '../known-to.ts';

const WHISPER = 'The vault key hangs behind the portrait of Aldous Wren. The number is 4711.';
const knowledge = knowledgeOf(['Mira keeps the inn at the ford.', 'Bertram asks for a room.'], [WHISPER]);

describe('what stands in a whisper alone', () => {
  test.each([
    ['two telling words side by side', said('Have you lost the vault key again?'), 'vault key'],
    ['a name', said('Ask old Aldous about it.'), 'Aldous'],
    ['a number', said('Try 4711 on the lock.'), '4711'],
    ['in what it does', done('glances towards the portrait of the late Aldous'), 'Aldous'],
    ['in other case', said('THE VAULT KEY, if you please.'), 'VAULT KEY'],
    ['two words with more than a blank between', said('The vault  key! The vault - key!'), 'vault  key'],
    ['two words with a hyphen between', said('A vault-key?'), 'vault-key'],
    ['a name behind few letters', said('My Aldous knows.'), 'Aldous'],
    ['a name behind two blanks', said('Ask old  Aldous.'), 'Aldous'],
    ['a name between quotation marks', said('They call him “Aldous” there.'), 'Aldous'],
    ['one of two names', said('Ask old Aldous and young Berta.'), 'Aldous'],
  ])('is found: %s', (_name, segments, quote) => {
    expect(knowsTooMuch(bareLine(segments, { knowledge }))).toBe(quote);
  });

  test.each([
    ['one word alone', said('Is there a key to this room?')],
    ['the words apart', said('A key, you say? This is no vault.')],
    ['a round number', said('A thousand times no: 100 is too much.')],
    ['words that mean nothing', said('Behind the inn, of course.')],
    ['a name at the start of a sentence', said('Wren. A small bird, is it not?')],
    ['a name behind a short sentence', said('So it is. Aldous knows.')],
    ['words that do not stand together there', said('The portrait key!')],
    ['words with a comma between', said('The vault, key in hand!')],
    ['words with a bracket between', said('The vault (key in hand)!')],
    ['a word with a capital letter within', said('Ask old alDous.')],
    ['a name in a title', said('When Will You Take Old Aldous In?')],
  ])('is not found: %s', (_name, segments) => {
    expect(knowsTooMuch(bareLine(segments, { knowledge }))).toBeUndefined();
  });
});

test.each([
  ['its view', 'Mara asked for the vault key this morning. Aldous was with her.'],
  ['its card', 'You once served Aldous Wren, who had a vault key.'],
])('what stands in %s is known', (_name, known) => {
  const informed = knowledgeOf([known], [WHISPER]);
  for (const text of ['Where is the vault key?', 'Ask old Aldous.']) {
    expect(knowsTooMuch(bareLine(said(text), { knowledge: informed }))).toBeUndefined();
  }
});

/** What is quoted of words of one who missed these texts. */
const found = (text: string, ...missed: readonly string[]) =>
  knowsTooMuch(bareLine(said(text), { knowledge: knowledgeOf([], missed) }));

describe('what was missed', () => {
  test.each([
    ['I want 300 of them.', undefined],
    ['I want 471 of them.', '471'],
    ['Try 4710.', '4710'],
    ['Try 1005.', '1005'],
    ['Try 42.', undefined],
  ])('of numbers: %s', (text, quote) => {
    expect(found(text, 'Of 300 crowns 471 are false; boxes 4710, 1005 and 42.')).toBe(quote);
  });

  test.each([['London'], ['Monday'], ['December'], ['Monday’s']])('is common: %s', (name) => {
    expect(found(`We met in ${name} rain.`, 'He left London. It was a Monday in December.')).toBeUndefined();
  });

  test.each([['The wren sings at Dover.'], ['Wren shot a wren.']])(
    'is no name, as it is a word as well: %s',
    (...missed) => {
      expect(found('Ask old Wren.', ...missed)).toBeUndefined();
      expect(found('Ask old Wren.', ...missed, 'It was Wren.')).toBeUndefined();
      expect(found('Ask old Wren.', 'It was Wren.')).toBe('Wren');
    },
  );

  test('may be two words that stand together in one of several texts', () => {
    expect(found('Where is the vault key?', 'The vault is old.', 'The vault key is gone.')).toBe('vault key');
    expect(found('Where is the vault key?', 'The vault is old.', 'The key is gone.')).toBeUndefined();
  });

  test('is nothing where one of the words is short', () => {
    expect(found('Where is the ox cart?', 'The ox cart is gone.')).toBeUndefined();
    expect(found('Where is the oxen cart?', 'The oxen cart is gone.')).toBe('oxen cart');
  });
});

test('what nobody ever said is made up, not known', () => {
  expect(
    knowsTooMuch(bareLine(said('Ask old Ferdinand for the cellar lantern.'), { knowledge })),
  ).toBeUndefined();
});

test('where every noun has a capital letter, capitals tell nothing', () => {
  const german = knowledgeOf([], ['Der Schlüssel liegt im Garten hinter der Laterne.']);
  const segments = said('Im Garten steht der Krug, die Laterne, der Tisch und die Bank.');
  expect(knowsTooMuch(bareLine(segments, { knowledge: german }))).toBeUndefined();
});
