import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beatsOf } from '../../unit/cli/beats-of.ts';
import { dramatis, spawnDramatis } from './dramatis.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramatis-play-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('play --turns', () => {
  test('is exactly so many lines of characters, the same for the same seed, byte for byte', async () => {
    const args = ['play', '--turns', '8', '--json', '--seed', '1'];
    const [one, two] = [await dramatis(args), await dramatis(args)];
    expect(one.code).toBe(0);
    expect(one.stdout).toBe(two.stdout);
    const beats = beatsOf(one);
    expect(beats.filter(({ kind }) => kind === 'line')).toHaveLength(8);
    for (const beat of beats) {
      expect(Object.keys(beat)).toEqual(['beat', 'kind', 'speaker', 'text', 'segments']);
      for (const segment of beat.segments) expect(segment.kind).toMatch(/^(action|speech)$/);
    }
    const numbers = beats.map(({ beat }) => beat);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });
});

describe('play --resume', () => {
  test('a process that was killed goes on where it was, and loses no beat', async () => {
    const env = { STORE_URL: `sqlite://${join(folder, 'killed.db')}` };
    const args = ['play', '--resume', 'two', '--turns', '60', '--json', '--seed', '5'];
    const child = spawnDramatis(args, env);
    let before = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      before += text;
      if (before.split('\n').length > 5) child.kill('SIGKILL');
    });
    await once(child, 'close');
    const after = await dramatis(args, { env });
    expect(after.code).toBe(0);
    const whole = `${before.slice(0, before.lastIndexOf('\n') + 1)}${after.stdout}`;
    const beats = new Map(beatsOf({ stdout: whole }).map((beat) => [beat.beat, beat]));
    expect([...beats.values()].filter(({ kind }) => kind === 'line')).toHaveLength(60);
    const numbers = [...beats.keys()];
    const [first = 0, last = 0] = [numbers[0], numbers.at(-1)];
    const unseen = Array.from({ length: last - first + 1 }, (_, at) => first + at).filter(
      (n) => !beats.has(n),
    );
    // A beat is recorded before it is shown: the one that was between the two when the process died is in the
    // log, and nobody has seen it.
    const shown = beatsOf({ stdout: before.slice(0, before.lastIndexOf('\n') + 1) }).length;
    expect(unseen.filter((n) => n !== first + shown)).toEqual([]);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });
});

describe('what cannot be', () => {
  test('is one clear line and exit code 2', async () => {
    const { code, stdout, stderr } = await dramatis(['play', '--scene', 'xyzzy'], { env: { PORT: '1' } });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^dramatis play: --scene: There is no scene “xyzzy”.*\n$/);
  });

  test('a model that is down is one clear line and exit code 1', async () => {
    const env = { OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', MODEL: 'gone' };
    const { code, stdout, stderr } = await dramatis(['play', '--turns', '2', '--json'], { env });
    expect(code).toBe(1);
    expect(stdout).not.toContain('"kind":"line"');
    expect(stderr).toMatch(
      /^dramatis play: Nothing can be reached at .*127\.0\.0\.1:1.* Start the model server/m,
    );
    expect(stderr).not.toMatch(/^ +at /m);
  });
});

describe('the process', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends at %s with %i', async (signal, exitCode) => {
    const child = spawnDramatis(['play', '--json']);
    // The first beat says that it plays; stdin stays open.
    await once(child.stdout, 'data');
    child.kill(signal);
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code).toBe(exitCode);
  });

  test('does not mind when nobody reads on', async () => {
    const child = spawnDramatis(['play', '--turns', '400', '--json']);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code).toBe(0);
    expect(said).not.toContain('EPIPE');
  });
});
