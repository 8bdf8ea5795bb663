import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createModelLibrary } from '../../../../src/model/gguf/named/model-library.ts';
import { addressOf, MODELS_URL, shippedModels } from '../../../../src/model/gguf/named/named-models.ts';
import { hashOf, namedModel, startMirror } from '../../../doubles/gguf/mirror.ts';
import { deadUrl } from '../../../doubles/model/model-double.ts';

/** More than what a socket holds at once. */
const CONTENT = Buffer.alloc(3_000_000, 'GGUF of this test, ');
const MODEL = namedModel(CONTENT);
const { id, file } = MODEL;

async function libraryWith(more: Partial<Parameters<typeof createModelLibrary>[0]> = {}) {
  const mirror = await startMirror(CONTENT);
  const folder = await mkdtemp(join(tmpdir(), 'dramatis-models-'));
  const ending = new AbortController();
  onTestFinished(async () => {
    ending.abort();
    await mirror.close();
    await rm(folder, { recursive: true });
  });
  const library = createModelLibrary({
    models: [MODEL],
    base: mirror.url,
    folder,
    signal: ending.signal,
    toInstall: async () => undefined,
    ...more,
  });
  const progress: [number, number][] = [];
  return {
    library,
    mirror,
    folder,
    progress,
    ending,
    fetch: () => library.fetch(id, (bytes, of) => progress.push([bytes, of])),
    files: () => readdirSync(folder).sort(),
    state: async () => (await library.list())[0],
  };
}

test('nothing is asked of anybody before a download', async () => {
  const { library, mirror, files, state } = await libraryWith();
  expect(await state()).toMatchObject({ state: 'absent', bytes: 0, of: CONTENT.byteLength, coming: false });
  expect(await library.settings(id)).toBeUndefined();
  expect([mirror.requests, files()]).toEqual([[], []]);
});

test('a model comes whole, with progress, and is then there', async () => {
  const { library, mirror, folder, progress, fetch, files, state } = await libraryWith();
  expect(await fetch()).toBe(true);
  expect(files()).toEqual([file]);
  expect(hashOf(readFileSync(join(folder, file)))).toBe(MODEL.sha256);
  expect(progress[0]).toEqual([0, CONTENT.byteLength]);
  expect(progress.at(-1)).toEqual([CONTENT.byteLength, CONTENT.byteLength]);
  expect(await state()).toMatchObject({ state: 'there', coming: false });
  expect(await library.settings(id)).toMatchObject({
    name: 'Tiny Instruct',
    baseUrl: expect.stringMatching(/^file:.*tiny-q8_0\.gguf$/),
  });
  expect(mirror.requests).toEqual([
    { path: '/someone/Tiny-GGUF/resolve/abc123/tiny-q8_0.gguf', range: undefined },
  ]);
  // Once more asks nobody.
  expect(await fetch()).toBe(true);
  expect(mirror.requests).toHaveLength(1);
});

test('a download that was cut off is told, and goes on from there', async () => {
  const { mirror, folder, progress, fetch, files, state } = await libraryWith();
  mirror.fault({ cutAfter: 1_000_000 });
  await expect(fetch()).rejects.toThrow(/Tiny Instruct broke off after \d+ (MB|kB) of 3 MB: go on with it/);
  expect(files()).toEqual([`${file}.part`, `${file}.part.etag`]);
  const came = (await state())?.bytes ?? 0;
  expect(await state()).toMatchObject({ state: 'partly', coming: false });
  expect(came).toBeGreaterThan(0);
  expect(came).toBeLessThan(CONTENT.byteLength);
  progress.length = 0;
  expect(await fetch()).toBe(true);
  expect(mirror.requests[1]?.range).toBe(`bytes=${came}-`);
  expect(progress[0]).toEqual([came, CONTENT.byteLength]);
  expect(hashOf(readFileSync(join(folder, file)))).toBe(MODEL.sha256);
  expect(files()).toEqual([file]);
});

