import { afterEach, describe, expect, test } from 'vitest';
import { mcp } from '../../../src/cli/mcp/mcp.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import {
  type ApplicationShelf,
  createApplicationShelf,
} from '../../../src/stage/web/applications/application-shelf.ts';
import { newToken } from '../../../src/stage/web/applications/token.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { SceneStore } from '../../../src/store/scene-store.ts';
import { listed } from '../../support/listed-command.ts';
import { smallLibrary } from '../../support/small-library.ts';
import { captureIo } from '../../unit/cli/capture.ts';
import { openWebHouse, type WebHouse } from '../../unit/stage/web/web-house.ts';
import { add } from '../applications/dialling.ts';
import { type Agent, startAgent } from './agent.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function openStage(
  store?: SceneStore,
  port = 0,
): Promise<{ house: WebHouse; shelf: ApplicationShelf; store: SceneStore }> {
  const kept = store ?? (await openStore('memory:'));
  const house = await openWebHouse(smallLibrary(), { store: kept, port });
  return { house, shelf: createApplicationShelf(kept), store: kept };
}

async function join(house: WebHouse, token: string): Promise<Agent> {
  const agent = await startAgent(house.url, token);
  closing.push(agent.close);
  return agent;
}

/** The command as it is typed, up to its end. */
async function run(args: readonly string[], token?: string) {
  const env = token === undefined ? {} : { DRAMATIS_TOKEN: token };
  const { io, out, err } = captureIo('', { env });
  return { code: await runCli(['mcp', ...args], [listed('mcp', mcp)], io), out: out(), err: err() };
}

describe('dramatis mcp says what is wrong, on stderr alone', () => {
  test('no token, or what is none', async () => {
    expect(await run([])).toMatchObject({ code: 2, out: '', err: expect.stringContaining('DRAMATIS_TOKEN') });
    const junk = await run([], 'CANARY-not-a-token');
    expect(junk).toMatchObject({ code: 2, err: expect.stringContaining('holds no token') });
    expect(junk.err).not.toContain('CANARY');
    expect(await run(['--token-file', '/nowhere/at/all'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('ENOENT'),
    });
  });

  test('an address that is none', async () => {
    expect(await run(['--url', 'http://127.0.0.1/'], newToken())).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('ws://127.0.0.1:4680/stage'),
    });
  });

  test('no stage there, something else there, a token that it does not know', async () => {
    const { house } = await openStage();
    const token = newToken();
    const at = (path: string) => ['--url', `${house.url.replace('http', 'ws')}${path}`];
    const unknown = await run(at('/stage'), token);
    expect(unknown).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('does not know this token'),
    });
    expect(unknown.err).not.toContain(token);
    await house.close();
    expect(await run(at('/stage'), token)).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('No stage answers'),
    });
  });
});

test('a token offers what it may, and nothing else', async () => {
  const { house, shelf } = await openStage();
  closing.push(house.close);
  const offered = async (scopes: Parameters<typeof add>[2]) => {
    const agent = await join(house, await add(shelf, `May ${scopes.join()}`, scopes));
    return (await agent.client.listTools()).tools.map(({ name }) => name);
  };
  const watching = ['list_scenes', 'open_scene', 'listen', 'history'];
  expect(await offered([])).toEqual(watching);
  expect(await offered(['play'])).toEqual([...watching, 'say', 'act', 'whisper']);
  expect(await offered(['peek'])).toEqual([...watching, 'thoughts']);
});

test('a stage that goes away while a tool waits ends the wait; once it is back the agent goes on', async () => {
  const { house, shelf, store } = await openStage();
  const agent = await join(house, await add(shelf, 'Patient', ['play', 'direct']));
  const { scene } = await agent.call<{ scene: { id: string } }>('start_scene', {
    setting: 'A quay.',
    cast: ['tom'],
    as: { name: 'Ada' },
  });
  await agent.call('say', { text: 'Good evening.', addressed: ['tom'] });
  await agent.call('next_turn', { who: 'tom', seconds: 5 }).catch(() => {});
  await agent.call('listen', { seconds: 1 });
  const waiting = agent.told('listen', { seconds: 60 });
  const port = Number(new URL(house.url).port);
  await house.close();
  expect(await waiting).toMatchObject({ isError: true, text: expect.stringContaining('went away') });
  expect(await agent.told('history')).toMatchObject({
    isError: true,
    text: expect.stringContaining('No stage answers'),
  });

  const again = await openStage(store, port);
  closing.push(again.house.close);
  const { text, isError } = await agent.told('history');
  expect([isError, text]).toEqual([false, expect.stringContaining('Ada: Good evening.')]);
  const reopened = await agent.call<{ scene: { id: string; you: string } }>('open_scene', {
    scene: scene.id,
  });
  expect(reopened.scene).toMatchObject({ id: scene.id, you: 'Ada' });
  expect(agent.stderr()).toBe('');
});

test('a token that is removed puts the agent out', async () => {
  const { house, shelf } = await openStage();
  closing.push(house.close);
  const agent = await join(house, await add(shelf, 'Gone soon', ['play', 'direct']));
  await agent.call('start_scene', { setting: 'A quay.', cast: ['tom'] });
  await agent.call('listen', { seconds: 1 });
  const waiting = agent.told('listen', { seconds: 60 });
  await shelf.remove('Gone soon');
  expect(await waiting).toMatchObject({ isError: true, text: expect.stringContaining('token was removed') });
  expect(await agent.told('history')).toMatchObject({
    isError: true,
    text: expect.stringContaining('does not know this token'),
  });
});
