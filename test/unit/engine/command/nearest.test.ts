import { expect, test } from 'vitest';
import { nearest } from '../../../../src/engine/command/nearest.ts';

const names = ['Elizabeth Bennet', 'Mr. Bennet', 'Mr. Darcy', 'Sherlock Holmes', 'Dr. Watson', 'Mrs. Hudson'];

test.each([
  ['Darcey', ['Mr. Darcy']],
  ['Elisabeth', ['Elizabeth Bennet']],
  ['Homes', ['Sherlock Holmes']],
  ['Eliz', ['Elizabeth Bennet']],
  ['Napoleon', []],
  ['', []],
  ['🎭'.repeat(50), []],
])('%s is near %j', (typed, expected) => {
  expect(nearest(typed, names)).toEqual(expected);
});

test('the nearest comes first, and no more than were asked for', () => {
  expect(nearest('Bennett', names)).toEqual(['Elizabeth Bennet', 'Mr. Bennet']);
  expect(nearest('Bennett', names, 1)).toHaveLength(1);
});
