import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLibrary } from '../../../src/cast/library/library.ts';
import type { Library } from '../../../src/cast/library/library-api.ts';
import { createApplicationShelf } from '../../../src/stage/web/applications/application-shelf.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { SOON } from '../../support/soon.ts';
import { openWebHouse, type WebHouse } from '../../unit/stage/web/web-house.ts';
import { add } from '../applications/dialling.ts';

const path = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url));

let library: Library;
let house: WebHouse;
let token: string;
beforeAll(async () => {
  const store = await openStore('memory:');
  library = await openLibrary({ shippedDir: path('characters'), ownDir: path('clients/tavern/characters') });
  house = await openWebHouse(library, { store });
  token = await add(createApplicationShelf(store), 'The tavern', ['play', 'direct', 'peek']);
});
afterAll(async () => {
  await house.close();
  await library.close();
});

/** The demo as a process of its own. */
function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [path('clients/tavern/tavern.ts'), ...args], {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const told = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    told.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told.err += text;
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, told, ended };
}

/** To its end. */
async function tavern(...args: readonly string[]) {
  const { told, ended } = start(...args);
  return { code: await ended, ...told };
}

describe('the tavern', () => {
  test('plays its evening on a stage; what one alone noticed is in that mind alone', async () => {
    const { code, out, err } = await tavern('--url', house.url, '--token', token, '--once', '--tick', '10');
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toMatch(/Tobin Reed +scheming +\[drink\] +“Fine night for a secret\.”/u);
    expect(out).toMatch(/thinks: She never heard it for the rain/u);

    const scene = /It was scene (\S+)\./u.exec(out)?.[1] ?? '';
    const mindOf = async (card: string) => JSON.stringify(await house.engine.backstage.mind(scene, card));
    const minds = {
      bess: await mindOf('bess-harrow'),
      tobin: await mindOf('tobin-reed'),
      sela: await mindOf('sela-marsh'),
    };
    const who = (words: string) =>
      Object.entries(minds).flatMap(([id, mind]) => (mind.includes(words) ? [id] : []));
    expect(who('A mug slides off the bar')).toEqual(['tobin']);
    expect(who('hand moves to the strap')).toEqual(['sela']);
    expect(who('Fine night for a secret.')).toEqual(['bess', 'tobin', 'sela']);
    expect(who('She never heard it for the rain')).toEqual(['tobin']);
    expect(who('The door bangs open')).toEqual(['bess', 'tobin', 'sela']);
  });

  test('brings a stage of its own, without a model', async () => {
    const { code, out, err } = await tavern('--once', '--tick', '10');
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toMatch(/Bess Harrow +calm +\[point\]/u);
    expect(out).toMatch(/Bess Harrow +busy +\[light\]/u);
  });

  test('ends after so many frames', async () => {
    const { code, out } = await tavern('--frames', '3', '--tick', '1', '--url', house.url, '--token', token);
    expect(code).toBe(0);
    expect(out).toMatch(/^frame +1\n/u);
    expect(out).not.toMatch(/^frame +4/mu);
  });

  test('says what is wrong', async () => {
    expect(await tavern('--frames', 'many')).toMatchObject({
      code: 2,
      err: expect.stringContaining('frames:'),
    });
    expect(await tavern('--url', house.url)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--token'),
    });
    expect(await tavern('--url', house.url, '--token', 'x'.repeat(43))).toMatchObject({
      code: 1,
      err: expect.stringContaining('no stage'),
    });
  });

  test('goes on drawing while its stage is away, and ends when it is told to', async ({ onTestFinished }) => {
    const store = await openStore('memory:');
    const own = await openWebHouse(library, { store });
    const ownToken = await add(createApplicationShelf(store), 'The tavern', ['play', 'direct', 'peek']);
    const { child, told, ended } = start('--url', own.url, '--token', ownToken, '--tick', '100');
    onTestFinished(() => void child.kill('SIGKILL'));
    await expect.poll(() => told.out, SOON).toContain('frame    1');
    await own.close();
    // What happens next waits for the stage to come back.
    await expect.poll(() => told.out, SOON).toContain('The door bangs open');
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(told.err).toBe('');
  });
});