test.each([
  ['does not go on where it ended', { ignoresRange: true }],
  ['has nothing behind it', { status: 416 }],
] as const)('a server that %s is asked for all of it', async (_what, fault) => {
  const { mirror, fetch, files } = await libraryWith();
  mirror.fault({ cutAfter: 1_000_000 }, fault);
  await expect(fetch()).rejects.toThrow(/broke off/);
  expect(await fetch()).toBe(true);
  expect(files()).toEqual([file]);
});

test('a part that came whole before the program ended is looked at, and not asked for', async () => {
  const { mirror, folder, fetch, files } = await libraryWith();
  writeFileSync(join(folder, `${file}.part`), CONTENT);
  expect(await fetch()).toBe(true);
  expect([mirror.requests, files()]).toEqual([[], [file]]);
});

test('silence counts as broken off', async () => {
  const { mirror, fetch, state } = await libraryWith({ silenceMs: 200 });
  mirror.fault({ holdAfter: 1_000_000 });
  await expect(fetch()).rejects.toThrow(/broke off after/);
  expect(await state()).toMatchObject({ state: 'partly' });
});

test('what was stopped stays, and goes on', async () => {
  const { library, mirror, progress, fetch, state } = await libraryWith();
  mirror.fault({ holdAfter: 1_000_000 });
  const coming = fetch();
  await expect.poll(() => progress.length).toBeGreaterThan(1);
  // Who asks meanwhile waits with the first.
  const second = fetch();
  expect(await state()).toMatchObject({ coming: true });
  await library.stop(id);
  expect(await Promise.all([coming, second])).toEqual([false, false]);
  expect(await state()).toMatchObject({ state: 'partly', coming: false });
  expect(await fetch()).toBe(true);
  expect(mirror.requests).toHaveLength(2);
});

test('the end of the program ends a download', async () => {
  const { mirror, progress, ending, fetch } = await libraryWith();
  mirror.fault({ holdAfter: 1_000_000 });
  const coming = fetch();
  await expect.poll(() => progress.length).toBeGreaterThan(1);
  ending.abort(new Error('The program ends.'));
  expect(await coming).toBe(false);
});

test('other bytes than listed are deleted, and that is said', async () => {
  const { mirror, fetch, files, state } = await libraryWith();
  mirror.serve(Buffer.alloc(CONTENT.byteLength, 'something else'));
  await expect(fetch()).rejects.toThrow(/came with another SHA-256 than it should have, and was deleted/);
  expect(files()).toEqual([]);
  expect(await state()).toMatchObject({ state: 'absent' });
});

test('a part of another file does not become part of this one', async () => {
  const { mirror, folder, fetch, files } = await libraryWith();
  writeFileSync(join(folder, `${file}.part`), 'something else');
  await expect(fetch()).rejects.toThrow(/another SHA-256/);
  expect(mirror.requests[0]?.range).toBe('bytes=14-');
  expect(files()).toEqual([]);
  expect(await fetch()).toBe(true);
});

test('another size is told before anything is written', async () => {
  const { mirror, fetch, files } = await libraryWith();
  mirror.serve(CONTENT.subarray(1));
  await expect(fetch()).rejects.toThrow(/is 2999999 bytes large there and should be 3000000/);
  expect(files()).toEqual([]);
});

test.each([
  [404, /has no Tiny Instruct where it is looked for \(404\)/],
  [403, /does not give Tiny Instruct out \(403\)/],
  [503, /does not give Tiny Instruct out \(503\).*try it later/],
])('an answer of %i is told in one line', async (status, expected) => {
  const { mirror, fetch, files } = await libraryWith();
  mirror.fault({ status });
  await expect(fetch()).rejects.toThrow(expected);
  expect(files()).toEqual([]);
});

test('nobody there is told', async () => {
  const { fetch } = await libraryWith({ base: await deadUrl() });
  await expect(fetch()).rejects.toThrow(/^127\.0\.0\.1:\d+ cannot be reached/);
});

test('a disk without room for it is told before anything is written', async () => {
  const { fetch, files } = await libraryWith({ freeBytes: async () => 2_000_000 });
  await expect(fetch()).rejects.toThrow(/needs 3 MB more, and the disk of .* has 2 MB left: make room first/);
  expect(files()).toEqual([]);
});

