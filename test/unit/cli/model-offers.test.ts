import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createModelOffers, type OfferedFiles } from '../../../src/cli/start/model-offers.ts';
import { createGgufFiles } from '../../../src/model/gguf/gguf-files.ts';
import { createModelLibrary } from '../../../src/model/gguf/named/model-library.ts';
import { namedModel } from '../../doubles/gguf/mirror.ts';
import { deadUrl, startModelDouble } from '../../doubles/model/model-double.ts';
import { playHouse } from '../../support/play-house.ts';
import { createStandIn } from '../model/gguf/stand-in.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function offersWith(settings: Parameters<typeof createModelOffers>[1], from?: OfferedFiles) {
  const { engine } = await playHouse();
  return { engine, ...createModelOffers(engine, settings, new AbortController().signal, from) };
}

test('what was typed in plays all parts, once it has answered', async () => {
  const model = await startModelDouble({ models: ['double-1'], apiKey: 'sk-right' });
  closing.push(model.close);
  const { engine, connect } = await offersWith({ understudyForced: false });
  expect(await connect({ url: model.url, key: 'sk-right' })).toEqual({ model: 'double-1' });
  const { actor, director, narrator } = engine.models();
  expect([actor?.name, director?.name, narrator?.name]).toEqual(['double-1', 'double-1', 'double-1']);
});

test.each([
  ['a wrong key', (url: string) => ({ url, key: 'sk-wrong', model: 'double-1' }), /refused the key/],
  ['no address', () => ({ url: 'nonsense', model: 'x' }), /must begin with http/],
  ['a file of this machine', () => ({ url: 'file:///etc/passwd', model: 'x' }), /must begin with http/],
  ['a file without a name', () => ({ url: 'file:///etc/passwd' }), /must begin with http/],
])('%s is told, and the cast stays as it was', async (_what, choice, expected) => {
  const model = await startModelDouble({ apiKey: 'sk-right' });
  closing.push(model.close);
  const { engine, connect } = await offersWith({ understudyForced: false });
  await expect(connect(choice(model.url))).rejects.toThrow(expected);
  expect(engine.models().actor).toBeUndefined();
});

test('an address where nobody answers is told', async () => {
  const { engine, connect } = await offersWith({ understudyForced: false });
  await expect(connect({ url: await deadUrl() })).rejects.toThrow(/Nothing can be reached/);
  expect(engine.models().actor).toBeUndefined();
});

test('a bare key is offered with where it goes and that it costs', async () => {
  const { offers } = await offersWith({ bareKey: 'sk-bare', understudyForced: false });
  expect(await offers()).toContainEqual({
    id: expect.stringMatching(/^openai-key\//),
    model: expect.any(String),
    where: 'api.openai.com',
    cost: expect.stringContaining('costs money'),
  });
});

test('with MODEL=understudy nothing is looked for', async () => {
  const { offers } = await offersWith({ understudyForced: true });
  expect(await offers()).toEqual([]);
});

test('an offer that is gone is told', async () => {
  const { connect } = await offersWith({ understudyForced: false });
  const offer = { id: 'ollama/gone', model: 'gone', where: 'this machine', cost: 'free' };
  await expect(connect({ offer })).rejects.toThrow(/not there any more/);
});

/** One model that was downloaded, and a stand-in for what plays it. */
async function downloaded(toInstall: () => Promise<string | undefined> = async () => undefined) {
  const folder = await mkdtemp(join(tmpdir(), 'dramatis-models-'));
  closing.push(() => rm(folder, { recursive: true }));
  const model = namedModel(Buffer.from('GGUF'));
  const { signal } = new AbortController();
  const named = createModelLibrary({ models: [model], folder, signal, toInstall });
  const standIn = createStandIn({ trainedContext: 2048 });
  const files = createGgufFiles(standIn.host);
  closing.push(files.close);
  return { named, files, standIn, put: () => writeFile(join(folder, model.file), 'GGUF') };
}

test('a named model is offered once it is there, and plays all parts once it has answered', async () => {
  const { named, files, standIn, put } = await downloaded();
  const { engine, offers, connect } = await offersWith({ understudyForced: false }, { named, files });
  const ours = async () => (await offers()).filter(({ id }) => id.startsWith('gguf/'));
  expect(await ours()).toEqual([]);
  await put();
  const [offer] = await ours();
  expect(offer).toEqual({ id: 'gguf/tiny', model: 'Tiny Instruct', where: 'this machine', cost: 'free' });
  if (!offer) throw new Error('no offer');
  const connecting = connect({ offer });
  const asked = await standIn.next();
  asked.say('ready');
  asked.end();
  expect(await connecting).toEqual({ model: 'Tiny Instruct' });
  const { actor, director, narrator } = engine.models();
  expect([actor?.name, director?.name, narrator?.name]).toEqual(Array(3).fill('Tiny Instruct'));
  expect(actor?.contextSize).toBe(2048);
  // It is loaded once, and stays.
  expect(standIn.events.filter((event) => event === 'load')).toHaveLength(1);
  expect(standIn.events).not.toContain('unload');
});

test('a named model that cannot be played is told, and the cast stays as it was', async () => {
  const { named, files, standIn, put } = await downloaded();
  const { engine, connect } = await offersWith({ understudyForced: false }, { named, files });
  const offer = { id: 'gguf/tiny', model: 'Tiny Instruct', where: 'this machine', cost: 'free' };
  await expect(connect({ offer })).rejects.toThrow(/not there any more/);
  await put();
  const connecting = connect({ offer });
  (await standIn.next()).fail(new Error('it is cut short or damaged'));
  await expect(connecting).rejects.toThrow(/cut short or damaged/);
  expect(engine.models().actor).toBeUndefined();
});

test('without the package a file that is there is not offered', async () => {
  const { named, files, put } = await downloaded(async () => 'Install it.');
  await put();
  const { offers } = await offersWith({ understudyForced: false }, { named, files });
  expect((await offers()).filter(({ id }) => id.startsWith('gguf/'))).toEqual([]);
});
