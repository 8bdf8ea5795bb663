import { Buffer } from 'node:buffer';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { pictureBehind } from '../../../src/cast/avatar.ts';
import { withoutPngText } from '../../../src/cast/cards/png-text.ts';
import { readCard } from '../../../src/cast/cards/read-card.ts';
import { openLibrary } from '../../../src/cast/library/library.ts';
import type { Library } from '../../../src/cast/library/library-api.ts';
import { fixture, PICTURE, pngCard } from './png-card.ts';

const shippedDir = fileURLToPath(new URL('../../../characters', import.meta.url));
// A grey pixel, as baseline JPEG.
const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z',
  'base64',
);

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

const bytesOf = (name: string) => readFile(join(ownDir, name));
const drop = (name: string, bytes: string | Uint8Array) => writeFile(join(ownDir, name), bytes);

async function files(): Promise<string[]> {
  return (await readdir(ownDir)).filter((name) => name !== 'worlds').sort();
}

async function kept(id: string) {
  const found = await library.card(id);
  if (!found) throw new Error(`no card ${id}`);
  return found;
}

async function edit(id: string, change: Record<string, unknown>) {
  const { card } = await kept(id);
  return library.save({ ...card, ...change }, { id });
}

describe('the whole card', () => {
  test('of a card that ships, with its picture', async () => {
    const { card, picture } = await kept('mr-darcy');
    expect(card.name).toBe('Mr. Darcy');
    expect(card.extensions.dramatis.motivation).not.toBe('');
    expect(picture).toEqual(await readFile(join(shippedDir, 'mr-darcy.png')));
  });

  test('of an own one keeps what we do not use, and the picture alone', async () => {
    await library.add('pilot.png', fixture('pilot.png'));
    const { card, picture } = await kept('ines-carrow');
    expect(card.name).toBe('Ines Carrow');
    expect(picture).toEqual(withoutPngText(fixture('pilot.png')));
    expect(await library.card('nobody')).toBeUndefined();
  });
});

describe('a new card', () => {
  const { card } = readCard(fixture('pilot-v3.json'), 'pilot-v3.json');

  test('is YAML with its picture beside, and plays at once', async () => {
    const { character, warnings } = await library.save(card, { picture: PICTURE });
    expect(warnings).toEqual([]);
    expect(character).toMatchObject({ id: 'ines-carrow', source: 'own' });
    expect(await files()).toEqual(['ines-carrow.png', 'ines-carrow.yaml']);
    expect((await pictureBehind(library.character('ines-carrow')?.avatar))?.bytes).toEqual(
      withoutPngText(PICTURE),
    );
    expect((await kept('ines-carrow')).card).toMatchObject({ nickname: 'the Pilot', name: 'Ines Carrow' });
  });

  test('takes the place of nothing: neither a card nor a broken file', async () => {
    await drop('ines-carrow.json', '{"name": ');
    await library.refresh();
    const { character, warnings } = await library.save(card);
    expect(character.id).toBe('ines-carrow-2');
    expect(warnings).toEqual(['another card is named Ines Carrow; this one plays as ines-carrow-2']);
    expect((await bytesOf('ines-carrow.json')).toString()).toBe('{"name": ');
  });

  test('that cannot be read again is refused and leaves no file', async () => {
    await expect(library.save({ ...card, name: 'Narrator' })).rejects.toThrow('a voice of the stage');
    await expect(library.save(card, { picture: Buffer.from('GIF89a') })).rejects.toThrow('no PNG, JPEG');
    expect(await files()).toEqual([]);
  });
});

