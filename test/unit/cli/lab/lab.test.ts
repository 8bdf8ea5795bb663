import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lab } from '../../../../src/cli/lab/lab.ts';
import { runCli } from '../../../../src/cli/run-cli.ts';
import { renderKeepsakeHtml } from '../../../../src/engine/keepsake/render-keepsake-html.ts';
import { renderKeepsakeMarkdown } from '../../../../src/engine/keepsake/render-keepsake-markdown.ts';
import type { Origin } from '../../../../src/scene/beat.ts';
import { openStore } from '../../../../src/store/open-store.ts';
import { listed } from '../../../support/listed-command.ts';
import { playHouse } from '../../../support/play-house.ts';
import { sampleKeepsake } from '../../engine/keepsake/sample-keepsake.ts';
import { captureIo } from '../capture.ts';

const folder = mkdtempSync(join(tmpdir(), 'dramatis-lab-'));
afterAll(() => rmSync(folder, { recursive: true }));
const STORE_URL = `sqlite://${join(folder, 'lab.db')}`;

async function run(...args: string[]) {
  const { io, out, err } = captureIo('', { env: { MODEL: 'understudy', STORE_URL } });
  return { code: await runCli(['lab', ...args], [listed('lab', lab)], io), out: out(), err: err() };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

beforeAll(async () => {
  const store = await openStore(STORE_URL);
  const { engine } = await playHouse({ store });
  const owner = { id: 'p1', name: 'Mara' };
  await engine.start({ id: 'web:mine', stage: 'web', owner, setting: 'A quay.' });
  await engine.start({ id: 'web:mixed', stage: 'web', owner, setting: 'A quay.' });
  await engine.idle('web:mixed');
  const beats = await Array.fromAsync(store.read('web:mixed#1'));
  const [first] = beats;
  if (first) await store.append('web:mixed#1', { ...first, n: beats.length + 1, origin: 'discord' });
  const discord = await store.get('scene', 'web:mine');
  await store.put('scene', 'discord:1', {
    ...Object(discord),
    id: 'discord:1',
    log: 'discord:1#1',
    origin: 'discord',
  });
  await store.put('scene', 'web:unsaid', {
    ...Object(discord),
    id: 'web:unsaid',
    log: 'web:unsaid#1',
    origin: undefined,
  });
  await engine.close();
  await store.close();
});

describe('dramatis lab export', () => {
  test('says in its help that nothing of Discord is exported, and why', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(out).toMatch(/Nothing that came through Discord is ever exported/);
    expect(out).toMatch(/No flag and no setting overrides this/);
  });

  test('refuses every scene with a beat of Discord or of an unknown origin', async () => {
    const { code, out, err } = await run('export');
    expect(code).toBe(1);
    expect(out).toBe('web:mine: local, may be used\n');
    expect(err.match(/^\S+(?=: refused)/gm)?.sort()).toEqual(['discord:1', 'web:mixed', 'web:unsaid']);
  });

  test('takes a scene that was played here', async () => {
    expect(await run('export', 'web:mine')).toEqual({
      code: 0,
      out: 'web:mine: local, may be used\n',
      err: '',
    });
  });

  test.each(['--force', '--allow-discord', '--origin=local', '--yes'])('knows no %s', async (flag) => {
    const { code, out, err } = await run('export', 'discord:1', flag);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err.trim()).not.toContain('\n');
  });

  test('an unknown scene and an unreadable file are one clear line', async () => {
    expect(await run('export', 'web:nowhere')).toMatchObject({ code: 2, out: '' });
    expect(await run('export', '--file', join(folder, 'none.md'))).toMatchObject({ code: 1, out: '' });
  });
});

describe.each([
  ['html', renderKeepsakeHtml],
  ['md', renderKeepsakeMarkdown],
] as const)('a keepsake as .%s', (ending, render) => {
  const keepsake = (origin: Origin) =>
    file(`${origin}.${ending}`, String(render(sampleKeepsake({ origin }))));

  test('of Discord is refused by export and by synth', async () => {
    expect((await run('export', '--file', keepsake('discord'))).code).toBe(1);
    expect((await run('synth', keepsake('discord'))).code).toBe(1);
  });

  test('of a scene that was played here is taken by both', async () => {
    expect((await run('export', '--file', keepsake('local'))).code).toBe(0);
    expect((await run('synth', keepsake('local'))).code).toBe(0);
  });
});

test('synth takes a text of one’s own; as a keepsake it counts as Discord’s', async () => {
  const own = file('novel.txt', 'It was a dark and stormy night.');
  expect((await run('synth', own)).code).toBe(0);
  expect((await run('export', '--file', own)).code).toBe(1);
});
