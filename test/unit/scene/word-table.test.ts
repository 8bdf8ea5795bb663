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