describe('an edited card', () => {
  test.each(['json', 'yaml'])('of %s stays that', async (ending) => {
    await drop(`ada.${ending}`, '{"name": "Ada", "description": "before", "house_rule": [1]}');
    await library.refresh();
    const { character } = await edit('ada', { description: 'after' });
    expect(character).toMatchObject({ id: 'ada', description: 'after' });
    expect(await files()).toEqual([`ada.${ending}`]);
    const text = (await bytesOf(`ada.${ending}`)).toString();
    const fields = ending === 'json' ? JSON.parse(text).data : parse(text);
    expect(fields).toMatchObject({ description: 'after', house_rule: [1] });
  });

  test('of PNG stays in its picture', async () => {
    await drop('ada.png', pngCard({ chara: { data: { name: 'Ada', description: 'before' } } }));
    await library.refresh();
    await edit('ada', { description: 'after' });
    expect(await files()).toEqual(['ada.png']);
    const reading = readCard(await bytesOf('ada.png'), 'ada.png');
    expect(reading.card.description).toBe('after');
    expect((await kept('ada')).picture).toEqual(withoutPngText(PICTURE));
  });

  test('leaves its PNG where no PNG can hold its picture, or where it has none any more', async () => {
    await drop('ada.png', pngCard({ chara: { data: { name: 'Ada' } } }));
    await library.refresh();
    await library.save((await kept('ada')).card, { id: 'ada', picture: JPEG });
    expect(await files()).toEqual(['ada.jpg', 'ada.yaml']);
    await library.save((await kept('ada')).card, { id: 'ada', picture: null });
    expect(await files()).toEqual(['ada.yaml']);
    expect(library.character('ada')?.avatar).toBeUndefined();
    await library.save((await kept('ada')).card, { id: 'ada', picture: PICTURE });
    expect(await files()).toEqual(['ada.png', 'ada.yaml']);
    expect((await kept('ada')).picture).toEqual(withoutPngText(PICTURE));
  });

  test('leaves a picture beside it alone that it does not change, shown or not', async () => {
    const whole = pngCard({ chara: { data: { name: 'Ada', description: 'of another program' } } });
    await drop('ada.yaml', 'name: Ada');
    await drop('ada.png', whole);
    await drop('bob.yaml', 'name: Bob');
    await drop('bob.webp', 'cannot be shown');
    await library.refresh();
    await edit('ada', { description: 'after' });
    await edit('bob', { description: 'after' });
    expect(await bytesOf('ada.png')).toEqual(whole);
    expect((await bytesOf('bob.webp')).toString()).toBe('cannot be shown');
    expect((await kept('bob')).card.description).toBe('after');
  });

  test('of a PNG that cannot be shown leaves the picture where it is', async () => {
    const wide = pngCard({ chara: { data: { name: 'Ada' } } });
    wide.writeUInt32BE(5000, 16);
    await drop('ada.png', wide);
    await library.refresh();
    await edit('ada', { description: 'after' });
    expect(await files()).toEqual(['ada.png', 'ada.yaml']);
    expect(await bytesOf('ada.png')).toEqual(wide);
    expect((await kept('ada')).card.description).toBe('after');
  });

  test('of CharX leaves an icon alone that cannot be shown, and the picture beside it', async () => {
    const assets = [{ type: 'icon', uri: 'embeded://me.gif', name: 'main', ext: 'gif' }];
    const whole = { spec: 'chara_card_v3', data: { name: 'Ada', assets } };
    const archive = { 'card.json': strToU8(JSON.stringify(whole)), 'me.gif': strToU8('GIF89a') };
    await drop('ada.charx', zipSync(archive));
    await drop('ada.webp', 'cannot be shown');
    await library.refresh();
    await edit('ada', { description: 'after' });
    expect(await files()).toEqual(['ada.charx', 'ada.webp']);
    expect(Object.keys(unzipSync(await bytesOf('ada.charx'))).sort()).toEqual(['card.json', 'me.gif']);
    expect((await kept('ada')).card['assets']).toEqual(assets);
  });

  test('of CharX has no picture any more, whatever its icons are called', async () => {
    const assets = ['me', 'me too'].map((name, at) => ({
      ...{ type: 'icon', uri: `embeded://${at}.png`, name, ext: 'png' },
    }));
    const whole = { spec: 'chara_card_v3', data: { name: 'Ada', assets } };
    const pictures = { '0.png': new Uint8Array(PICTURE), '1.png': new Uint8Array(PICTURE) };
    await drop('ada.charx', zipSync({ 'card.json': strToU8(JSON.stringify(whole)), ...pictures }));
    await library.refresh();
    expect(library.character('ada')?.avatar).toBeDefined();
    await library.save((await kept('ada')).card, { id: 'ada', picture: null });
    expect(library.character('ada')?.avatar).toBeUndefined();
  });

  test('of CharX stays in its archive, with all other files', async () => {
    const icon = { type: 'icon', uri: 'embeded://assets/icon/images/me.png', name: 'main', ext: 'png' };
    const smile = { type: 'emotion', uri: 'embeded://assets/smile.webp', name: 'smile', ext: 'webp' };
    const whole = { spec: 'chara_card_v3', data: { name: 'Ada', assets: [icon, smile] } };
    const archive = {
      'card.json': strToU8(JSON.stringify(whole)),
      'assets/icon/images/me.png': new Uint8Array(PICTURE),
      'assets/smile.webp': strToU8('a smile'),
      'module.risum': strToU8('of another program'),
    };
    await drop('ada.charx', zipSync(archive));
    await library.refresh();
    expect((await kept('ada')).picture).toEqual(withoutPngText(PICTURE));
    await edit('ada', { description: 'after' });
    expect(await files()).toEqual(['ada.charx']);
    const { 'card.json': saved, ...others } = unzipSync(await bytesOf('ada.charx'));
    expect(JSON.parse(strFromU8(saved ?? new Uint8Array())).data).toMatchObject({
      description: 'after',
      assets: [icon, smile],
    });
    const { 'card.json': _card, ...before } = archive;
    expect(others).toEqual(before);

    await library.save((await kept('ada')).card, { id: 'ada', picture: JPEG });
    expect(Object.keys(unzipSync(await bytesOf('ada.charx'))).sort()).toEqual([
      'assets/icon/images/main.jpeg',
      'assets/smile.webp',
      'card.json',
      'module.risum',
    ]);
    expect(library.character('ada')?.avatar).toMatchObject({ mime: 'image/jpeg' });
    await library.save((await kept('ada')).card, { id: 'ada', picture: null });
    expect(library.character('ada')?.avatar).toBeUndefined();
  });

  test('keeps its id under another name, also after a restart; the id is in no card that is handed out', async () => {
    await drop('a.json', '{"name": "Ada"}');
    await library.refresh();
    const { character } = await edit('ada', { name: 'Grace' });
    expect(character).toMatchObject({ id: 'ada', name: 'Grace' });
    expect(library.problems()).toEqual([]);
    expect(JSON.stringify((await kept('ada')).card)).not.toContain('"id"');
    await library.close();
    library = await openLibrary({ shippedDir, ownDir });
    expect(library.character('ada')?.name).toBe('Grace');
    await edit('ada', { name: 'Ada' });
    expect(library.character('ada')?.name).toBe('Ada');
  });

  test('two of a name keep their ids whichever was saved last', async () => {
    await drop('first.json', '{"name": "Ada", "description": "first"}');
    await utimes(join(ownDir, 'first.json'), 1000, 1000);
    await drop('later.json', '{"name": "Ada", "description": "later"}');
    await library.refresh();
    await edit('ada', { description: 'first again' });
    expect(library.character('ada')?.description).toBe('first again');
    expect(library.character('ada-2')?.description).toBe('later');
  });

  test('of those that ship is a copy of one’s own, with its picture', async () => {
    const { character, warnings } = await edit('mr-darcy', { description: 'mine' });
    expect(character).toMatchObject({ id: 'mr-darcy-2', source: 'own', description: 'mine' });
    expect(warnings).toEqual(['another card is named Mr. Darcy; this one plays as mr-darcy-2']);
    expect(library.character('mr-darcy')?.source).toBe('shipped');
    expect(await files()).toEqual(['mr-darcy-2.png', 'mr-darcy-2.yaml']);
  });

  test('that is broken stays as it was', async () => {
    await drop('ada.json', '{"name": "Ada"}');
    await library.refresh();
    await expect(edit('ada', { name: 'Narrator' })).rejects.toThrow('a voice of the stage');
    expect((await bytesOf('ada.json')).toString()).toBe('{"name": "Ada"}');
    const { card } = await kept('ada');
    await expect(library.save(card, { id: 'nobody' })).rejects.toThrow('there is no card nobody');
  });

  test('saved many times at once is the last one', async () => {
    await drop('ada.json', '{"name": "Ada"}');
    await library.refresh();
    const { card } = await kept('ada');
    const texts = Array.from({ length: 10 }, (_, at) => `draft ${at}`);
    await Promise.all(texts.map((description) => library.save({ ...card, description }, { id: 'ada' })));
    expect(library.character('ada')?.description).toBe('draft 9');
    expect(await files()).toEqual(['ada.json']);
  });
});

