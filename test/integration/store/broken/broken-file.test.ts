import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, test } from 'vitest';
import type { Beat } from '../../../../src/scene/beat.ts';
import { openStore } from '../../../../src/store/open-store.ts';
import { type SceneStore, StoreError } from '../../../../src/store/scene-store.ts';
import { all, line, range } from '../../../contract/scene-store.ts';
import { SOON } from '../../../support/soon.ts';

const APPENDING = join(import.meta.dirname, '../../../unit/store/appending-process.ts');
const KEY = Buffer.alloc(32, 7);
const folder = mkdtempSync(join(tmpdir(), 'dramatis-broken-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function newFile(): string {
  files += 1;
  mkdirSync(join(folder, `${files}`));
  return join(folder, `${files}`, 'store.db');
}

const open = (file: string): Promise<SceneStore> => openStore(`sqlite://${file}`, [KEY]);
const words = (scene: string, n: number): Beat => line(n, `${scene} ${n} ${'and so on. '.repeat(10)}`);

/** A closed store of several scenes. */
async function storeOf(scenes: readonly string[], beats: number): Promise<string> {
  const file = newFile();
  const store = await open(file);
  for (const n of range(1, beats)) for (const scene of scenes) await store.append(scene, words(scene, n));
  await store.close();
  return file;
}

/** Beats up to the first that cannot be read. */
async function readable(store: SceneStore, scene: string): Promise<{ beats: Beat[]; error?: unknown }> {
  const beats: Beat[] = [];
  try {
    for await (const beat of store.read(scene)) beats.push(beat);
    return { beats };
  } catch (error) {
    return { beats, error };
  }
}

function overwrite(file: string, at: number, bytes: Uint8Array): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, bytes, 0, bytes.length, at);
  closeSync(descriptor);
}

describe('the file, while it is in use', () => {
  test('is removed: nothing is acknowledged any more that would be gone', async () => {
    const file = await storeOf(['a'], 3);
    const store = await open(file);
    await store.append('a', words('a', 4));
    rmSync(file);
    let n = 5;
    const outcome = () => store.append('a', words('a', n++)).then(() => 'stored', String);
    await expect.poll(outcome, SOON).toContain('was moved, removed or replaced');
    await expect(store.put('person', 'p', {})).rejects.toThrow(StoreError);
    await expect(store.remove('person', 'p')).rejects.toThrow(StoreError);
    await store.close();
  });

  test('is moved and put back: nothing is lost, and it goes on by itself', async () => {
    const file = await storeOf(['a'], 3);
    const store = await open(file);
    let n = 4;
    const next = async () => {
      await store.append('a', words('a', n));
      n += 1;
    };
    await next();
    renameSync(file, `${file}.away`);
    const outcome = () => next().then(() => 'stored', String);
    await expect.poll(outcome, SOON).toContain('was moved, removed or replaced');
    renameSync(`${file}.away`, file);
    await next();
    expect((await readable(store, 'a')).beats).toHaveLength(n - 1);
    await store.close();
    const again = await open(file);
    expect(await all(again.read('a'))).toEqual(range(1, n - 1).map((one) => words('a', one)));
    await again.close();
  });

  test('is replaced by another: neither is written to', async () => {
    const file = await storeOf(['a'], 3);
    copyFileSync(file, `${file}.other`);
    const store = await open(file);
    renameSync(`${file}.other`, file);
    const before = readFileSync(file);
    await expect
      .poll(() => store.put('person', 'p', {}).then(() => 'stored', String), SOON)
      .toContain('was moved, removed or replaced');
    expect(readFileSync(file).equals(before)).toBe(true);
    await store.close();
  });

  test('loses its log: the same', async () => {
    const file = await storeOf(['a'], 3);
    const store = await open(file);
    await store.put('person', 'p', {});
    rmSync(`${file}-wal`);
    await expect
      .poll(() => store.put('person', 'q', {}).then(() => 'stored', String), SOON)
      .toContain('was moved, removed or replaced');
    await store.close();
  });
});

