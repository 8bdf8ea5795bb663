import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const repositories: string[] = [];
afterAll(() => {
  for (const folder of repositories) rmSync(folder, { recursive: true });
});

/** A repository with our launcher and lock, its modules linked in, and a program of one's own. */
function createRepository(program: string, files: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'dramatis-run-'));
  repositories.push(folder);
  for (const path of ['scripts', 'package.json', 'package-lock.json', 'vitest.config.ts', '.env.example']) {
    cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  for (const [path, text] of Object.entries({ 'src/cli.ts': program, ...files })) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function launch(repository: string, args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}) {
  const child = spawn(process.execPath, [join(repository, 'scripts', 'run.mjs'), ...args], {
    cwd: options.cwd ?? repository,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return Object.assign(child, { ended: collect(child) });
}

async function collect(child: ChildProcess) {
  const text = { out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (chunk) => {
    text.out += chunk;
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk) => {
    text.err += chunk;
  });
  const [code, signal]: (number | string | null)[] = await once(child, 'close');
  return { ...text, code, signal };
}

describe('the program', () => {
  test('gets its arguments, and its exit code and output are passed on', async () => {
    const repository = createRepository(
      'const args: string[] = process.argv.slice(2); console.log(JSON.stringify(args)); process.exitCode = 2;',
    );
    const end = await launch(repository, ['play', '--json', 'a b', '--tool']).ended;
    expect(end).toEqual({ out: '["play","--json","a b","--tool"]\n', err: '', code: 2, signal: null });
  });

  test('runs where it was called from, but start and doctor run at home', async () => {
    const repository = createRepository('console.log(process.cwd());');
    const cwd = mkdtempSync(join(tmpdir(), 'dramatis-elsewhere-'));
    repositories.push(cwd);
    for (const [command, place] of [
      ['inspect', cwd],
      ['start', repository],
      ['doctor', repository],
    ] as const) {
      expect((await launch(repository, [command], { cwd }).ended).out).toBe(`${place}\n`);
    }
  });

  test('runs on Node 24 or later', async () => {
    const repository = createRepository('console.log(process.versions.node);');
    const { out } = await launch(repository, []).ended;
    expect(Number.parseInt(out, 10)).toBeGreaterThanOrEqual(24);
  });

  test('is given .env, which what is set already overrules', async () => {
    const repository = createRepository('console.log(process.env.SERVERS, process.env.OWNER_IDS);', {
      '.env': 'SERVERS=1\nOWNER_IDS="2"\n',
    });
    expect((await launch(repository, [], { env: { SERVERS: '3' } }).ended).out).toBe('3 2\n');
  });

  test('shows warnings, but not that what it is built on is experimental', async () => {
    const repository = createRepository(`
      process.emitWarning('SQLite is an experimental feature and might change at any time', 'ExperimentalWarning');
      process.emitWarning('Type Stripping is an experimental feature and might change', 'ExperimentalWarning');
      process.emitWarning('Telepathy is an experimental feature', 'ExperimentalWarning');
      process.emitWarning('old', 'DeprecationWarning');
    `);
    const { err } = await launch(repository, []).ended;
    expect(err).toContain('ExperimentalWarning: Telepathy');
    expect(err).toContain('DeprecationWarning: old');
    expect(err).not.toMatch(/SQLite|Type Stripping/);
  });

  const waits = `
    process.on('SIGTERM', () => { console.log('told to end'); process.exit(7); });
    setInterval(() => {}, 1000);
    console.log('ready');
  `;

  test.skipIf(process.platform === 'win32')('is told to end, and ends as it chooses', async () => {
    const child = launch(createRepository(waits), []);
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await child.ended).toMatchObject({ out: 'ready\ntold to end\n', code: 7 });
  });

  test.skipIf(process.platform === 'win32')('ends in good order where its launcher is killed', async () => {
    const child = launch(createRepository(waits), []);
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    expect(await child.ended).toMatchObject({ out: 'ready\ntold to end\n', signal: 'SIGKILL' });
  });

  test.skipIf(process.platform === 'win32')('dies of a signal, and so does its launcher', async () => {
    const repository = createRepository("process.kill(process.pid, 'SIGKILL');");
    expect(await launch(repository, []).ended).toMatchObject({ code: null, signal: 'SIGKILL' });
  });
});

describe('installing', () => {
  /** Stands where npm's own file would: notes how it was called, and does as it is told. */
  const npm = (does: string) => `
    import fs from 'node:fs';
    fs.writeFileSync('called.json', JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd() }));
    console.log('added packages');
    ${does}
  `;

  test('is done once, from the lock, before the program runs, with progress on stderr', async () => {
    const repository = createRepository("console.log('plays');", {
      'bin/npm-cli.js': npm(
        `fs.symlinkSync(${JSON.stringify(join(root, 'node_modules'))}, 'node_modules', 'dir');`,
      ),
    });
    rmSync(join(repository, 'node_modules'));
    const env = { npm_execpath: join(repository, 'bin', 'npm-cli.js') };

    const first = await launch(repository, ['play'], { cwd: tmpdir(), env }).ended;
    expect(first).toMatchObject({ out: 'plays\n', code: 0 });
    expect(first.err).toMatch(/^Installing [^\n]+\nadded packages\nInstalled in \d+ s\.\n$/);
    const called = JSON.parse(readFileSync(join(repository, 'called.json'), 'utf8'));
    expect(called.cwd).toBe(repository);
    expect(called.args).toEqual(expect.arrayContaining(['ci', '--omit=dev', '--include=optional']));

    rmSync(join(repository, 'called.json'));
    expect(await launch(repository, ['play'], { env }).ended).toMatchObject({ out: 'plays\n', err: '' });
    expect(existsSync(join(repository, 'called.json'))).toBe(false);
  });

  test('that fails stops with what to do', async () => {
    const repository = createRepository('', { 'bin/npm-cli.js': npm('process.exit(9);') });
    rmSync(join(repository, 'node_modules'));
    const end = await launch(repository, [], { env: { npm_execpath: join(repository, 'bin', 'npm-cli.js') } })
      .ended;
    expect(end).toMatchObject({ out: '', code: 1 });
    expect(end.err).toContain('Installing failed');
  });
});

describe('the tools', () => {
  test('an unknown one is bad use', async () => {
    const end = await launch(createRepository(''), ['--tool', 'saw']).ended;
    expect(end).toMatchObject({ code: 2, out: '' });
    expect(end.err).toContain('There is no tool saw: test, check');
  });

  test("test prints the runner's own count, alone on the last line, and fails with it", async () => {
    const vitest = "import { expect, test } from 'vitest';";
    const repository = createRepository('', {
      'test/a.test.ts': `${vitest} test('fits', () => expect(1).toBe(1)); test.skip('later', () => {});`,
      'test/b.test.ts': `${vitest} test('fits not', () => expect(1).toBe(2));`,
      'test/c.test.ts': "import './gone.ts';",
      'test/d.test.ts': `${vitest} test('no token', () => expect(process.env.DISCORD_TOKEN).toBeUndefined());`,
    });
    const end = await launch(repository, ['--tool', 'test', 'test'], { env: { DISCORD_TOKEN: 'mine' } })
      .ended;
    expect(end.out).toMatch(/\n2 passed, 2 failed, 1 skipped\n$/);
    expect(end.code).toBe(1);

    const good = await launch(repository, ['--tool', 'test', 'test/d.test.ts']).ended;
    expect(good.out).toMatch(/\n1 passed, 0 failed\n$/);
    expect(good.code).toBe(0);
  });
});
