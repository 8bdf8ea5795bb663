import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PAGE = readFileSync(join(ROOT, 'docs/her.md'), 'utf8');
const ROWS = PAGE.split('\n').flatMap((line) => {
  const [, number, what, where, test] = line.split('|').map((cell) => cell.trim());
  return number && /^\d+$/u.test(number)
    ? [{ number: Number(number), what, where: where ?? '', test: test ?? '' }]
    : [];
});

test('the map has all forty rows, in order', () => {
  expect(ROWS.map(({ number }) => number)).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
});

test.each(ROWS)('row $number names files and tests that are there: $what', ({ where, test: shown }) => {
  const pathsIn = (cell: string) => [...cell.matchAll(/`([\w./-]+)`/gu)].map(([, path = '']) => path);
  const paths = [...pathsIn(where), ...pathsIn(shown)];
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
