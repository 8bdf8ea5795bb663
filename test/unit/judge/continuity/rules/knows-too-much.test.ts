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
  ])('is found: %s', (_name, segments, quote) => {
    expect(knowsTooMuch(bareLine(segments, { knowledge }))).toBe(quote);
  });

  test.each([
    ['one word alone', said('Is there a key to this room?')],
    ['the words apart', said('A key, you say? This is no vault.')],
    ['a round number', said('A thousand times no: 100 is too much.')],
    ['words that mean nothing', said('Behind the inn, of course.')],
    ['a name at the start of a sentence', said('Wren. A small bird, is it not?')],
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
