import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cards } from '../../../src/cli/cards/cards.ts';
import { runCli } from '../../../src/cli/run-cli.ts';

const file = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const DARCY = file('characters/mr-darcy.yaml');
const PILOT = file('test/fixtures/cards/pilot-v2.json');

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dramatis-cli-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function run(...args: string[]) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const io = { stdin: Readable.from([]), stdout, stderr, env: {}, signal: new AbortController().signal };
  const code = await runCli(['cards', ...args], [cards], io);
  stdout.end();
  stderr.end();
  return { code, out: await text(stdout), err: await text(stderr) };
}

async function broken(): Promise<string> {
  const path = join(dir, 'broken.json');
  await writeFile(path, '{"description": "nobody"}');
  return path;
}

test('validate: a line a file, exit code 1 where one is no card', async () => {
  const bad = await broken();
  expect(await run('validate', PILOT)).toEqual({
    code: 0,
    out: `ok   ${PILOT}: Ines Carrow (ines-carrow), 2 greetings, 3 examples, 0 declines, 0 lore entries\n`,
    err: '',
  });
  expect(await run('validate', PILOT, bad)).toMatchObject({
    code: 1,
    out: expect.stringContaining(`bad  ${bad}: field \`name\` is missing: give the card a name\n`),
  });
});

test('validate tells what was passed over, beside the verdict', async () => {
  const path = join(dir, 'odd.json');
  await writeFile(path, '{"name": "Ada", "tags": {"a": 1}}');
  const { code, err } = await run('validate', path);
  expect(code).toBe(0);
  expect(err).toBe('     Ada: field `tags` is not a list and was left out\n');
});

test('with --json stdout is one object', async () => {
  const { code, out } = await run('validate', '--json', PILOT, await broken());
  expect(code).toBe(1);
  expect(JSON.parse(out).cards).toMatchObject([
    { ok: true, id: 'ines-carrow', name: 'Ines Carrow', warnings: [] },
    { ok: false, problem: 'field `name` is missing: give the card a name' },
  ]);
});

test('show prints a sheet', async () => {
  const { code, out } = await run('show', DARCY);
  expect(code).toBe(0);
  expect(out).toMatch(/^Mr\. Darcy {2}\(mr-darcy\)\n/);
  for (const title of ['What anyone can know', 'Wants, and would not say', 'Example lines', 'Lore']) {
    expect(out).toContain(`\n${title}\n  `);
  }
});

test('convert: to V3 and back is the card that ships', async () => {
  const v3 = join(dir, 'darcy.json');
  await writeFile(v3, (await run('convert', DARCY, '--to', 'v3')).out);
  expect(JSON.parse(await readFile(v3, 'utf8')).spec).toBe('chara_card_v3');
  const { out } = await run('convert', v3);
  const shipped = (await readFile(DARCY, 'utf8')).replace(/^(#.*\n)+/, '');
  expect(out).toBe(shipped);
});

test('convert --json is a card that other tools read, and never YAML', async () => {
  const { code, out } = await run('convert', DARCY, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out).spec).toBe('chara_card_v3');
  expect(JSON.parse((await run('convert', DARCY, '--json', '--to', 'v2')).out).spec).toBe('chara_card_v2');
  expect(await run('convert', DARCY, '--json', '--to', 'yaml')).toMatchObject({ code: 2, out: '' });
  const bad = await broken();
  expect(await run('convert', bad, '--json')).toEqual({
    code: 1,
    out: '',
    err: `dramatis cards: ${bad}: field \`name\` is missing: give the card a name\n`,
  });
});

test.each([
  [['sing', 'x.json'], 'say validate, show or convert'],
  [[], 'say validate, show or convert'],
  [['validate'], 'validate needs a FILE'],
  [['convert', 'a.json', 'b.json'], 'one FILE at a time'],
  [['convert', 'a.json', '--to', 'v9'], '--to takes yaml, v3, v2, not “v9”'],
  [['validate', 'a.json', '--loud'], '--help tells what there is'],
])('%j is bad use', async (args, message) => {
  const { code, err } = await run(...args);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

test('a file that is not there is a line, not a trace', async () => {
  const path = join(dir, 'no.json');
  expect(await run('validate', path)).toMatchObject({
    code: 1,
    out: `bad  ${path}: cannot be read: check the path and who may read it\n`,
  });
});
