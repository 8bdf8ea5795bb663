import { afterEach, expect, test } from 'vitest';
import { createModelOffers } from '../../../src/cli/start/model-offers.ts';
import { deadUrl, startModelDouble } from '../../doubles/model/model-double.ts';
import { playHouse } from '../../support/play-house.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function offersWith(settings: Parameters<typeof createModelOffers>[1]) {
  const { engine } = await playHouse();
  return { engine, ...createModelOffers(engine, settings, new AbortController().signal) };
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
