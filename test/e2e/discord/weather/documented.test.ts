import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { allScenarios } from './all-scenarios.ts';

const ROOT = new URL('../../../../', import.meta.url);
const PAGE = readFileSync(new URL('docs/discord-faults.md', ROOT), 'utf8');

/** The rows of the table under a heading, without its two first ones. */
function rowsUnder(heading: string): string[][] {
  const section = PAGE.split(/^## /mu).find((one) => one.startsWith(`${heading}\n`)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('docs/discord-faults.md', () => {
  test.each(Object.entries(allScenarios))(
    'lists, under “%s”, what is played and nothing else',
    (heading, scenarios) => {
      expect(rowsUnder(heading)).toEqual(scenarios.map(({ name, promise }) => [name, promise]));
    },
  );

  test('names tests that are there', () => {
    const paths = rowsUnder('Played elsewhere').map((cells) => (cells[1] ?? '').replaceAll('`', ''));
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => !existsSync(fileURLToPath(new URL(path, ROOT))))).toEqual([]);
  });
});
