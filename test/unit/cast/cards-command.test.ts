import { Buffer } from 'node:buffer';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCard } from '../../../src/cast/cards/read-card.ts';
import { cards } from '../../../src/cli/cards/cards.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { listed } from '../../support/listed-command.ts';
import { fixture, pngCard } from './png-card.ts';

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
  const code = await runCli(['cards', ...args], [listed('cards', cards)], io);
  stdout.end();
  stderr.end();
  return { code, out: await text(stdout), err: await text(stderr) };
}

/** What goes to stdout to the byte; with `--terminal` stdout is one. */
async function runRaw(...args: string[]) {
  const stdout = Object.assign(new PassThrough(), { isTTY: args.includes('--terminal') });
  const stderr = new PassThrough();
  const io = { stdin: Readable.from([]), stdout, stderr, env: {}, signal: new AbortController().signal };
  const plain = args.filter((arg) => arg !== '--terminal');
  const code = await runCli(['cards', ...plain], [listed('cards', cards)], io);
  stdout.end();
  return { code, bytes: await buffer(stdout) };
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
    out: [
      `ok   ${PILOT}: Ines Carrow (ines-carrow), 2 greetings, 3 examples, 0 declines, 0 lore entries`,
      '     told to its own mind: description (101), personality (45), scenario (65), examples (276)',
      '     told to other minds: its name alone',
      '     kept, in no prompt: tags (23), creator_notes (10), creator (8), character_version (1), house_rule (16), extensions.other_tool (29)',
      '',
    ].join('\n'),
    err: '',
  });
  expect(await run('validate', PILOT, bad)).toMatchObject({
    code: 1,
    out: expect.stringContaining(
      `bad  ${bad}: field \`name\` is missing: give the card a name\n\n1 ok, 1 bad\n`,
    ),
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
  [['sing', 'x.json'], 'say validate, show, convert'],
  [[], 'say validate, show, convert'],
  [['validate'], 'validate needs a FILE'],
  [['convert', 'a.json', 'b.json'], 'one FILE at a time'],
  [['convert', 'a.json', '--to', 'v9'], '--to takes yaml, v3, v2, png, sillytavern, not “v9”'],
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

describe('convert', () => {
  test('a PNG to YAML and back is the same card in the same picture, which is kept beside the YAML', async () => {
    const png = join(dir, 'pilot.png');
    await writeFile(png, pngCard({ ccv3: JSON.parse(fixture('pilot-v3.json').toString()) }));
    const first = join(dir, 'first.png');
    expect(await run('convert', png, '-o', first)).toMatchObject({ code: 0, out: '' });
    const yaml = join(dir, 'made', 'ines.yaml');
    await mkdir(join(dir, 'made'));
    expect((await run('convert', first, '-o', yaml)).err).toContain('ines.png written: its picture');
    const back = join(dir, 'back.png');
    expect((await run('convert', yaml, '--to', 'png', '-o', back)).code).toBe(0);
    const [one, other] = await Promise.all(
      [first, back].map(async (path) => readCard(await readFile(path), 'x.png')),
    );
    expect(other?.card).toEqual(one?.card);
    expect(other?.character).toEqual(one?.character);
    expect(await readFile(yaml, 'utf8')).toContain(
      '<role_thinking>Another one without a coat</role_thinking>',
    );
  });

  test('a PNG goes raw through a pipe, and into no terminal', async () => {
    const { bytes } = await runRaw('convert', PILOT, '--to', 'png');
    expect(readCard(bytes, 'x.png').card.name).toBe('Ines Carrow');
    expect(await runRaw('convert', '--terminal', PILOT, '--to', 'png')).toMatchObject({
      code: 2,
      bytes: Buffer.alloc(0),
    });
  });

  test('several characters of one file become a file each', async () => {
    const list = join(dir, 'list.json');
    await writeFile(list, '[{"name": "Ada"}, {"name": "Grace"}, {"name": "Ada", "description": "another"}]');
    const { code, err } = await run('convert', list);
    expect(code).toBe(2);
    expect(err).toContain('holds 3 characters: -o FOLDER writes a file of each');
    const folder = join(dir, 'all');
    await mkdir(folder);
    expect((await run('convert', list, '--to', 'v3', '-o', folder)).code).toBe(0);
    expect((await readdir(folder)).sort()).toEqual(['ada-2.json', 'ada.json', 'grace.json']);
    expect((await run('validate', folder)).out).toMatch(/\n3 ok, 0 bad\n$/);
  });

  test.each([
    ['ada.png', ['--to', 'v2']],
    ['ada.png', ['--to', 'yaml']],
    ['ada.charx', []],
    ['ada.jpg', []],
    ['ada.json', ['--to', 'yaml']],
    ['ada.yaml', ['--to', 'v3']],
  ])('writes over no %s what does not go into one: %j', async (name, flags) => {
    const path = join(dir, name);
    await writeFile(path, 'of somebody');
    const told = await run('convert', PILOT, ...flags, '-o', path);
    expect(told).toMatchObject({ code: 2, out: '', err: expect.stringContaining('-o') });
    expect((await run('enrich', PILOT, '-o', join(dir, 'ada.png'))).code).toBe(2);
    expect(await readFile(path, 'utf8')).toBe('of somebody');
  });

  test('in a folder nothing that is there is written over', async () => {
    const list = join(dir, 'list.json');
    await writeFile(list, '[{"name": "Ada"}, {"name": "Grace"}]');
    const folder = join(dir, 'all');
    await mkdir(folder);
    await writeFile(join(folder, 'ada.yaml'), 'name: Another');
    const { code, err } = await run('convert', list, '-o', folder);
    expect(code).toBe(1);
    expect(err).toContain(`${join(folder, 'ada.yaml')} is there already`);
    expect(await readFile(join(folder, 'ada.yaml'), 'utf8')).toBe('name: Another');
    expect(await readFile(join(folder, 'grace.yaml'), 'utf8')).toBe('name: Grace\n');
    const book = join(dir, 'moor.json');
    await writeFile(book, '{"name": "The Moor", "entries": {"0": {"key": ["fog"], "content": "Thick."}}}');
    expect((await run('convert', book, '-o', folder)).code).toBe(0);
    expect((await run('convert', book, '-o', folder)).code).toBe(1);
  });

  test('what cannot be written is a line', async () => {
    expect(await run('convert', PILOT, '-o', join(dir, 'nowhere', 'x.json'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('cannot be written: check the path'),
    });
  });
});

test('the name of a file drives no terminal, and a folder without cards is told of', async () => {
  await writeFile(join(dir, 'a\u001b[31m.json'), '{"name": "Ada"}');
  await writeFile(join(dir, 'b\u001b[31m.json'), '{');
  await writeFile(join(dir, 'c\u001b[31m.jsonl'), '{"user_name":"Sam","character_name":"Ada"}\n');
  for (const action of ['validate', 'show']) {
    const { out, err } = await run(action, dir);
    expect(`${out}${err}`).not.toContain('\u001b');
  }
  const { err } = await run('convert', join(dir, 'b\u001b[31m.json'));
  expect(err).toContain('b[31m.json: ');
  const empty = join(dir, 'empty');
  await mkdir(empty);
  for (const action of ['validate', 'show']) {
    expect(await run(action, empty)).toEqual({
      ...{ code: 1, out: '', err: 'dramatis cards: there is no card in that folder\n' },
    });
  }
});

describe('what is no card', () => {
  test('a lorebook and a chat are named as such', async () => {
    const book = join(dir, 'moor.json');
    await writeFile(book, '{"name": "The Moor", "entries": {"0": {"key": ["fog"], "content": "Thick."}}}');
    const chat = join(dir, 'talk.jsonl');
    await writeFile(chat, '{"user_name":"Sam","character_name":"Ada"}\n{"name":"Ada","mes":"Well?"}\n');
    const { code, out } = await run('validate', dir);
    expect(code).toBe(0);
    expect(out).toContain(`ok   ${book}: a lorebook, The Moor, 1 entry\n`);
    expect(out).toContain(`ok   ${chat}: a chat and no card: dramatis play --chat goes on with it\n`);
    expect((await run('show', book)).out).toContain('fog: Thick.');
    expect(await run('convert', chat)).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('is a chat: dramatis play --chat goes on with it'),
    });
    const { cards } = JSON.parse((await run('validate', '--json', dir)).out);
    expect(cards).toMatchObject([{ is: 'lorebook', entries: 1 }, { is: 'chat' }]);
  });

  test('a lorebook becomes V3 and SillyTavern’s again', async () => {
    const book = join(dir, 'moor.json');
    await writeFile(book, '{"name": "The Moor", "entries": {"0": {"key": ["fog"], "content": "Thick."}}}');
    const v3 = join(dir, 'v3.json');
    expect((await run('convert', book, '-o', v3)).code).toBe(0);
    expect(JSON.parse(await readFile(v3, 'utf8'))).toMatchObject({
      spec: 'lorebook_v3',
      data: { name: 'The Moor', entries: [{ keys: ['fog'], content: 'Thick.' }] },
    });
    const back = JSON.parse((await run('convert', v3, '--to', 'sillytavern')).out);
    expect(back.entries['0']).toMatchObject({ key: ['fog'], content: 'Thick.' });
    expect(await run('convert', book, '--to', 'png')).toMatchObject({ code: 2, out: '' });
    expect(await run('convert', PILOT, '--to', 'sillytavern')).toMatchObject({ code: 2, out: '' });
  });

  test('an empty folder is told of', async () => {
    expect(await run('validate', dir)).toMatchObject({
      code: 1,
      err: expect.stringContaining('no card in that folder'),
    });
  });
});
