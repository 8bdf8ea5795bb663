import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeJson, writeWhole } from '../../../../src/lab/eval/write-whole.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'dramatis-write-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('is there whole, and nothing beside it', async () => {
  const dir = folder();
  await writeJson(join(dir, 'a.json'), { a: 1 });
  expect(readFileSync(join(dir, 'a.json'), 'utf8')).toBe('{\n  "a": 1\n}\n');
  expect(readdirSync(dir)).toEqual(['a.json']);
});

test.skipIf(!existsSync('/dev/full'))('a full disk is one clear line, and what was there stays', async () => {
  const dir = folder();
  const path = join(dir, 'a.json');
  await writeWhole(path, 'before');
  symlinkSync('/dev/full', `${path}.part`);
  await expect(writeWhole(path, 'after')).rejects.toThrow(
    /^.*a\.json cannot be written: the disk is full[^\n]*$/u,
  );
  expect(readFileSync(path, 'utf8')).toBe('before');
});

test('what is no file of its own, a link or a device, is written through and stays what it is', async () => {
  const dir = folder();
  const [link, target] = [join(dir, 'link.md'), join(dir, 'target.md')];
  await writeWhole(target, 'before');
  symlinkSync(target, link);
  await writeWhole(link, 'after');
  expect(readFileSync(target, 'utf8')).toBe('after');
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readdirSync(dir).sort()).toEqual(['link.md', 'target.md']);
});

test('a folder that is not there is said', async () => {
  await expect(writeWhole(join(folder(), 'gone', 'a.json'), '')).rejects.toThrow(/check --out/u);
});
