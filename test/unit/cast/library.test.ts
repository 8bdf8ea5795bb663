import { Buffer } from 'node:buffer';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pictureBehind } from '../../../src/cast/avatar.ts';
import { withoutPngText } from '../../../src/cast/cards/png-text.ts';
import { openLibrary } from '../../../src/cast/library/library.ts';
import type { Library } from '../../../src/cast/library/library-api.ts';
import { fixture, PICTURE, pngCard } from './png-card.ts';

const shippedDir = fileURLToPath(new URL('../../../characters', import.meta.url));

let ownDir: string;
let library: Library;

beforeEach(async () => {
  ownDir = await mkdtemp(join(tmpdir(), 'dramatis-cards-'));
  library = await openLibrary({ shippedDir, ownDir });
});

afterEach(async () => {
  await library.close();
  await rm(ownDir, { recursive: true, force: true });
});

function card(fields: Record<string, unknown>): Buffer {
  return Buffer.from(JSON.stringify(fields));
}

function drop(name: string, bytes: Uint8Array): Promise<void> {
  return writeFile(join(ownDir, name), bytes);
}

async function cardFiles(): Promise<string[]> {
  return (await readdir(ownDir)).filter((name) => name !== 'worlds').sort();
}

function own(): string[] {
  return library
    .characters()
    .filter((character) => character.source === 'own')
    .map((character) => character.id);
}

describe('what ships', () => {
  test('is there, sorted by name, with a picture beside each card', () => {
    const names = library.characters().map((character) => character.name);
    expect(names).toContain('Elizabeth Bennet');
    expect(names).toEqual(names.toSorted((one, other) => one.localeCompare(other, 'en')));
    expect(library.character('mr-darcy')?.avatar).toEqual({
      type: 'file',
      path: join(shippedDir, 'mr-darcy.png'),
    });
    expect(library.problems()).toEqual([]);
  });

  test('the scene that plays when none is named is the first', () => {
    expect(library.scenes()[0]?.id).toBe('the-letter');
    expect(library.scene('the-locked-drawer')?.title).toBe('The Locked Drawer');
    expect(library.scene('nowhere')).toBeUndefined();
  });

  test('is found by what people call them', () => {
    expect(library.find('lizzy', 5).map((character) => character.id)).toEqual(['elizabeth-bennet']);
    expect(library.find('holmes', 1).map((character) => character.id)).toEqual(['sherlock-holmes']);
  });
});

describe('own cards', () => {
  test('a card dropped into the folder plays without a restart', async () => {
    await drop('pilot.png', fixture('pilot.png'));
    await expect.poll(own).toEqual(['ines-carrow']);
    expect(library.find('ines', 1)[0]?.avatar?.type).toBe('bytes');

    await rm(join(ownDir, 'pilot.png'));
    await expect.poll(own).toEqual([]);
  });

  test('an edited card plays as edited', async () => {
    await drop('a.json', card({ name: 'Ada', description: 'before' }));
    await library.refresh();
    await drop('a.json', card({ name: 'Ada', description: 'and after' }));
    await library.refresh();
    expect(library.character('ada')?.description).toBe('and after');
  });

  test('a broken card is one line, and mended it plays', async () => {
    await drop('a.json', Buffer.from('{"name": "Ada"'));
    await library.refresh();
    expect(own()).toEqual([]);
    expect(library.problems()).toEqual([expect.stringMatching(/^a\.json: holds broken JSON/)]);

    await drop('a.json', card({ name: 'Ada' }));
    await library.refresh();
    expect(own()).toEqual(['ada']);
    expect(library.problems()).toEqual([]);
  });

  test('a picture of the same name is the face of a card, not a card', async () => {
    await drop('ada.json', card({ name: 'Ada' }));
    await drop('ada.png', PICTURE);
    await library.refresh();
    expect(await pictureBehind(library.character('ada')?.avatar)).toEqual({
      mime: 'image/png',
      bytes: withoutPngText(PICTURE),
    });
    expect(library.problems()).toEqual([]);
  });

  test('a face that is itself a card tells nobody what is in it', async () => {
    await drop('ada.json', card({ name: 'Ada' }));
    await drop('ada.png', pngCard({ chara: { data: { name: 'Ada', description: 'a secret' } } }));
    await library.refresh();
    const shown = await pictureBehind(library.character('ada')?.avatar);
    expect(shown?.bytes).toEqual(withoutPngText(PICTURE));
    expect((await library.card('ada'))?.picture).toEqual(withoutPngText(PICTURE));
  });

  test('a folder that vanished leaves what ships, and says so', async () => {
    await drop('ada.json', card({ name: 'Ada' }));
    await library.refresh();
    await rm(ownDir, { recursive: true });
    await library.refresh();
    expect(library.character('elizabeth-bennet')).toBeDefined();
    expect(library.problems()).toContainEqual(expect.stringContaining('cannot be read'));
  });

  test('a folder that came back is followed again', async () => {
    await rm(ownDir, { recursive: true });
    await library.refresh();
    await mkdir(ownDir);
    await library.refresh();
    await drop('ada.json', card({ name: 'Ada' }));
    await expect.poll(own).toEqual(['ada']);
    await writeFile(join(ownDir, 'worlds', 'moor.json'), '{"name": "The Moor", "entries": []}');
    await expect.poll(() => library.worlds().map(({ id }) => id)).toEqual(['the-moor']);
  });
});

