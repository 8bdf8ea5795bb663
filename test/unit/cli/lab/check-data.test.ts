import { existsSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { BadUse } from '../../../../src/cli/bad-use.ts';
import { checkData } from '../../../../src/cli/lab/check-data.ts';
import { captureIo } from '../capture.ts';

const folder = mkdtempSync(join(tmpdir(), 'data-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    typeof content === 'string' || content instanceof Buffer ? content : JSON.stringify(content),
  );
  return path;
}

async function checked(args: readonly string[]) {
  const { io, out } = captureIo();
  const code = await checkData(args, io);
  return { code, out: out() };
}

const scene = {
  book: 'The Ferry',
  i_p: 3,
  i_c: 0,
  tag: 'ood',
  speaking_characters_w_env: ['Perran', 'Wenna'],
  major_characters: ['Perran', 'Wenna'],
  character_profiles: { Perran: 'A ferryman.', Wenna: 'A courier.' },
  key_characters: [
    { name: 'Perran', thought: 'She has money.' },
    { name: 'Wenna', motivation: 'To be gone.' },
  ],
  dialogues: [
    { character: 'Perran', message: '[Wet boots] Tide’s wrong till four.' },
    { character: 'Environment', message: 'A gull cries.' },
  ],
};
const simulation = [
  { role: 'Perran', content: 'Perran: [I buried the chest under the third oak] Well.' },
  { role: 'NSP', content: 'Wenna' },
  { role: 'Wenna', content: 'I buried the chest under the third oak, you say?' },
];
const flaw = { instance: 'i', type: 't', severity: 2 };
const judged = (score: number) => ({ flaws: [flaw], score });
const evaluation = {
  scores: {},
  cases: {
    'The Ferry-3-0': {
      simulation: [{ role: 'Perran', content: 'Perran: Well.' }],
      simulation_str: 'Perran: Well.',
      score: 91.5,
      critique: {
        'Storyline Consistency': judged(91.5),
        Anthropomorphism: judged(91.5),
        'Character Fidelity': judged(91.5),
        'Storyline Quality': judged(12),
        bleu: 0,
        rouge_l: 0,
      },
    },
  },
};
const transcript = {
  id: 'The Ferry-3-0',
  turns: [
    {
      round: 0,
      name: 'Perran',
      segments: [{ kind: 'speech', text: 'Well.' }],
      named: true,
      injected: false,
      faults: [],
    },
  ],
  choices: [{ round: 0, predicted: '<END CHAT>', next: null, rule: 'end' }],
  silent: [],
  end: 'rounds',
};

describe('lab data check', () => {
  test('nothing in a file moves a cursor', async () => {
    const odd = { ...scene, book: '\u001b[2J', speaking_characters_w_env: ['Environment'] };
    const { code, out } = await checked([file('odd.json', [odd])]);
    expect([code, out.includes('nobody but the Environment')]).toEqual([1, true]);
    expect(out).not.toContain('\u001b');
  });

  test('scenes: what is in them, what cannot be played, what is odd', async () => {
    const path = file('scenes.json', [
      scene,
      { ...scene, i_c: 1, tag: 'id', speaking_characters_w_env: ['Perran', 'Environment'] },
      scene,
      { ...scene, i_c: 2, speaking_characters_w_env: ['Environment'] },
      { ...scene, i_c: 3, speaking_characters_w_env: ['Perran', 'NSP'] },
      { ...scene, dialogues: undefined },
    ]);
    const { code, out } = await checked([path]);
    expect(code).toBe(1);
    const sha = /sha256 ([0-9a-f]{64})/u.exec(out)?.[1];
    expect(
      out.replace(sha ?? '', 'SHA').replace(/\d+ bytes/u, 'N bytes'),
    ).toBe(`${path}: scenes in CoSER’s form, not CoSER’s test set as published
  N bytes, sha256 SHA
  scenes: 2
  books: 1
  id: 1
  ood: 1
  messages: 4
  messages of the Environment: 2
  speakers: 3
  key characters: 4
  with thought: 2
  with motivation: 2
  cannot be used: record 3 (The Ferry-3-0): another record has the same book, i_p and i_c
  cannot be used: record 4 (The Ferry-3-2): nobody but the Environment is in it
  cannot be used: record 5 (The Ferry-3-3): NSP cannot be a character: the director is called that
  cannot be used: record 6: dialogues: Invalid input: expected array, received undefined
  to know: record 2 (The Ferry-3-1): one character alone with the Environment
`);
  });

  test('each kind of file is known by its form', async () => {
    const her = {
      sample_id: 'x',
      input_data: scene,
      dialogue: simulation.map((one) => ({ ...one, round: 0 })),
    };
    const coser = { book_title: 'The Ferry', i_p: 3, i_c: 0, circumstance: scene, simulation };
    const paths = [
      file('coser.json', [coser]),
      file('her.json', her),
      file('evaluation.json', evaluation),
      file(
        'transcripts.jsonl',
        `${JSON.stringify(transcript)}\n${JSON.stringify({ ...transcript, end: 'x' })}\n`,
      ),
    ];
    const { code, out } = await checked([...paths, '--json']);
    const { files, ok } = JSON.parse(out);
    expect([code, ok]).toEqual([1, false]);
    expect(files.map(({ kind, counts }: { kind: string; counts: object }) => [kind, counts])).toEqual([
      [
        'coser-simulations',
        { scenes: 1, books: 1, turns: 2, 'turns of actors': 2, predictions: 1, 'thoughts said aloud': 1 },
      ],
      [
        'her-simulations',
        { scenes: 1, books: 1, turns: 2, 'turns of actors': 2, predictions: 1, 'thoughts said aloud': 1 },
      ],
      ['coser-evaluation', { cases: 1, turns: 1, flaws: 4 }],
      ['transcripts', { scenes: 1, turns: 1, 'thoughts said aloud': 0 }],
    ]);
    expect(files[2].remarks).toEqual([
      { at: 1, id: 'The Ferry-3-0', what: 'Storyline Quality is 12, its flaws come to 91.5' },
    ]);
    expect(files[3].faults).toEqual([{ at: 2, what: 'it is no transcript' }]);
  });

  test.each([
    ['', 'it is empty'],
    ['[{"book": ', 'its JSON ends too soon'],
    ['{"a": 1}', 'it holds neither scenes, nor simulations, nor results that the lab knows'],
    ['{"manifest": {}, "figures": {}}', /^these are no results of this version: /u],
  ])('a file that is none of them: %s', async (content, what) => {
    const { code, out } = await checked([file('odd.json', content), '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out).files[0].faults[0].what).toEqual(
      typeof what === 'string' ? what : expect.stringMatching(what),
    );
  });

  test('bytes that are no UTF-8 are told', async () => {
    const bytes = Buffer.from(JSON.stringify([{ ...scene, topic: 'caf?' }])).map((byte) =>
      byte === 63 ? 233 : byte,
    );
    const { code, out } = await checked([file('latin.json', Buffer.from(bytes))]);
    expect(code).toBe(0);
    expect(out).toContain('it is not UTF-8 throughout');
  });

  test('what cannot be read says why, and the next file goes on', async () => {
    const large = file('large.json', '');
    truncateSync(large, 200 * 2 ** 20);
    const { code, out } = await checked([
      folder,
      join(folder, 'none.json'),
      large,
      file('good.json', [scene]),
    ]);
    expect(code).toBe(1);
    expect(out).toContain(`${folder}: it is a folder: name the files in it\n`);
    expect(out).toContain('none.json: it cannot be read (ENOENT)\n');
    expect(out).toContain(
      'large.json: it has 200 MB, at most 100 are read at once: split it, one scene a line\n',
    );
    expect(out).toContain('good.json: scenes in CoSER’s form');
    await expect(checked([])).rejects.toThrow(BadUse);
  });

  const published = fileURLToPath(
    new URL('../../../../../shared/data/coser/scenes-public-domain.json', import.meta.url),
  );
  test.skipIf(!existsSync(published))('records of the published set (needs ../shared)', async () => {
    const { code, out } = await checked([published, '--json']);
    const [one] = JSON.parse(out).files;
    expect([code, one.kind, one.published]).toEqual([0, 'coser-scenes', false]);
    expect(one.counts).toMatchObject({ scenes: 16, id: 16, 'with motivation': 0, 'with thought': 33 });
  });
});
