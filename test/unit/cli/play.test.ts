import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { play } from '../../../src/cli/play/play.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { startModelDouble } from '../../doubles/model/model-double.ts';
import { listed } from '../../support/listed-command.ts';
import { beatsOf } from './beats-of.ts';
import { captureIo } from './capture.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramatis-play-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

type RunOptions = { readonly stdin?: string; readonly env?: Record<string, string> };

/** `dramatis play …` in this process. */
async function run(args: readonly string[], { stdin = '', env = {} }: RunOptions = {}) {
  const { io, out, err } = captureIo(stdin, { env });
  const code = await runCli(['play', ...args], [listed('play', play)], io);
  return { code, stdout: out(), stderr: err() };
}

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe('play --turns', () => {
  test('goes on where the script of the scene has ended, and another seed goes another way', async () => {
    const runs = [];
    for (const seed of ['1', '2']) {
      const played = await run(['--turns', '40', '--json', '--seed', seed]);
      expect(beatsOf(played).filter(({ kind }) => kind === 'line')).toHaveLength(40);
      runs.push(played.stdout);
    }
    expect(runs[0]).not.toBe(runs[1]);
  });

  test('shows what is hidden only with --xray, and plays the same with it', async () => {
    const args = ['--turns', '12', '--json', '--seed', '3'];
    const plain = await run(args);
    const xray = await run([...args, '--xray']);
    const layers = beatsOf(xray).flatMap(({ hidden }) =>
      hidden ? [...hidden.thoughts, ...(hidden.systemThinking ? [hidden.systemThinking] : [])] : [],
    );
    expect(layers.length).toBeGreaterThan(3);
    for (const layer of layers) expect(plain.stdout).not.toContain(JSON.stringify(layer).slice(1, -1));
    expect(beatsOf(xray).map(({ hidden: _, ...beat }) => beat)).toEqual(beatsOf(plain));
  });

  test('plays a cast without a scene of its own', async () => {
    const played = await run(['--cast', 'Holmes, Watson', '--turns', '6', '--json', '--seed', '1']);
    expect(played.code).toBe(0);
    const speakers = new Set(
      beatsOf(played)
        .filter(({ kind }) => kind === 'line')
        .map(({ speaker }) => speaker),
    );
    expect([...speakers].sort()).toEqual(['Dr. Watson', 'Sherlock Holmes']);
  });

  test('as text reads like a scene', async () => {
    const played = await run(['--turns', '4', '--seed', '1']);
    expect(played.code).toBe(0);
    expect(played.stdout).toMatch(/^With .+\.$/m);
    expect(played.stdout).toContain('scripted demo');
    expect(played.stdout).not.toContain('\u001b');
  });
});

describe('play with lines that are typed', () => {
  test('from a file: words, a choice and commands, each when the scene rests', async () => {
    const script = await file(
      'lines.txt',
      'Good evening to you all.\n\n1\n/cast\n/sumon Holmes\n/scene end\nToo late.\n',
    );
    const played = await run(['--script', script, '--json', '--as', 'Ada', '--seed', '1']);
    expect(played.code).toBe(0);
    const spoken = beatsOf(played).filter(({ speaker }) => speaker === 'Ada');
    expect(spoken.map(({ text }) => text)).toContain('Good evening to you all.');
    expect(played.stderr).toContain('On stage: ');
    expect(played.stderr).toContain('Did you mean /summon?');
    expect(played.stdout).not.toContain('Too late');
  });

  test('from a pipe, to its end', async () => {
    const played = await run(['--seed', '1', '--as', 'Ada'], {
      stdin: 'Good evening.\nAnd good night.',
    });
    expect(played.code).toBe(0);
    expect(played.stdout).toContain('Ada: Good evening.');
    expect(played.stdout).toContain('Ada: And good night.');
  });

  test('five million characters in one line harm nothing', async () => {
    const stdin = `${'<system_thinking>x '.repeat(280_000)}\nAnd now?\n`;
    const played = await run(['--json', '--as', 'Ada'], { stdin });
    expect(played.code).toBe(0);
    expect(played.stdout).toContain('"text":"And now?"');
    expect(played.stdout.length).toBeLessThan(200_000);
    expect(played.stderr).not.toContain('at ');
  });
});

