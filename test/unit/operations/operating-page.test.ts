import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

test('the page tells of every metric, and of none that is not there', () => {
  const [, table = ''] = read('docs/operating.md').split('| metric (`dramatis_…`)');
  const told = [...(table.split('\n## ')[0] ?? '').matchAll(/^\| (`[^|]+`) +\|/gm)]
    .flatMap(([, cell = '']) => [...cell.matchAll(/`([a-z_]+)/g)])
    .map(([, name]) => name)
    .filter((name) => !/^(process|nodejs)_$/.test(name ?? ''));
  const code = read('src/operations/metrics.ts') + read('src/cli/start/watch-bot.ts');
  const made = [...code.matchAll(/(?:counter|histogram|gauge)\(\s*'([a-z_]+)'/g)].map(([, name]) => name);
  expect(made.length).toBeGreaterThan(15);
  expect(told.toSorted()).toEqual(made.toSorted());
});