describe('a disk that is full', () => {
  test.skipIf(process.platform === 'win32')(
    'to a process that may write no more: it says so, and what was acknowledged is there',
    async () => {
      const file = newFile();
      const limited = spawnSync(
        'bash',
        ['-c', 'ulimit -f 1000; exec "$@"', '-', process.execPath, APPENDING, `sqlite://${file}`],
        {
          encoding: 'utf8',
        },
      );
      expect(limited.stderr).toMatch(/its disk (?:is full|fails)/u);
      const acknowledged = limited.stdout.trim().split('\n').map(Number);
      expect(acknowledged.length).toBeGreaterThan(20);
      const store = await openStore(`sqlite://${file}`);
      const found = await all(store.read('s'));
      expect(found.length).toBeGreaterThanOrEqual(acknowledged.length);
      await store.append('s', line(found.length + 1, 'And on.'));
      await store.close();
    },
    30_000,
  );

  test.skipIf(!mayMount())('goes on by itself when there is room again', async () => {
    const place = join(folder, 'small');
    mkdirSync(place);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'none', place]);
    try {
      writeFileSync(join(place, 'other'), Buffer.alloc(1_200_000));
      const store = await open(join(place, 'store.db'));
      let n = 1;
      const refused = await (async () => {
        for (;;) {
          try {
            await store.append('a', words('a', n));
            n += 1;
          } catch (error) {
            return error;
          }
        }
      })();
      expect(String(refused)).toMatch(/Could not store beat \d+ of scene a: its disk is full/u);
      expect((await readable(store, 'a')).beats).toHaveLength(n - 1);
      rmSync(join(place, 'other'));
      for (const next of range(n, n + 20)) await store.append('a', words('a', next));
      await store.close();
      const again = await open(join(place, 'store.db'));
      expect(await all(again.read('a'))).toEqual(range(1, n + 20).map((one) => words('a', one)));
      await again.close();
    } finally {
      execFileSync('umount', [place]);
    }
  });
});

describe('bytes that changed', () => {
  const SCENES = ['a', 'b', 'c'];
  const whole = storeOf(SCENES, 120);

  test.each([0, 16, 20, 28])(
    'in the file’s header, at %i: it reads as it was, or is refused with what to do',
    async (at) => {
      const file = newFile();
      copyFileSync(await whole, file);
      overwrite(file, at, Buffer.from([0xff, 0xfe, 0xfd, 0xfc]));
      const outcome = await open(file).then(
        async (store) => {
          const beats = await Promise.all(SCENES.map((scene) => readable(store, scene)));
          await store.close();
          return beats.every(({ beats: { length }, error }) => error instanceof StoreError || length === 120)
            ? 'as it was'
            : 'other';
        },
        (error: unknown) => String(error),
      );
      expect(outcome).toMatch(/as it was|Cannot use the store .*damaged|OperatorError|StoreError/u);
      if (at === 0) expect(outcome).toMatch(/damaged: stop Dramatis and run dramatis doctor --repair/u);
    },
  );

  test('anywhere in the file: every beat is as it was written, or an error', async () => {
    const source = await whole;
    const { size } = statSync(source);
    let damaged = 0;
    for (let at = 4096 + 7; at < size; at += Math.floor(size / 40)) {
      const file = newFile();
      copyFileSync(source, file);
      overwrite(file, at, Buffer.from('DAMAGED-DAMAGED-DAMAGED!'));
      const store = await open(file).catch((error: unknown) => error);
      if (store instanceof Error) {
        damaged += 1;
        continue;
      }
      for (const scene of SCENES) {
        const { beats, error } = await readable(store as SceneStore, scene);
        expect(beats, `at ${at}`).toEqual(range(1, beats.length).map((n) => words(scene, n)));
        if (error === undefined) continue;
        damaged += 1;
        expect(error, `at ${at}`).toBeInstanceOf(StoreError);
      }
      await (store as SceneStore).close();
    }
    expect(damaged).toBeGreaterThan(10);
  }, 30_000);

  test('in the log of a process that was killed: each scene is as it was at some moment', async () => {
    const file = newFile();
    await killedAfter(file, 60);
    const log = `${file}-wal`;
    const { size } = statSync(log);
    for (let at = 40; at < size; at += Math.floor(size / 12)) {
      const copy = newFile();
      copyFileSync(file, copy);
      copyFileSync(log, `${copy}-wal`);
      if (existsSync(`${file}.key`)) copyFileSync(`${file}.key`, `${copy}.key`);
      overwrite(`${copy}-wal`, at, Buffer.from('DAMAGED'));
      const store = await openStore(`sqlite://${copy}`);
      const beats = await all(store.read('s'));
      expect(beats.map(({ n }) => n)).toEqual(range(1, beats.length));
      await store.append('s', line(beats.length + 1, 'And on.'));
      await store.close();
    }
  }, 30_000);
});

