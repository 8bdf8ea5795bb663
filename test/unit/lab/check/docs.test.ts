import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ALL_RULES } from '../../../../src/lab/check/rules/all.ts';

const DOC = readFileSync(new URL('../../../../docs/lab-check.md', import.meta.url), 'utf8')
  // Tables may be padded.
  .replace(/ {2,}/gu, ' ');

test('docs/lab-check.md has every rule, with its level and what comes of it', () => {
  const missing = ALL_RULES.filter(
    ({ id, level, effect }) => !DOC.includes(`| \`${id}\` | ${level} | ${effect} |`),
  );
  expect(missing.map(({ id }) => id)).toEqual([]);
});
