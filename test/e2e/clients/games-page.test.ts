import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { SOON } from '../../support/soon.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PAGE = readFileSync(join(ROOT, 'docs/games.md'), 'utf8');

/** The fenced blocks of the page, in their order; `as` is what follows the language. */
const BLOCKS = [...PAGE.matchAll(/^```(\w+) ?(\w*)\n(.*?)^```$/gmsu)].map(
  ([, language = '', as = '', text = '']) => ({
    language,
    as,
    text,
  }),
);
const textOf = (language: string, as = '') =>
  BLOCKS.filter((block) => block.language === language && block.as === as)
    .map(({ text }) => text)
    .join('\n');

const folder = mkdtempSync(join(tmpdir(), 'dramatis-games-page-'));
const env = {
  PATH: process.env['PATH'],
  HOME: folder,
  GAME: folder,
  DISCORD_TOKEN: '',
  OPENAI_BASE_URL: '',
  MODEL: 'understudy',
  STORE_URL: `sqlite://${join(folder, 'stage.db')}`,
  PORT: '0',
  npm_config_update_notifier: 'false',
  npm_config_offline: 'true',
};

let stage: ChildProcess;
let url: string;
let token: string;
/** What a reader does, from the first shell block on. */
beforeAll(async () => {
  stage = spawn('bash', ['-c', textOf('sh', 'stage')], { cwd: ROOT, env, detached: true });
  let told = '';
  for (const out of [stage.stdout, stage.stderr])
    out?.setEncoding('utf8').on('data', (text: string) => {
      told += text;
    });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const { stdout } = await run('bash', ['-ec', `${textOf('sh')}\necho "TOKEN=$TOKEN"`], { cwd: ROOT, env });
  token = /^TOKEN=(\S+)$/mu.exec(stdout)?.[1] ?? '';
  expect(stdout).toContain('Bess Harrow');
  await vi.waitFor(() => expect(told).toContain('in a browser.'), { timeout: 60_000 });
  url = /http:\/\/127\.0\.0\.1:\d+/u.exec(told)?.[0] ?? '';
}, 120_000);
afterAll(async () => {
  if (stage.exitCode === null && stage.pid !== undefined) {
    const ended = once(stage, 'close');
    process.kill(-stage.pid, 'SIGTERM');
    await ended;
  }
  rmSync(folder, { recursive: true });
});

const atThisStage = (text: string) => text.replaceAll('http://127.0.0.1:4680', url);

describe('“In your game in an hour”', () => {
  let printed = '';

  test('its program runs as it stands', async () => {
    writeFileSync(join(folder, 'game.js'), atThisStage(textOf('js')));
    const { stdout, stderr } = await run(process.execPath, [join(folder, 'game.js')], {
      env: { ...env, TOKEN: token },
    });
    expect(stderr).toBe('');
    printed = stdout;
    expect(printed).toContain('mrs-hudson');
    expect(printed).toContain('playing Baker Street as Ada');
    expect(printed).toMatch(/^Mrs\. Hudson: Good evening to you, and wipe your feet\.$/mu);
    expect(printed).toMatch(/^Mrs\. Hudson plays the animation reach$/mu);
    expect(printed).toMatch(/^AI state behind line \d+: \S/mu);
    expect(printed).toMatch(/^Before the cup goes on as web:\w+$/mu);
    expect(printed).toMatch(/^refused \(player\): A witness was never in this scene/mu);
  });

  test('its command line listens', async () => {
    const [, scene = ''] = /goes on as (web:\w+)/u.exec(printed) ?? [];
    const listening = spawn('bash', ['-c', atThisStage(textOf('sh', 'listen'))], {
      env: { ...env, TOKEN: token, SCENE: scene },
      detached: true,
    });
    let heard = '';
    listening.stdout.setEncoding('utf8').on('data', (text: string) => {
      heard += text;
    });
    await expect.poll(() => heard, SOON).toContain('data: {"type":"opened"');
    const ended = once(listening, 'close');
    if (listening.pid !== undefined) process.kill(-listening.pid, 'SIGTERM');
    await ended;
    expect(heard).toContain('data: {"type":"hello"');
  });

  test.each([
    ['gdscript', 'clients/godot/example.gd'],
    ['csharp', 'clients/unity/KitchenExample.cs'],
  ])('its %s is that of the example', (language, file) => {
    expect(textOf(language)).not.toBe('');
    expect(readFileSync(join(ROOT, file), 'utf8')).toContain(textOf(language));
  });

  test('has no block that no test knows', () => {
    expect(new Set(BLOCKS.map(({ language }) => language))).toEqual(
      new Set(['sh', 'js', 'gdscript', 'csharp']),
    );
  });
});