describe('ids', () => {
  test('an own card does not take the place of one that ships', async () => {
    await drop('lizzy.json', card({ name: 'Elizabeth Bennet', description: 'mine' }));
    await library.refresh();
    expect(library.character('elizabeth-bennet')?.source).toBe('shipped');
    expect(library.character('elizabeth-bennet-2')?.description).toBe('mine');
    expect(library.problems()).toEqual([
      'lizzy.json: another card is named Elizabeth Bennet; this one plays as elizabeth-bennet-2',
    ]);
  });

  test('stay with their files: the older card keeps the plain one, a file named like an id keeps that', async () => {
    await drop('z-first.json', card({ name: 'Ada', description: 'first' }));
    await utimes(join(ownDir, 'z-first.json'), 1000, 1000);
    await drop('a-later.json', card({ name: 'Ada', description: 'later' }));
    await drop('ada-3.json', card({ name: 'Ada', description: 'third' }));
    await library.refresh();
    expect(library.character('ada')?.description).toBe('first');
    expect(library.character('ada-2')?.description).toBe('later');
    expect(library.character('ada-3')?.description).toBe('third');
  });
});

describe('adding', () => {
  test('saves the card and plays it at once', async () => {
    const { character, warnings } = await library.add('whatever.json', fixture('pilot-v2.json'));
    expect(character).toMatchObject({ id: 'ines-carrow', source: 'own' });
    expect(warnings).toEqual([]);
    expect(library.character('ines-carrow')).toBe(character);
    expect(await cardFiles()).toEqual(['ines-carrow.json']);
  });

  test('a name that shows the way elsewhere leads nowhere', async () => {
    await library.add('../../../escaped.json', card({ name: '../../etc/passwd' }));
    await library.add('..\\..\\escaped.png', pngCard({ chara: { data: { name: 'Ada' } } }));
    expect(await cardFiles()).toEqual(['ada.png', 'etc-passwd.json']);
  });

  test('a second card of the same name gets an id of its own and says so', async () => {
    await library.add('a.json', card({ name: 'Ada', description: 'first' }));
    const { character, warnings } = await library.add('b.json', card({ name: 'Ada', description: 'second' }));
    expect(character.id).toBe('ada-2');
    expect(warnings).toEqual(['another card is named Ada; this one plays as ada-2']);
  });

  test('the same file twice is one card', async () => {
    await library.add('a.json', card({ name: 'Ada' }));
    const { character, warnings } = await library.add('copy of a.json', card({ name: 'Ada' }));
    expect(character.id).toBe('ada');
    expect(warnings).toEqual(['this card is here already, as ada']);
    expect(own()).toEqual(['ada']);
  });

  test('many at once all arrive', async () => {
    const names = Array.from({ length: 20 }, (_, at) => `Person ${at}`);
    await Promise.all(names.map((name) => library.add('x.json', card({ name }))));
    expect(own()).toHaveLength(20);
    expect(await cardFiles()).toHaveLength(20);
  });

  test('a card that is none is refused and leaves no file', async () => {
    await expect(library.add('x.json', card({ description: 'nobody' }))).rejects.toThrow(
      'x.json: field `name` is missing: give the card a name',
    );
    expect(await cardFiles()).toEqual([]);
  });

  test('without a folder of its own a library keeps nothing', async () => {
    const shippedOnly = await openLibrary({ shippedDir });
    await expect(shippedOnly.add('x.json', card({ name: 'Ada' }))).rejects.toThrow('cannot be kept');
    await shippedOnly.close();
  });
});
