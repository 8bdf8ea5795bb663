import { expect, onTestFinished, test } from 'vitest';
import { OperatorError } from '../../../../src/errors.ts';
import type { NamedModels } from '../../../../src/stage/web/house.ts';
import type { WireNamedModel } from '../../../../src/stage/web/model-shapes.ts';
import { smallLibrary } from '../../../support/small-library.ts';
import { joinStage } from './stage-client.ts';
import { openWebHouse } from './web-house.ts';

const TINY: WireNamedModel = {
  id: 'tiny',
  name: 'Tiny Instruct',
  bytes: 1000,
  licence: 'Apache-2.0',
  from: 'models.example',
  where: 'this machine',
  state: 'absent',
  have: 0,
  coming: false,
};

async function atThePage(models?: Partial<NamedModels>) {
  const list: NamedModels['list'] = async () => ({ models: [TINY], install: undefined });
  const named = { list, fetch: async () => {}, stop: async () => {}, ...models };
  const web = await openWebHouse(smallLibrary(), models ? { models: named } : {});
  onTestFinished(() => web.close());
  const client = await joinStage(web.url);
  client.send({ type: 'open' });
  await client.seen('opened');
  return { web, client };
}

test('named models are told with size, licence and where text goes', async () => {
  const { client } = await atThePage({});
  client.send({ type: 'models', re: 'm' });
  expect(await client.seen('models')).toEqual({ type: 'models', re: 'm', models: [TINY], installed: true });
});

test('what is missing to play them is told', async () => {
  const { client } = await atThePage({ list: async () => ({ models: [TINY], install: 'npm i it' }) });
  client.send({ type: 'models' });
  expect(await client.seen('models')).toMatchObject({ installed: false, install: 'npm i it' });
});

test('a download is told of a few times a second, to other pages as well, and answered when it ended', async () => {
  const { web, client } = await atThePage({
    async fetch(id, onProgress) {
      expect(id).toBe('tiny');
      for (let bytes = 0; bytes <= 1000; bytes += 1) onProgress(bytes, 1000);
    },
  });
  const other = await joinStage(web.url);
  await other.seen('hello');
  client.send({ type: 'model-fetch', model: 'tiny', re: 'f' });
  await client.seen('models', ({ re }) => re === 'f');
  await other.seen('models');
  for (const { received } of [client, other]) {
    const told = received.filter(({ type }) => type === 'model-progress');
    expect(told.at(0)).toEqual({ type: 'model-progress', model: 'tiny', bytes: 0, of: 1000 });
    expect(told.at(-1)).toEqual({ type: 'model-progress', model: 'tiny', bytes: 1000, of: 1000 });
    expect(told.length).toBeLessThan(20);
  }
});

test('a download that fails is an error that says what to do', async () => {
  const { client } = await atThePage({
    fetch: () => Promise.reject(new OperatorError('Make room first.')),
  });
  client.send({ type: 'model-fetch', model: 'tiny', re: 'f' });
  expect(await client.seen('error')).toMatchObject({
    re: 'f',
    code: 'operator',
    message: 'Make room first.',
  });
});

test('a download is stopped', async () => {
  const stopped = Promise.withResolvers<void>();
  const { client } = await atThePage({
    fetch: () => stopped.promise,
    stop: async () => stopped.resolve(),
  });
  client.send({ type: 'model-fetch', model: 'tiny', re: 'f' });
  client.send({ type: 'model-stop', model: 'tiny', re: 's' });
  expect(await client.seen('done')).toMatchObject({ re: 's' });
  await client.seen('models', ({ re }) => re === 'f');
});

test('a message has no room for an address', async () => {
  const { client } = await atThePage({});
  client.send({ type: 'model-fetch', model: 'tiny', url: 'http://127.0.0.1/', re: 'f' } as never);
  expect(await client.seen('error')).toMatchObject({ re: 'f', code: 'malformed' });
});

test('a stage without such models says that there are none', async () => {
  const { client } = await atThePage();
  client.send({ type: 'models' });
  expect(await client.seen('models')).toMatchObject({ models: [], installed: true });
});