test('a file with several characters becomes a card for each, once', async () => {
  const list = Buffer.from('[{"name": "Ada"}, {"name": "Grace"}]');
  const { character, warnings } = await library.add('list.json', list);
  expect(character.id).toBe('ada');
  expect(warnings).toContain('the file holds others, who came too: Grace');
  await library.add('list.json', list);
  expect(await files()).toEqual(['ada.yaml', 'grace.yaml']);
  await drop('list.json', list);
  await library.refresh();
  expect(library.problems()).toEqual([
    expect.stringMatching(/^list\.json: holds 2 characters: `dramatis cards/),
  ]);
});

test('a name of letters that take two places, cut in the middle of one, is a file name still', async () => {
  const { character } = await library.add(
    'x.json',
    Buffer.from(JSON.stringify({ name: `a${'𐌰'.repeat(40)}` })),
  );
  expect(character.id).toBe(`a${'𐌰'.repeat(29)}`);
  expect(await files()).toEqual([`${character.id}.json`]);
});

test('a card too large for YAML that leaves its PNG is kept as JSON', async () => {
  const entries = Array.from({ length: 6 }, () => ({
    keys: ['x'],
    content: 'y'.repeat(99_000),
    enabled: true,
  }));
  await drop('ada.png', pngCard({ chara: { data: { name: 'Ada', character_book: { entries } } } }));
  await library.refresh();
  await library.save((await kept('ada')).card, { id: 'ada', picture: JPEG });
  expect(await files()).toEqual(['ada.jpg', 'ada.json']);
});

test('a card too large for YAML is kept as JSON', async () => {
  const { card } = await kept('mr-darcy');
  const entries = Array.from({ length: 7 }, () => ({
    ...{ keys: ['x'], content: 'word '.repeat(19_000), enabled: true, constant: false },
  }));
  const { character } = await library.save({ ...card, name: 'Ada', character_book: { entries } });
  expect(await files()).toEqual(['ada.json']);
  expect(character.book.entries).toHaveLength(7);
});

describe('deleting', () => {
  test('takes the card and the picture beside it, and nothing else', async () => {
    await drop('ada.yaml', 'name: Ada');
    await drop('ada.webp', 'picture');
    await drop('ada-lovelace.json', '{"name": "Ada Lovelace"}');
    await library.refresh();
    expect(await library.remove('ada')).toBe(true);
    expect(await files()).toEqual(['ada-lovelace.json']);
    expect(library.character('ada')).toBeUndefined();
    expect(await library.remove('ada')).toBe(false);
  });

  test('leaves a picture that is the face of another card too', async () => {
    await drop('ada.json', '{"name": "Ada"}');
    await drop('ada.yaml', 'name: Ada of the mill');
    await drop('ada.png', PICTURE);
    await library.refresh();
    expect(await library.remove('ada')).toBe(true);
    expect(await files()).toEqual(['ada.png', 'ada.yaml']);
    await library.save((await kept('ada-of-the-mill')).card, { id: 'ada-of-the-mill', picture: null });
    expect(await files()).toEqual(['ada.yaml']);
  });

  test('what ships stays', async () => {
    expect(await library.remove('mr-darcy')).toBe(false);
    expect(library.character('mr-darcy')).toBeDefined();
  });
});

test('without a folder nothing is kept, and what ships can be read whole', async () => {
  const shippedOnly = await openLibrary({ shippedDir });
  const { card } = await kept('mr-darcy');
  expect((await shippedOnly.card('mr-darcy'))?.card).toEqual(card);
  await expect(shippedOnly.save(card)).rejects.toThrow('there is no folder for own cards');
  expect(await shippedOnly.remove('mr-darcy')).toBe(false);
  expect(shippedOnly.worlds()).toEqual([]);
  await shippedOnly.close();
});
