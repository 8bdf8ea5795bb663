import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { readCard } from '../../../src/cast/cards/read-card.ts';
import { findCharacters } from '../../../src/cast/library/find-characters.ts';

const people = [
  ['Elizabeth Bennet', 'Lizzy'],
  ['Mr. Bennet'],
  ['Mr. Darcy', 'Fitzwilliam Darcy'],
  ['Sherlock Holmes'],
  ['Zoë Núñez'],
].map(([name, ...aliases]) => {
  const card = { name, extensions: { dramatis: { aliases } } };
  return readCard(Buffer.from(JSON.stringify(card)), 'card.json').character;
});

function found(text: string, limit = 10): string[] {
  return findCharacters(people, text, limit).map((character) => character.name);
}

test.each([
  ['a first name', 'eliz', ['Elizabeth Bennet']],
  ['a last name, all who bear it', 'bennet', ['Elizabeth Bennet', 'Mr. Bennet']],
  ['a whole name comes first', 'mr. bennet', ['Mr. Bennet']],
  ['an alias', 'lizzy', ['Elizabeth Bennet']],
  ['a slip of the finger', 'sherlok', ['Sherlock Holmes']],
  ['a slip while still typing', 'elisab', ['Elizabeth Bennet']],
  ['without accents', 'nunez', ['Zoë Núñez']],
  ['part of a name', 'izab', ['Elizabeth Bennet']],
  ['nobody', 'moriarty', []],
])('%s: %s', (_what, text, names) => {
  expect(found(text)).toEqual(names);
});

test('an empty text fits everyone, up to the limit', () => {
  expect(found('', 2)).toEqual(['Elizabeth Bennet', 'Mr. Bennet']);
  expect(found(' ')).toHaveLength(5);
});

test('a very long text is no burden and fits nobody', () => {
  expect(found('x'.repeat(100_000))).toEqual([]);
});
