import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HEAVY } from '../../../support/heavy-cards.ts';

const READER = fileURLToPath(new URL('../../../support/read-heavy-cards.ts', import.meta.url));

let dir: string;
let told: { said: Record<string, string>; mb: number };

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dramatis-heavy-'));
  for (const [name, make] of Object.entries(HEAVY)) await writeFile(join(dir, name), make());
  const names = Object.keys(HEAVY);
  // A few to a process, the largest alone: what reading holds is measured, not what waits to be freed.
  const isLarge = (name: string) => /^(?:fifty|large)/.test(name);
  const others = names.filter((name) => !isLarge(name));
  const groups = names.filter(isLarge).map((name) => [name]);
  for (let at = 0; at < others.length; at += 6) groups.push(others.slice(at, at + 6));
  told = { said: {}, mb: 0 };
  for (const group of groups) {
    const paths = group.map((name) => join(dir, name));
    const { stdout } = await promisify(execFile)(process.execPath, [READER, ...paths]);
    const { said, mb } = JSON.parse(stdout);
    told = { said: { ...told.said, ...said }, mb: Math.max(told.mb, mb) };
  }
}, 120_000);

afterAll(() => rm(dir, { recursive: true }));

describe('a file that would fill the memory is refused in a line that names the limit', () => {
  test.each([
    ['zip-bomb.charx', 'holds a card.json of more than 10 MB when it is unpacked'],
    ['text-bomb.png', 'is more than 10 MB when it is unpacked'],
    ['fifty.json', 'is 50.0 MB; a card may have 10 MB at most'],
    ['fifty.charx', 'is 50.0 MB; a CharX may have 32 MB at most'],
    ['deep.json', 'is nested more than 100 levels deep'],
    ['deep-objects.json', 'is nested more than 100 levels deep'],
    ['many-values.json', 'holds more than 300,000 values: no card needs so many'],
    ['many-entries.json', 'field `character_book.entries` has more than 10,000 entries'],
    ['long-field.json', 'field `description` is longer than 100,000 characters'],
    ['long-greetings.json', 'holds more than 2,000,000 characters of text that would be read'],
    ['bomb.yaml', 'holds YAML that uses its anchors more than 20 times'],
    ['deep.yaml', 'holds YAML that is nested more than 100 levels deep'],
    ['anchors.yaml', 'holds YAML that uses its anchors more than 20 times'],
    [
      'backslashes.yaml',
      'holds broken YAML: in a text in double quotation marks a backslash stands where none may',
    ],
    ['short-lines.yaml', 'holds YAML of more than 100,000 parts: bring it as JSON'],
    ['long.yaml', 'is more than 512 KB of YAML: bring it as JSON'],
  ])('%s', (name, why) => {
    expect(told.said[name]).toBe(`CastFileError: ${name}: ${why}`);
  });

  test('a picture that would is left out, and the card read', () => {
    expect(told.said).toMatchObject({
      'wide.png': 'the picture has 100000 × 100000 pixels, more than 4096 a side, and was left out',
      'large-picture.png': 'the picture is 31.0 MB, more than 8 MB, and was left out',
      'large.charx': '',
      'icon-bomb.charx': expect.stringMatching(
        /^the icon was left out: .* of more than 8 MB when it is unpacked$/,
      ),
    });
  });

  test('every one of them was tried', () => {
    expect(Object.keys(told.said).sort()).toEqual(Object.keys(HEAVY).sort());
  });

  test('within 256 MB', () => {
    expect(told.mb).toBeLessThan(256);
  });
});
