import { expect, test } from 'vitest';
import { reasonAfter } from '../../../../src/stage/web/page/next-words.ts';

const names = ['Mr. Darcy', 'Elizabeth Bennet'];

test.each([
  ['He was just insulted.', ', he was just insulted'],
  ['Mr. Darcy was called', ' was called'],
  ['Elizabeth asked him', ', Elizabeth asked him'],
  ['called by hand', ', called by hand'],
  ['I', ', I'],
])('Next: Mr. Darcy: %s', (why, words) => {
  expect(reasonAfter('Mr. Darcy', why, names)).toBe(words);
});
