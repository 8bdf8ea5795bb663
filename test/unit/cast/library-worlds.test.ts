import { Buffer } from 'node:buffer';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLibrary } from '../../../src/cast/library/library.ts';
import type { Library } from '../../../src/cast/library/library-api.ts';

const shippedDir = fileURLToPath(new URL('../../../characters', import.meta.url));

let ownDir: string;
let library: Library;

beforeEach(async () => {
  ownDir = await mkdtemp(join(tmpdir(), 'dramatis-worlds-'));
  library = await openLibrary({ shippedDir, ownDir });
});

afterEach(async () => {
  await library.close();
  await rm(ownDir, { recursive: true, force: true });
});

const SILLY = {
  name: 'The Harbour',
  entries: { 0: { uid: 0, key: ['light'], keysecondary: [], content: 'It is out.', disable: false } },
  a_field_of_another_tool: 1,
};
const V3 = {
  spec: 'lorebook_v3',
  data: { name: 'The Moor', extensions: {}, entries: [{ keys: ['fog'], content: 'Thick.', enabled: true }] },
};
const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const drop = (name: string, value: unknown) => writeFile(join(ownDir, name), json(value));
const ids = () => library.worlds().map((world) => world.id);

test('a lorebook in worlds/ is a world without a restart, and gone when it is deleted', async () => {
  await drop('worlds/whatever.json', SILLY);
  await expect.poll(ids).toEqual(['the-harbour']);
  expect(library.world('the-harbour')).toMatchObject({
    name: 'The Harbour',
    book: { id: 'the-harbour', name: 'The Harbour', entries: [{ keys: ['light'], text: 'It is out.' }] },
    raw: SILLY,
  });
  await rm(join(ownDir, 'worlds/whatever.json'));
  await expect.poll(ids).toEqual([]);
});

test('one that was dropped among the cards is a world and no broken card', async () => {
  await drop('book.json', V3);
  await library.refresh();
  expect(ids()).toEqual(['the-moor']);
  expect(library.problems()).toEqual([]);
  expect(library.characters().every(({ source }) => source === 'shipped')).toBe(true);
  expect(await library.removeWorld('the-moor')).toBe(true);
  expect(await readdir(ownDir)).toEqual(['worlds']);
});

test('is added, once, and removed', async () => {
  const { world, warnings } = await library.addWorld('../../x.json', json(SILLY));
  expect(world.id).toBe('the-harbour');
  expect(warnings).toEqual([]);
  expect(await readdir(join(ownDir, 'worlds'))).toEqual(['the-harbour.json']);
  const again = await library.addWorld('copy.json', json(SILLY));
  expect(again.warnings).toEqual(['this world is here already, as the-harbour']);
  const other = await library.addWorld('x.json', json({ ...SILLY, entries: {} }));
  expect(other.world.id).toBe('the-harbour-2');
  expect(await library.removeWorld('the-harbour')).toBe(true);
  expect(await library.removeWorld('the-harbour')).toBe(false);
  expect(ids()).toEqual(['the-harbour-2']);
});

test('ids stay with their files', async () => {
  await drop('worlds/the-harbour-2.json', SILLY);
  await drop('worlds/a.json', { ...SILLY, entries: {} });
  await library.refresh();
  expect(ids().toSorted()).toEqual(['the-harbour', 'the-harbour-2']);
  expect(library.world('the-harbour-2')?.book.entries).toHaveLength(1);
});

test('a book without a name is called as its file', async () => {
  await drop('worlds/Old Town.json', { entries: [] });
  await library.refresh();
  expect(library.world('old-town')?.name).toBe('Old Town');
});

test('what is none is refused; a broken one is one line', async () => {
  await expect(library.addWorld('x.json', json({ name: 'Ada' }))).rejects.toThrow(
    'is a character card and no lorebook',
  );
  await writeFile(join(ownDir, 'worlds/broken.json'), '{');
  await library.refresh();
  expect(library.problems()).toEqual([expect.stringMatching(/^worlds\/broken\.json: holds broken JSON/)]);
});

test('a lorebook in YAML is kept so that it can be read again, and is read in worlds/ too', async () => {
  const text = (name: string) => `name: ${name}\nentries:\n  - keys: [fog]\n    content: Thick.\n`;
  const { world } = await library.addWorld('moor.yaml', Buffer.from(text('The Moor')));
  expect(world.book.entries).toMatchObject([{ keys: ['fog'], text: 'Thick.' }]);
  await writeFile(join(ownDir, 'worlds', 'fen.yml'), text('The Fen'));
  await library.refresh();
  expect(ids()).toEqual(['the-fen', 'the-moor']);
  expect(library.problems()).toEqual([]);
});
