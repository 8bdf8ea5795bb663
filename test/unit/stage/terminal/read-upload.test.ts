import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { commands } from '../../../../commands/index.ts';
import { openLibrary } from '../../../../src/cast/library/library.ts';
import { readUpload } from '../../../../src/stage/terminal/read-upload.ts';
import { createTypist } from '../../../../src/stage/terminal/typist.ts';
import { playHouse } from '../../../support/play-house.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'dramatis-upload-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

test('a file is read under its own name, from where the terminal is', async () => {
  const path = join(await folder(), 'ada.png');
  await writeFile(path, 'bytes');
  for (const named of [path, relative(process.cwd(), path)]) {
    const { name, bytes } = await readUpload(named);
    expect([name, Buffer.from(bytes).toString()]).toEqual(['ada.png', 'bytes']);
  }
});

test('a folder is none, and neither is what is not there', async () => {
  const path = await folder();
  await expect(readUpload(path)).rejects.toThrow('is no file');
  await expect(readUpload(join(path, 'gone.png'))).rejects.toThrow('There is no file');
});

test.each([
  ['card.json', 10],
  ['card.charx', 32],
])('of %s %i MB are read and no more', async (name, most) => {
  const path = join(await folder(), name);
  await writeFile(path, '');
  await truncate(path, most * 1024 * 1024);
  expect((await readUpload(path)).bytes).toHaveLength(most * 1024 * 1024);
  await truncate(path, most * 1024 * 1024 + 1);
  await expect(readUpload(path)).rejects.toThrow(`${most} MB is the most that is read`);
});

test('in the terminal a card is brought by its path, into the operator’s own folder', async () => {
  const path = await folder();
  await writeFile(join(path, 'ada.json'), JSON.stringify({ name: 'Ada Lovelace', description: 'Reckons.' }));
  const shippedDir = fileURLToPath(new URL('../../../../characters', import.meta.url));
  const library = await openLibrary({ shippedDir, ownDir: join(path, 'own') });
  onTestFinished(() => library.close());
  const { engine } = await playHouse({ library });
  const said: string[] = [];
  const typist = createTypist({
    engine,
    library,
    commands,
    place: { scene: 'terminal:test', stage: 'terminal', quiet: true },
    who: { id: 'you', name: 'Mara', manager: true, operator: true },
    signal: new AbortController().signal,
    folder: path,
    reply: (line) => said.push(line),
    typed: () => {},
  });
  await typist.enter(`/character import file: ${relative(process.cwd(), join(path, 'ada.json'))}`);
  expect(said.at(-1)).toContain('Brought: Ada Lovelace.');
  expect(library.character('ada-lovelace')?.source).toBe('own');
  await typist.enter('/character export Ada Lovelace as: yaml');
  expect(await readFile(join(path, 'ada-lovelace.yaml'), 'utf8')).toContain('name: Ada Lovelace');
  await typist.enter('/character delete Ada Lovelace sure: yes');
  expect(library.character('ada-lovelace')).toBeUndefined();
});
