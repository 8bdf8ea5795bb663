import { expect, test } from 'vitest';
import { namesOf } from '../../../src/cast/name-parts.ts';

test.each([
  ['Elizabeth Bennet', ['Lizzy'], ['Elizabeth Bennet', 'Elizabeth', 'Bennet', 'Lizzy']],
  ['Mr. Darcy', [], ['Mr. Darcy', 'Darcy']],
  ['Dr. John H. Watson', ['Doctor'], ['Dr. John H. Watson', 'Watson', 'Doctor', 'John']],
  ['Jack the Ripper', [], ['Jack the Ripper', 'Ripper', 'Jack']],
  ['Ludwig van Beethoven Jr.', [], ['Ludwig van Beethoven Jr.', 'Beethoven', 'Ludwig']],
  ['GLaDOS', [], ['GLaDOS']],
  ['桜', [], ['桜']],
  ['Captain', [], ['Captain']],
])('%s', (name, aliases, names) => {
  expect(namesOf({ name, aliases })).toEqual(names);
});

test('a title alone addresses nobody, and each name stands once', () => {
  const names = namesOf({ name: 'Mrs. Hudson', aliases: ['hudson', 'mrs. hudson'] });
  expect(names).toEqual(['mrs. hudson', 'hudson']);
});

test('words of everyone’s are no alias of anyone', () => {
  expect(namesOf({ name: 'Ines', aliases: ['I', 'Narrator', 'you', 'the Pilot'] })).toEqual([
    'the Pilot',
    'Ines',
  ]);
});
