import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { readCard } from '../../../../src/cast/cards/read-card.ts';
import { writeCard } from '../../../../src/cast/cards/write-card.ts';
import { cards } from '../../../../src/cli/cards/cards.ts';
import { runCli } from '../../../../src/cli/run-cli.ts';
import type { ModelDouble } from '../../../doubles/model/model-double.ts';
import { startModelDouble } from '../../../doubles/model/model-double.ts';
import { listed } from '../../../support/listed-command.ts';
import { FERRY_TEXT, ferryCard, found } from '../../enrich/ferry.ts';
import { CARRIED, SCAR } from '../../enrich/findings.ts';
import { captureIo } from '../capture.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A folder with a card and a text, and a model server that knows what the card lacks. */
async function desk() {
  const dir = await mkdtemp(join(tmpdir(), 'enrich-'));
  closing.push(() => rm(dir, { recursive: true }));
  const model: ModelDouble = await startModelDouble({
    script: ({ body }) => {
      const name = body.response_format?.json_schema?.name;
      if (name === 'found_description') return found(SCAR);
      return name === 'found_background' ? `\`\`\`json\n${found(CARRIED)}\n\`\`\`` : '{"found": []}';
    },
  });
  closing.push(() => model.close());
  const file = join(dir, 'oda.yaml');
  const text = join(dir, 'story.txt');
  await writeFile(file, writeCard(ferryCard(), 'yaml'));
  await writeFile(text, FERRY_TEXT);
  const env = { STORE_URL: 'memory:', OPENAI_BASE_URL: model.url, MODEL: 'double-1' };

  async function run(args: readonly string[], change: Parameters<typeof captureIo>[1] = {}) {
    const { io, out, err } = captureIo('', { env, ...change });
    const code = await runCli(['cards', 'enrich', ...args], [listed('cards', cards)], io);
    return { code, out: out(), err: err() };
  }
  /** The same at a terminal, where these lines are typed. */
  async function typed(args: readonly string[], ...lines: readonly string[]) {
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    stdin.end(lines.map((line) => `${line}\n`).join(''));
    const { io, out, err } = captureIo('', { env });
    const stderr = Object.assign(io.stderr, { isTTY: true });
    const code = await runCli(['cards', 'enrich', ...args], [listed('cards', cards)], {
      ...io,
      stdin,
      stderr,
    });
    return { code, out: out(), err: err() };
  }
  return { dir, file, text, model, run, typed };
}

const asCard = (yaml: string) => readCard(new TextEncoder().encode(yaml), 'oda.yaml').card;
const ADDED =
  'Oda Rennick keeps the ferry at Low Sallow.\nShe is a broad woman of forty, with a scar across her left palm.';

describe('dramatis cards enrich', () => {
  test('without a terminal shows the difference, and takes what --accept says', async () => {
    const { file, text, run } = await desk();
    const { code, out, err } = await run([file, '--text', text, '--accept', 'description']);
    expect(code).toBe(0);
    expect(err).toContain('  + She is a broad woman of forty');
    expect(err).toContain('from: “a broad woman of forty with a scar across her left palm”');
    const card = asCard(out);
    expect(card.description).toBe(ADDED);
    expect(card.extensions.dramatis.background).toBe('');
  });

  test('accepts nothing by itself', async () => {
    const { file, text, run } = await desk();
    const { code, out, err } = await run([file, '--text', text]);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain('Nothing was taken');
  });

  test('writes where it is told, and as V3', async () => {
    const { dir, file, text, run } = await desk();
    const output = join(dir, 'rich.json');
    const { code, out } = await run([file, '--text', text, '--accept', 'all', '-o', output]);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    const written = JSON.parse(await readFile(output, 'utf8')) as {
      spec: string;
      data: { description: string };
    };
    expect(written.spec).toBe('chara_card_v3');
    expect(written.data.description).toBe(ADDED);
  });

  test('--json prints the proposal', async () => {
    const { file, text, run } = await desk();
    const { code, out } = await run([file, '--text', text, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      changes: [{ field: 'description', after: ADDED }, { field: 'background' }],
      dropped: [],
    });
  });

  test('at a terminal asks of each', async () => {
    const { file, text, typed } = await desk();
    const { code, out, err } = await typed(
      [file, '--text', text],
      'what?',
      'y',
      'e',
      'She once carried somebody over.',
    );
    expect(code).toBe(0);
    expect(err).toContain('1 of 2');
    expect(err).toContain('Take it?');
    const card = asCard(out);
    expect(card.description).toBe(ADDED);
    expect(card.extensions.dramatis.background).toBe('She once carried somebody over.');
  });

  test('q ends, and so does the end of what is typed; what was taken stays', async () => {
    const { file, text, typed } = await desk();
    for (const lines of [['y', 'q'], ['y']]) {
      const { out } = await typed([file, '--text', text], ...lines);
      const card = asCard(out);
      expect([card.description, card.extensions.dramatis.background]).toEqual([ADDED, '']);
    }
    const { out, err } = await typed([file, '--text', text], 'n', 'n');
    expect(out).toBe('');
    expect(err).toContain('Nothing was taken');
  });

  test.each<[string, readonly string[], number]>([
    ['needs a FILE', [], 2],
    ['one FILE at a time', ['a.yaml', 'b.yaml'], 2],
    ['--accept takes all', ['a.yaml', '--accept', 'hair'], 2],
    ['--to takes yaml or v3', ['a.yaml', '--to', 'png'], 2],
    ['cannot be read', ['nowhere.yaml'], 1],
  ])('says %j', async (said, args, code) => {
    const { run } = await desk();
    const { err, ...ended } = await run(args);
    expect(err).toContain(said);
    expect(ended.code).toBe(code);
  });

  test('says so where no model is set', async () => {
    const { file, run } = await desk();
    const { code, err } = await run([file], { env: { STORE_URL: 'memory:', MODEL: 'understudy' } });
    expect(code).toBe(1);
    expect(err).toContain('enrich needs a model');
  });

  test('a model that is down is one line', async () => {
    const { file, model, run } = await desk();
    await model.close();
    const { code, err } = await run([file]);
    expect(code).toBe(1);
    expect(err.trim().split('\n').at(-1)).toMatch(/^dramatis cards: /u);
    expect(err).not.toContain('mistake of ours');
  });
});
