import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apps } from '../../../../src/cli/apps/apps.ts';
import { runCli } from '../../../../src/cli/run-cli.ts';
import { createApplicationShelf } from '../../../../src/stage/web/applications/application-shelf.ts';
import { openStore, openStoreBeside } from '../../../../src/store/open-store.ts';
import type { SceneStore } from '../../../../src/store/scene-store.ts';
import { listed } from '../../../support/listed-command.ts';
import { captureIo } from '../capture.ts';

const folder = mkdtempSync(join(tmpdir(), 'dramatis-apps-'));
const STORE_URL = `sqlite://${join(folder, 'scenes.db')}`;

/** The stage: it has the store open all the while. */
let stage: SceneStore;
beforeAll(async () => {
  stage = await openStore(STORE_URL);
});
afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});

async function run(args: readonly string[], url = STORE_URL) {
  const { io, out, err } = captureIo('', { env: { MODEL: 'understudy', STORE_URL: url } });
  return { code: await runCli(['apps', ...args], [listed('apps', apps)], io), out: out(), err: err() };
}

describe('dramatis apps', () => {
  test('makes a token while the stage runs, which knows it; the token is nowhere on the disk', async () => {
    const { code, out, err } = await run([
      'add',
      'The tavern',
      '--scopes',
      'play, peek',
      '--origin',
      'http://localhost:8080',
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/^drm_[\w-]{43}\n$/u);
    expect(err).toContain('The tavern (');
    expect(err).not.toContain(out.trim());
    const found = await createApplicationShelf(stage).ofToken(out.trim());
    expect(found).toMatchObject({
      name: 'The tavern',
      scopes: ['play', 'peek'],
      origins: ['http://localhost:8080'],
    });
    for (const file of readdirSync(folder)) {
      expect(readFileSync(join(folder, file), 'latin1')).not.toContain(out.trim().slice(4));
    }
  });

  test('lists them, without tokens, and says when each was last let in', async () => {
    const shelf = createApplicationShelf(stage, () => Date.UTC(2026, 4, 31));
    const made = await shelf.add({ name: 'The mill', scopes: [], origins: [] });
    if (!made) throw new Error('the name was free');
    expect((await run(['list'])).out).toContain('never used');
    await shelf.noteUse(made.application);
    const { out } = await run(['list', '--json']);
    const { applications } = JSON.parse(out) as { applications: object[] };
    expect(applications).toContainEqual({
      id: made.application.id,
      name: 'The mill',
      scopes: [],
      origins: [],
      createdAt: Date.UTC(2026, 4, 31),
      lastUsed: '2026-05-31',
    });
    expect(out).not.toMatch(/drm_|hash/u);
  });

  test('removes one, and the stage knows it no more', async () => {
    const added = await run(['add', 'Soon gone', '--json']);
    const { id, token, scopes } = JSON.parse(added.out) as { id: string; token: string; scopes: string[] };
    expect(scopes).toEqual(['play']);
    expect(JSON.parse((await run(['remove', id, '--json'])).out)).toMatchObject({
      removed: { name: 'Soon gone' },
    });
    expect(await createApplicationShelf(stage).ofToken(token)).toBeUndefined();
    expect((await run(['remove', id])).code).toBe(1);
  });

  test.each([
    [['add', 'the TAVERN'], 1, 'already'],
    [['add'], 2, 'one name'],
    [['add', 'a', 'b'], 2, 'one name'],
    [['add', ' '], 2, 'needs a name'],
    [['add', 'x', '--scopes', 'play,admin'], 2, 'admin stays with the page'],
    [['add', 'x', '--scopes', 'fly'], 2, 'no scope “fly”'],
    [['add', 'x', '--origin', 'localhost:8080'], 2, 'An origin reads like'],
    [['add', 'x', '--origin', 'http://game.example/path'], 2, 'An origin reads like'],
    [['give'], 2, 'say add, list or remove'],
    [['list', 'x'], 2, 'takes no names'],
  ] as const)('%j is refused in one line', async (args, code, why) => {
    const outcome = await run(args);
    expect(outcome).toMatchObject({ code, out: '' });
    expect(outcome.err).toContain(why);
    expect(outcome.err.trim().split('\n')).toHaveLength(1);
  });

  test('a store in memory is of one process alone', async () => {
    expect(await run(['list'], 'memory:')).toMatchObject({
      code: 2,
      err: expect.stringContaining('set STORE_URL'),
    });
  });
});

test('a store beside the stage makes nothing of it undone: what each writes, the other reads', async () => {
  const beside = await openStoreBeside(STORE_URL);
  await beside.put('application', 'one', { by: 'beside' });
  await stage.put('application', 'two', { by: 'stage' });
  expect(await stage.get('application', 'one')).toEqual({ by: 'beside' });
  expect(await beside.get('application', 'two')).toEqual({ by: 'stage' });
  await beside.close();
  await stage.put('application', 'one', { by: 'stage' });
  expect(await stage.get('application', 'one')).toEqual({ by: 'stage' });
});
