import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { beatSchema } from '../../../src/scene/beat.ts';
import { openEntries } from '../../../src/store/keyv-entries.ts';
import { createSceneStore } from '../../../src/store/keyv-store.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { SceneStore } from '../../../src/store/scene-store.ts';
import { ENTRY_KINDS } from '../../../src/store/sealed/entry-kinds.ts';
import { createSqliteAdapter } from '../../../src/store/sqlite-adapter.ts';
import { openSqliteFile, purgeDatabase } from '../../../src/store/sqlite-file.ts';
import { allStored } from '../../e2e/discord/privacy/stored-words.ts';
import { backedUp, bytesOf, placesIn } from './disk.ts';
import {
  BEAT_FIELDS,
  createMarkers,
  ID,
  markersIn,
  NAME,
  PERSON,
  plantedBeats,
  SCENE,
  SERVER,
} from './person.ts';
import { DOCUMENTS, leftIn, plant } from './plant.ts';

const KEY = Buffer.alloc(32, 0x5a);
const folder = mkdtempSync(join(tmpdir(), 'dramatis-privacy-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The same database without sealing: its bytes are read as they are. */
function openUnsealed(file: string): SceneStore {
  const { database, close } = openSqliteFile(file);
  return createSceneStore({
    open: (kind) => openEntries(createSqliteAdapter(database, kind)),
    purge: async () => purgeDatabase(database),
    close: async () => close(),
  });
}

describe.each([
  ['sealed', (file: string) => openStore(`sqlite://${file}`, [KEY])],
  ['not sealed', async (file: string) => openUnsealed(file)],
])('on SQLite, %s', (name, open) => {
  const file = join(folder, `${name.replaceAll(' ', '-')}.db`);

  test('a person is erased from every row, the write-ahead log, backups and logs', async () => {
    const store = await open(file);
    const { engine, markers, logged } = await plant(store);
    const places = placesIn(file);
    const everything = async () => ({
      rows: await allStored(store),
      backup: backedUp(file, KEY, places),
      log: logged.join('\n'),
      ...bytesOf(file, KEY, places),
    });

    const before = await everything();
    const all = [...markers, ...NAME.split(' '), ID];
    expect(markersIn(before.rows)).toEqual(expect.arrayContaining(all));
    expect(markersIn(before.backup)).toEqual(expect.arrayContaining(all));
    const wal = Object.entries(before).find(([one]) => one.endsWith('-wal'))?.[1] ?? '';
    expect(markersIn(wal)).toEqual(expect.arrayContaining(all));
    // A log holds no words; that one would be found in it is shown by one.
    expect(markersIn(`${before.log}\n${markers[0]}`)).toEqual([markers[0]]);

    // It plays: what is in memory is derived from the same words.
    expect((await engine.info(SCENE))?.players.map(({ actor }) => actor.id)).toContain(PERSON);
    await engine.privacy.erase(ID);
    await engine.idle(SCENE);
    for (const [where, text] of Object.entries(await everything())) {
      expect({ where, left: leftIn(text) }).toEqual({ where, left: [] });
    }
    // What memory holds is what the log holds now.
    const info = await engine.info(SCENE);
    expect(leftIn(JSON.stringify([info, await engine.replay(SCENE)]))).toEqual([]);
    expect(leftIn(JSON.stringify(await engine.backstage.mind(SCENE, 'wenna')))).toEqual([]);

    await engine.close();
    await store.close();
    for (const [where, text] of Object.entries(bytesOf(file, KEY, places))) {
      expect({ where, left: leftIn(text) }).toEqual({ where, left: [] });
    }
  });

  test('a scene whose time is over, and a server that was left, leave nothing', async () => {
    const store = await open(`${file}2`);
    const { engine, markers } = await plant(store);
    const places = placesIn(`${file}2`);
    expect(markersIn(await allStored(store))).toEqual(expect.arrayContaining([...markers]));
    expect(await engine.privacy.eraseServer(SERVER)).toBe(1);
    const left = [await allStored(store), ...Object.values(bytesOf(`${file}2`, KEY, places))].join('\n');
    expect(left.match(/MARK\d+x/g)).toBeNull();
    expect(left).not.toContain(SERVER);
    await engine.close();
    await store.close();
  });
});

test('an erasure that was cut short is finished by the next sweep', async () => {
  const store = await openStore('memory:');
  let writes = 0;
  const failing: SceneStore = {
    ...store,
    async rewrite(scene, beat) {
      writes += 1;
      if (writes === 9) throw new Error('the process ended here');
      await store.rewrite(scene, beat);
    },
  };
  const { engine } = await plant(failing);
  await expect(engine.privacy.erase(ID)).rejects.toThrow('the process ended here');
  expect(markersIn(await allStored(store)).length).toBeGreaterThan(3);
  await engine.privacy.sweep();
  const left = (await allStored(store)).replaceAll(`consent/${ID}`, '');
  expect(markersIn(left)).toEqual([]);
  await engine.close();
});

describe('the list of what can hold words', () => {
  test('names every kind of document', () => {
    expect(Object.keys(DOCUMENTS).sort()).toEqual(ENTRY_KINDS.filter((kind) => kind !== 'beat').sort());
  });

  test('names every text field of every beat, and a marker is planted in each that holds any', () => {
    const { say, word, used } = createMarkers();
    const planted = JSON.parse(JSON.stringify(plantedBeats({ say, word, used }))) as unknown[];
    const filled = new Set(
      planted.flatMap((beat) =>
        [...texts(beat)].filter(([, text]) => markersIn(text).length > 0).map(([path]) => path),
      ),
    );
    const fields = textFields(z.toJSONSchema(beatSchema, { io: 'input', unrepresentable: 'any' }));
    expect(fields.size).toBeGreaterThan(10);
    for (const field of fields) {
      const holds = BEAT_FIELDS[field];
      expect({ field, known: holds !== undefined }).toEqual({ field, known: true });
      if (holds === 'words' || holds === 'name') expect([...filled]).toContain(field);
    }
    expect([...Object.keys(BEAT_FIELDS)].filter((field) => !fields.has(field))).toEqual([]);
  });
});

/** Every text of a JSON value with its path, list places left out. */
function* texts(value: unknown, path = ''): Generator<[string, string]> {
  if (typeof value === 'string') yield [path, value];
  else if (Array.isArray(value)) for (const one of value) yield* texts(one, path);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value))
      yield* texts(inner, path === '' ? key : `${path}.${key}`);
  }
}

type Schema = {
  readonly type?: unknown;
  readonly const?: unknown;
  readonly enum?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
};

function textFields(schema: unknown, path = ''): Set<string> {
  const { type, properties = {}, items, anyOf = [], oneOf = [], ...rest } = schema as Schema;
  const found = new Set<string>();
  const textual = type === 'string' || typeof rest.const === 'string' || rest.enum !== undefined;
  if (textual) found.add(path);
  const inner = [
    ...Object.entries(properties).map(([key, one]) => textFields(one, path === '' ? key : `${path}.${key}`)),
    ...[...anyOf, ...oneOf, ...(items ? [items] : [])].map((one) => textFields(one, path)),
  ];
  for (const some of inner) for (const field of some) found.add(field);
  return found;
}
