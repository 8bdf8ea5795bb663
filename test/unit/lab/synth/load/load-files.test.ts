import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { OperatorError } from '../../../../../src/errors.ts';
import { describeFile, loadFiles } from '../../../../../src/lab/synth/load/load-files.ts';
import { fileOf, fixture, load, spoken } from './loading.ts';

const house = fileURLToPath(new URL('../../../../../', import.meta.url));
const LINE =
  '{"speaker":"Ada Crane","text":"Ça va? — très bien."}\n{"speaker":"Perran Hale","text":"Oui."}\n';
const SAID = [['Ada Crane: Ça va? — très bien.', 'Perran Hale: Oui.']];

function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

describe('a file in any encoding', () => {
  it.each([
    ['UTF-8', Buffer.from(LINE), 'utf-8'],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${LINE}`), 'utf-8'],
    ['UTF-16, little end first', Buffer.from(`\uFEFF${LINE}`, 'utf16le'), 'utf-16le'],
    ['UTF-16, big end first', utf16be(`\uFEFF${LINE}`), 'utf-16be'],
    ['UTF-16 without a mark', Buffer.from(LINE, 'utf16le'), 'utf-16le'],
    ['UTF-16 without a mark, big end first', utf16be(LINE), 'utf-16be'],
    ['UTF-8 with line ends of Windows', Buffer.from(LINE.replaceAll('\n', '\r\n')), 'utf-8'],
  ])('%s reads the same', async (_name, bytes, encoding) => {
    const path = fileOf('said.jsonl', bytes);
    const { records, rejects } = await load(path);
    expect(rejects).toEqual([]);
    expect(records.map(spoken)).toEqual(SAID);
    expect(await describeFile({ path })).toMatchObject({ encoding, bytes: bytes.length });
  });

  it('is read over the borders of its chunks, also where one cuts a letter', async () => {
    // More than a chunk; three bytes a letter, so that borders fall within.
    const said = Array.from({ length: 80 }, (_, at) => ({
      speaker: at % 2 ? 'Ada' : 'Perran',
      text: '漢'.repeat(2000),
    }));
    const { records } = await load(fileOf('long.jsonl', said.map((one) => JSON.stringify(one)).join('\n')));
    expect(records.map(spoken)).toEqual([said.map(({ speaker, text }) => `${speaker}: ${text}`)]);
    expect(records[0]?.counts['texts with unreadable signs']).toBe(0);
  });

  it('keeps U+2028 within a line', async () => {
    const path = fileOf('said.jsonl', '{"speaker":"Ada Crane","text":"One.\u2028Two."}\n');
    const { records, rejects } = await load(path);
    expect(rejects).toEqual([]);
    expect(records).toHaveLength(1);
  });

  it('mends half characters and NULs, and says so', async () => {
    const path = fileOf('said.jsonl', '{"speaker":"Ada Crane","text":"Half \\ud83d and a \\u0000NUL."}\n');
    const { records } = await load(path);
    expect(records.map(spoken)).toEqual([['Ada Crane: Half \uFFFD and a NUL.']]);
    expect(records[0]?.counts['texts mended']).toBe(1);
  });

  it('tells of signs that stand for bytes that cannot be read', async () => {
    const bytes = Buffer.concat([
      Buffer.from('Ada Crane: Caf'),
      Buffer.from([0xe9]),
      Buffer.from('.\nPerran Hale: No.\n'),
    ]);
    const { records } = await load(fileOf('said.txt', bytes));
    expect(records[0]?.counts['texts with unreadable signs']).toBe(1);
  });
});

describe('what is no file', () => {
  it('is one clear error each', async () => {
    const path = fileOf('a.jsonl', LINE);
    const folder = join(dirname(path), 'folder');
    mkdirSync(folder);
    const pipe = join(dirname(path), 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const bad of [folder, pipe, join(folder, 'missing.jsonl')]) {
      const error: unknown = await load(bad).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(OperatorError);
      expect(String(error)).toContain(bad);
    }
    await expect(describeFile({ path: folder })).rejects.toThrow(/is a folder/u);
  });

  it('is told where it is packed', async () => {
    await expect(load(fileOf('a.jsonl.gz', gzipSync(LINE)))).rejects.toThrow(
      /packed with gzip: make a file of text/u,
    );
  });

  it('is told where there is nothing in it', async () => {
    for (const content of ['', '\n \n', '[]', '---\n\n']) {
      const { all } = await load(fileOf('empty.json', content));
      expect(all).toMatchObject([{ kind: 'reject', why: 'empty-file' }]);
    }
  });
});

describe('a broken piece', () => {
  it('is told with its line and without its words, and the next one is read', async () => {
    const scene = (id: number) =>
      JSON.stringify({ book: 'B', i_p: 1, i_c: id, dialogues: [{ character: 'Ada', message: 'Hm.' }] });
    const text = `${scene(0)}\n{"book":"B","secret": words}\n\n42\n{"unknown":1}\n${scene(1)}\n${scene(2).slice(0, 40)}`;
    const { records, rejects } = await load(fileOf('scenes.jsonl', text));
    expect(records.map(({ record }) => record.id)).toEqual(['B-1-0', 'B-1-1']);
    expect(rejects.map(({ where, why }) => [where.split(', ').at(-1), why])).toEqual([
      ['line 2', 'broken-json'],
      ['line 4', 'no-record'],
      ['line 5', 'no-record'],
      ['line 7', 'breaks-off'],
    ]);
    expect(rejects.map(({ detail }) => detail).join()).not.toContain('words');
    expect(rejects[0]?.detail).toMatch(/^it is not JSON/u);
  });

  it('at the end of a list is a file that breaks off', async () => {
    const { records, rejects } = await load(
      fileOf(
        'scenes.json',
        '[{"book":"B","dialogues":[{"character":"Ada","message":"Hm."}]},\n{"book":"B","dial',
      ),
    );
    expect(records).toHaveLength(1);
    expect(rejects).toMatchObject([{ why: 'breaks-off', detail: 'the file breaks off in it' }]);
  });
});

describe('ids', () => {
  it('that come twice are made unique, and counted', async () => {
    const one = JSON.stringify({
      book: 'B',
      i_p: 1,
      i_c: 0,
      dialogues: [{ character: 'Ada', message: 'Hm.' }],
    });
    const path = fileOf('scenes.jsonl', `${one}\n${one}\n`);
    const { records } = await load([path, path]);
    expect(records.map(({ record }) => record.id)).toEqual(['B-1-0', 'B-1-0~2', 'B-1-0~3', 'B-1-0~4']);
    expect(records.map(({ counts }) => counts['ids made unique'])).toEqual([0, 1, 1, 1]);
  });

  it('of a thousand of one name each ask twice at most', async () => {
    const one = JSON.stringify({ book: 'B', dialogues: [{ character: 'Ada', message: 'Hm.' }] });
    const path = fileOf('scenes.jsonl', `${one}\n`.repeat(1000));
    const known = new Set<string>();
    let asked = 0;
    const seen = (id: string) => {
      asked += 1;
      return known.size === known.add(id).size;
    };
    for await (const loaded of loadFiles([{ path }], { seen }, new AbortController().signal)) {
      expect(loaded.kind).toBe('record');
    }
    expect(known.size).toBe(1000);
    expect(asked).toBeLessThanOrEqual(2000);
  });
});

describe('names', () => {
  it('that are the same without case, blanks and quotation marks are one person’s', async () => {
    const said = ['Perran O’Hale', "perran  O'Hale", 'Ada', '"Ada"', 'Pérran O’Hale'].map(
      (character, at) => ({ character, message: `Word ${at}.` }),
    );
    const { records } = await load(fileOf('a.json', JSON.stringify({ book: 'B', dialogues: said })));
    expect(records[0]?.record.turns.map(({ speaker, from }) => [speaker, from])).toEqual([
      ['Perran O’Hale', [0, 1]],
      ['Ada', [2, 3]],
      ['Perran O’Hale', [4]],
    ]);
  });
});

describe('a form that is asked for', () => {
  it('refuses records of others', async () => {
    const { records, rejects } = await load(fixture('spoken.jsonl'), 'coser');
    expect(records).toEqual([]);
    expect(new Set(rejects.map(({ why }) => why))).toEqual(new Set(['other-form']));
  });

  it('is found by content where none is', async () => {
    const forms = ['coser-book.json', 'transcript.md', 'spoken.jsonl'].map((name) =>
      describeFile({ path: fixture(name) }),
    );
    expect((await Promise.all(forms)).map(({ form }) => form)).toEqual(['json', 'transcript', 'json']);
    expect((await describeFile({ path: join(house, 'characters/scenes/the-letter.yaml') })).form).toBe(
      'scene',
    );
  });
});

describe('what ships', () => {
  it('loads without a reject: the scenes of the benchmark', async () => {
    const { records, rejects } = await load(join(house, 'benchmarks/coser/scenes.json'));
    expect(rejects).toEqual([]);
    expect(records.flatMap((one) => one.rejects)).toEqual([]);
    expect(records).toHaveLength(12);
    const source = JSON.parse(readFileSync(join(house, 'benchmarks/coser/scenes.json'), 'utf8'));
    expect(records.map(({ record }) => record.turns.flatMap(({ from }) => from).length)).toEqual(
      source.map(({ dialogues }: { dialogues: unknown[] }) => dialogues.length),
    );
  });

  it('gives authored scenes with their plans beside their turns, and leaves whispers out', async () => {
    const { records, rejects } = await load(join(house, 'characters/scenes/the-letter.yaml'));
    expect(rejects).toEqual([]);
    const opening = records.find(({ record }) => record.id === 'the-letter-opening')?.record;
    expect(opening).toMatchObject({ source: 'scene', origin: 'local', topic: 'The Letter' });
    expect(opening?.turns[1]).toMatchObject({ speaker: 'Mr. Darcy', planType: 'given' });
    expect(opening?.turns[1]?.plan).toContain('the missing one');
    expect(opening?.turns.map(({ text }) => text).join(' ')).not.toContain('system_thinking');
    const darcy = opening?.characters.find(({ name }) => name === 'Mr. Darcy');
    expect(darcy?.motivation).toContain('The third is gone');
    const left = records.flatMap((one) => one.rejects);
    expect(new Set(left.map(({ why }) => why))).toEqual(new Set(['whisper']));
    for (const { record } of records) {
      for (const { text = '' } of left)
        expect(record.turns.some((turn) => turn.text.includes(text))).toBe(false);
    }
  });
});
