import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GATES } from '../../../../src/lab/gates/table/gates.ts';

const DOC = readFileSync(new URL('../../../../docs/lab-gates.md', import.meta.url), 'utf8');

test('docs/lab-gates.md lists the gates that there are, with their limits', () => {
  const rows = [
    ...DOC.matchAll(/^\| `(?<name>[a-z-]+)` +\|.*\| (?<limit>at \S+ \S+).*\| (?<level>\S+) +\|$/gmu),
  ];
  expect(rows.map(({ groups }) => groups?.['name'])).toEqual(GATES.map(({ name }) => name));
  for (const [at, { groups }] of rows.entries()) {
    const gate = GATES[at];
    const limit = gate?.unit === 'share' ? gate.limit * 100 : gate?.limit;
    expect(groups?.['limit']).toBe(`at ${gate?.rule === 'at-most' ? 'most' : 'least'} ${limit}`);
    expect(groups?.['level']).toBe(gate?.level === 'fail' ? 'fails' : 'warns');
  }
});
