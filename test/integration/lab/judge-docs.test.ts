import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { judgeHouse } from './judge-house.ts';

const DOC = new URL('../../../docs/lab-judge.md', import.meta.url);

test('the example of docs/lab-judge.md runs, and comes to what it says', async () => {
  const doc = readFileSync(DOC, 'utf8');
  const example = /```jsonl\n([\s\S]*?)```/u.exec(doc)?.[1] ?? '';
  const printed = /prints,[\s\S]*?```\n([\s\S]*?)```/u.exec(doc)?.[1] ?? '';
  const house = await judgeHouse();
  const { code, out } = await house.judge([
    house.file('candidates.jsonl', example),
    '--out',
    house.path('judged'),
    // Intervals are drawn by chance.
    '--seed',
    '0',
  ]);
  expect(code).toBe(0);
  expect(house.lines('judged/verdicts.jsonl').map(({ winner }) => winner)).toEqual([
    'first',
    'first',
    'first',
  ]);
  const rows = (text: string) => text.split('\n').filter((line) => /^(model|large|small|95 %) /u.test(line));
  expect(rows(printed)).toHaveLength(4);
  expect(rows(out)).toEqual(expect.arrayContaining(rows(printed)));
});
