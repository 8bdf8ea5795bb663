import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { principlesIn } from '../../../src/cli/principles-in.ts';
import { shippedPrinciples } from '../../../src/judge/principles/shipped.ts';

test('a file changes what ships, none changes nothing, and a folder is no file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'principles-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'own.yaml');
  expect(principlesIn(path)).toBe(shippedPrinciples());
  writeFileSync(path, '- id: economy\n  off: true\n');
  expect(principlesIn(path)).toHaveLength(shippedPrinciples().length - 1);
  writeFileSync(path, '- id: [');
  expect(() => principlesIn(path)).toThrow(/^own\.yaml /u);
  expect(() => principlesIn(folder)).toThrow(/cannot be read: check that it is a file/);
});