describe('a file that may not be written', () => {
  test.skipIf(!mayBecomeNobody())('is one clear line', async () => {
    const file = await storeOf(['a'], 1);
    for (const part of [folder, join(file, '..')]) chmodSync(part, 0o755);
    chmodSync(file, 0o444);
    const said = spawnSync(process.execPath, [APPENDING, `sqlite://${file}`], {
      ...asNobody(),
      encoding: 'utf8',
    });
    expect(said.stderr).toMatch(/OperatorError: Cannot use the store .*: its file may not be written/u);
    expect(said.status).toBe(1);
  });

  test('a folder in its place is one clear line', async () => {
    const file = newFile();
    mkdirSync(file);
    await expect(open(file)).rejects.toThrow(/Cannot use the store/u);
  });
});

describe('the key', () => {
  test('is another: the store is refused, and nothing is sealed with the wrong one', async () => {
    const file = await storeOf(['a'], 2);
    const before = readFileSync(file);
    await expect(openStore(`sqlite://${file}`, [Buffer.alloc(32, 9)])).rejects.toThrow(
      /sealed with the key [0-9a-f]{8}/u,
    );
    expect(readFileSync(file).equals(before)).toBe(true);
    const store = await open(file);
    expect(await all(store.read('a'))).toHaveLength(2);
    await store.close();
  });

  test('is removed while the store is in use: it goes on, and the next start is refused', async () => {
    const file = newFile();
    const store = await openStore(`sqlite://${file}`);
    await store.append('a', words('a', 1));
    const key = readFileSync(`${file}.key`);
    rmSync(`${file}.key`);
    await store.append('a', words('a', 2));
    await store.close();
    await expect(openStore(`sqlite://${file}`)).rejects.toThrow('its key is gone');
    expect(existsSync(`${file}.key`)).toBe(false);
    writeFileSync(`${file}.key`, key);
    const again = await openStore(`sqlite://${file}`);
    expect(await all(again.read('a'))).toHaveLength(2);
    await again.close();
  });
});

/** Kills a process with SIGKILL that has appended so many beats. */
async function killedAfter(file: string, beats: number): Promise<void> {
  const child: ChildProcess = spawn(process.execPath, [APPENDING, `sqlite://${file}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!child.stdout) throw new Error('It has no output.');
  const ended = once(child, 'exit');
  for await (const said of createInterface({ input: child.stdout })) if (Number(said) >= beats) break;
  child.kill('SIGKILL');
  await ended;
}

/** Root may write everywhere. */
function asNobody(): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
}

function mayBecomeNobody(): boolean {
  return process.platform !== 'win32' && spawnSync(process.execPath, ['-e', ''], asNobody()).status === 0;
}

function mayMount(): boolean {
  return (
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    spawnSync('mount', ['--version']).status === 0 &&
    mountsWork()
  );
}

/** Containers often forbid it, also to root. */
function mountsWork(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'dramatis-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', place]).status === 0;
  if (mounted) spawnSync('umount', [place]);
  rmSync(place, { recursive: true, force: true });
  return mounted;
}