describe('play --resume', () => {
  test('goes on with the scene that was kept', async () => {
    const env = { STORE_URL: `sqlite://${join(folder, 'kept.db')}` };
    const first = await run(['--resume', 'one', '--json', '--as', 'Ada'], {
      stdin: 'I remember.\n',
      env,
    });
    const second = await run(['--resume', 'one', '--as', 'Ada'], { stdin: 'So do I.\n', env });
    expect([first.code, second.code]).toEqual([0, 0]);
    expect(second.stdout).toContain('Ada: I remember.');
    expect(second.stdout).toContain('Ada: So do I.');
    const third = await run(['--resume', 'one', '--json'], { stdin: 'Still.\n', env });
    const last = beatsOf(first).at(-1)?.beat ?? 0;
    expect(beatsOf(third)[0]?.beat).toBeGreaterThan(last);
    expect(third.stdout).not.toContain('I remember.');
  });
});

describe('play with a model', () => {
  test('shows nothing that is hidden, and tells no mind what another thinks', async () => {
    const model = await startModelDouble();
    const env = { OPENAI_BASE_URL: model.url, MODEL: 'double-1' };
    const args = ['--cast', 'Holmes, Watson', '--turns', '6', '--json', '--seed', '1'];
    const played = await run(args, { env });
    const xray = await run([...args, '--xray'], { env });
    await model.close();
    expect([played.code, xray.code]).toEqual([0, 0]);
    expect(beatsOf(played).filter(({ kind }) => kind === 'line')).toHaveLength(6);
    expect(model.canaries.plan.length).toBeGreaterThan(6);
    expect(played.stdout + played.stderr).not.toMatch(/PLAN-CANARY|THOUGHT-CANARY/);
    expect(xray.stdout).toMatch(/"hidden":\{"systemThinking":"PLAN-CANARY/);
    for (const prompt of model.prompts) expect(prompt.promptText).not.toContain('PLAN-CANARY');
  });

  test('a turn that cannot be shown is neutral, and N lines are played all the same', async () => {
    let drafts = 0;
    const model = await startModelDouble({
      // The director's questions are answered; the first two drafts of a turn are worth nothing.
      script: ({ body }) =>
        body.response_format === undefined && ++drafts <= 2 ? '<system_thinking>never closed' : undefined,
    });
    const env = { OPENAI_BASE_URL: model.url, MODEL: 'double-1' };
    const played = await run(['--cast', 'Holmes', '--turns', '3', '--json'], { env });
    await model.close();
    expect(played.code).toBe(0);
    expect(played.stderr).toContain('*the moment passes*');
    expect(beatsOf(played).filter(({ kind }) => kind === 'line')).toHaveLength(3);
  });
});

test('--list names scenes and characters', async () => {
  const { code, stdout } = await run(['--list', '--json']);
  expect(code).toBe(0);
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(rows.filter((row) => 'scene' in row).length).toBeGreaterThanOrEqual(2);
  expect(rows).toContainEqual({ character: 'sherlock-holmes', name: 'Sherlock Holmes', source: 'shipped' });
  expect((await run(['--list'])).stdout).toMatch(/^ +sherlock-holmes +Sherlock Holmes$/m);
});

describe('what cannot be', () => {
  test.each([
    [['--scene', 'xyzzy'], /--scene: There is no scene “xyzzy”/],
    [['--scene', 'no/such/scene.yaml'], /--scene: there is no file no\/such\/scene\.yaml/],
    [['--scene', tmpdir()], /--scene: .* is a folder/],
    [['--cast', 'Sherlok'], /--cast: Nobody here is called “Sherlok”\. Did you mean Sherlock Holmes\?/],
    [['--cast', ' , '], /--cast takes names/],
    [['--script', 'no-such-file'], /--script: no-such-file cannot be read/],
    [['--turns', 'many'], /--turns takes a whole number/],
    [['--loud'], /Unknown option '--loud'; --help/],
  ])('%j is one clear line and exit code 2', async (args, expected) => {
    const { code, stdout, stderr } = await run(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(expected);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('a script that is no text is not typed', async () => {
    const picture = fileURLToPath(new URL('../../../characters/mr-darcy.png', import.meta.url));
    const { code, stdout, stderr } = await run(['--script', picture]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^dramatis play: --script: .*mr-darcy\.png is no text: .*\n$/);
  });

  test('a scene file that is broken names its field', async () => {
    const broken = await file(
      'broken.yaml',
      'id: x\ntitle: X\nsetting: here\ncast: [nobody]\nplayer: {name: A}\n',
    );
    const { code, stderr } = await run(['--scene', broken]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^dramatis play: --scene: broken.yaml: .*nobody/);
  });

  test('a bad setting is one clear line and exit code 2', async () => {
    const { code, stderr } = await run(['--turns', '1'], { env: { PORT: 'high' } });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^dramatis play: PORT must be a number.*\n$/);
  });

  test('an endpoint that is down, asked for its models', async () => {
    const { code, stderr } = await run(['--turns', '1'], {
      env: { OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' },
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^dramatis play: Nothing can be reached at .*127\.0\.0\.1:1/);
  });
});

test('a scene file plays, be it with one character only', async () => {
  const scene = await file(
    'well.yaml',
    'id: x\ntitle: X\nsetting: A quay.\ncast: [dr-watson]\nplayer: {name: Ada}\n',
  );
  const { code, stdout } = await run(['--scene', scene, '--turns', '3', '--json']);
  expect(code).toBe(0);
  expect(stdout.match(/"kind":"line","speaker":"Dr. Watson"/g)).toHaveLength(3);
});

describe('play --chat', () => {
  const rows = [
    { user_name: 'Mara', character_name: 'Mr. Darcy' },
    { name: 'Mr. Darcy', is_user: false, mes: '<think>PLAN-OF-OLD</think>*bows* "You are late."' },
    { name: 'Mara', is_user: true, mes: 'The roads.' },
    { name: 'Mr. Darcy', is_user: false, mes: '<role_thinking>SECRET-OF-OLD</role_thinking>So I see.' },
  ];
  const jsonl = (lines: readonly object[]) => lines.map((row) => JSON.stringify(row)).join('\n');

  test('goes on with a chat of another program, under the name that was borne there', async () => {
    const chat = await file('evening.jsonl', jsonl(rows));
    const played = await run(['--chat', chat, '--json'], { stdin: 'Good evening.\n' });
    const beats = beatsOf(played);
    expect(beats.slice(0, 4).map(({ speaker, text }) => [speaker, text])).toEqual([
      ['Mr. Darcy', '*bows* You are late.'],
      ['Mara', 'The roads.'],
      ['Mr. Darcy', 'So I see.'],
      ['Mara', 'Good evening.'],
    ]);
    expect(beats[4]?.speaker).toBe('Mr. Darcy');
    expect(played.stdout + played.stderr).not.toMatch(/PLAN-OF-OLD|SECRET-OF-OLD/);
  });

  test.each([
    ['a file that is no chat', '{}', 'holds no chat'],
    [
      'a chat in which nobody speaks who has a card',
      jsonl([{ name: 'Pew', mes: 'Coach!' }]),
      'There speak: Pew.',
    ],
  ])('tells of %s in one line', async (_what, text, told) => {
    const { code, stderr } = await run(['--chat', await file('other.jsonl', text)]);
    expect(code).toBe(2);
    expect(stderr).toContain(told);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('goes neither with a scene nor without a player', async () => {
    const chat = await file('evening.jsonl', jsonl(rows));
    expect((await run(['--chat', chat, '--turns', '3'])).code).toBe(2);
    expect((await run(['--chat', chat, '--scene', 'x'])).code).toBe(2);
  });
});