test.skipIf(!existsSync('/dev/full'))('a disk that fills up meanwhile is told', async () => {
  const { folder, fetch } = await libraryWith();
  symlinkSync('/dev/full', join(folder, `${file}.part`));
  await expect(fetch()).rejects.toThrow(/^The disk of .* is full: make room, then go on with Tiny Instruct$/);
});

test('a folder that cannot be written to is told', async () => {
  const { folder } = await libraryWith();
  writeFileSync(join(folder, 'a-file'), '');
  const { fetch } = await libraryWith({ folder: join(folder, 'a-file', 'models') });
  await expect(fetch()).rejects.toThrow(/a-file.models cannot be written to \(ENOTDIR\)/);
});

test('redirects within the mirror are followed', async () => {
  const { mirror, fetch } = await libraryWith();
  mirror.fault({ redirect: '/elsewhere/here.gguf' });
  expect(await fetch()).toBe(true);
  expect(mirror.requests.map(({ path }) => path)[1]).toBe('/elsewhere/here.gguf');
});

test.each([
  'https://evil.example/x.gguf',
  'https://models.example.evil.example/x.gguf',
  'https://cdn.example/x.gguf',
  'http://models.example/x.gguf',
  'https://models.example:8443/x.gguf',
  'https://someone:secret@models.example/x.gguf',
  'https://169.254.169.254/latest/meta-data',
  'file:///etc/passwd',
  'http://[nonsense',
])('a redirect to %s is not followed', async (redirect) => {
  const { mirror, fetch, files } = await libraryWith();
  mirror.fault({ redirect });
  await expect(fetch()).rejects.toThrow(
    /redirects to where models are not fetched from: nothing was downloaded/,
  );
  expect(files()).toEqual([]);
});

test('a redirect to another port of this machine is not followed', async () => {
  const other = await startMirror(CONTENT);
  onTestFinished(other.close);
  const { mirror, fetch } = await libraryWith();
  mirror.fault({ redirect: `${other.url}/x.gguf` });
  await expect(fetch()).rejects.toThrow(/not fetched from/);
  expect(other.requests).toEqual([]);
});

test('redirects without end are left', async () => {
  const { mirror, fetch } = await libraryWith();
  mirror.fault(...Array.from({ length: 9 }, () => ({ redirect: '/again' })));
  await expect(fetch()).rejects.toThrow(/redirects again and again/);
  expect(mirror.requests).toHaveLength(6);
});

test('an entry without size and hash is checked by what its server announces', async () => {
  const { bytes: _bytes, sha256: _sha256, ...unknown } = MODEL;
  const { mirror, fetch, files, state } = await libraryWith({ models: [unknown] });
  expect((await state())?.of).toBeUndefined();
  mirror.fault({ untold: true });
  await expect(fetch()).rejects.toThrow(/does not tell size and SHA-256 of Tiny Instruct/);
  expect(files()).toEqual([]);
  // By the redirect, as Hugging Face does; what it leads to may have another tag.
  mirror.fault({ redirect: '/cdn' }, { untold: true });
  expect(await fetch()).toBe(true);
  expect(files()).toEqual([file]);
});

test('no other name is fetched', async () => {
  const { library, mirror } = await libraryWith();
  expect(() => library.fetch('../../etc/passwd', () => {})).toThrow(/There is no model/);
  await expect(library.stop('other')).rejects.toThrow(/There is no model/);
  expect(await library.settings('other')).toBeUndefined();
  expect(mirror.requests).toEqual([]);
});

test('without the package nothing is fetched', async () => {
  const { mirror, fetch } = await libraryWith({ toInstall: async () => 'Install it: npm i it' });
  await expect(fetch()).rejects.toThrow('Install it: npm i it');
  expect(mirror.requests).toEqual([]);
});

test('the list that ships is whole, and of free models', () => {
  const models = shippedModels();
  expect(models.length).toBeGreaterThan(1);
  expect(new Set(models.map((model) => model.id)).size).toBe(models.length);
  for (const model of models) {
    expect(model.licence).toBe('Apache-2.0');
    const { protocol, hostname } = addressOf(model, MODELS_URL);
    expect([protocol, model.hosts.includes(hostname)]).toEqual(['https:', true]);
  }
});
