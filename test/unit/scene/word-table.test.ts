import { expect, test } from 'vitest';
import { createWordTable, wordHash } from '../../../src/scene/word-table.ts';

test('a table of words knows each of many, and none that was never set', () => {
  const table = createWordTable();
  for (let at = 1; at <= 5000; at += 1) table.set(wordHash(`word ${at}`), at);
  table.set(wordHash('word 7'), 70_000);
  for (let at = 1; at <= 5000; at += 1)
    expect(table.get(wordHash(`word ${at}`))).toBe(at === 7 ? 70_000 : at);
  expect(table.get(wordHash('another'))).toBe(0);
});

test('numbers for which the last place is taken go on at the first', () => {
  const table = createWordTable();
  // Of 64 places, each of these belongs in the last.
  const hashes = [63, 127, 191];
  for (const hash of hashes) table.set(hash, hash);
  expect(hashes.map(table.get)).toEqual(hashes);
  expect(table.get(255)).toBe(0);
});
