import { mkdirSync } from 'node:fs';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { exportManifestSchema } from '../../../src/lab/export/manifest.ts';
import { runExport } from '../../../src/lab/export/run-export.ts';
import { ENGINES, KINDS, type Made } from '../../../src/lab/export/sample.ts';
import type { Conversation } from '../../../src/lab/synth/record/conversation.ts';
import { startModelDouble } from '../../doubles/model/model-double.ts';
import { plannedConversation } from '../../unit/lab/export/planned-conversation.ts';
import { exportHouse } from './export-house.ts';

function conversation(plot: number, more: Partial<Conversation> = {}): Conversation {
  return plannedConversation({
    id: `The Ferry House-${plot}-0`,
    key: { book: 'The Ferry House', plot, conversation: 0 },
    ...more,
  });
}

const many = Array.from({ length: 24 }, (_, plot) => conversation(plot));

async function parquetRows(path: string): Promise<Record<string, unknown>[]> {
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path) });
  // Ids and counts are small: they may be numbers here.
  return JSON.parse(JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? Number(value) : value)));
}

describe('lab export', () => {
  it('writes every engine’s files, counts them, and loses nothing on the way', async () => {
    const house = exportHouse();
    const file = house.file('records.jsonl', many);
    const out = house.path('out');
    const {
      code,
      out: told,
      err,
    } = await house.export(file, '--out', out, '--val', '0.3', '--form', 'all', '--json');
    expect([code, err]).toEqual([0, '']);
    const manifest = exportManifestSchema.parse(JSON.parse(told));
    expect(exportManifestSchema.parse(JSON.parse(house.text('out/export.json')))).toEqual(manifest);
    expect(manifest.conversations).toEqual({ in: 24, out: 24 });
    const { train = 0, val = 0 } = manifest.samples['sft'] ?? {};
    expect(train + val).toBe(24 * 4);
    expect(val).toBeGreaterThan(0);
    expect(house.lines('out/rejects.jsonl')).toEqual([]);

    const conversations = (name: string) =>
      new Set(house.lines(`out/${name}`).map((row) => row['conversation']));
    const [trained, looked] = [conversations('trl/sft.train.jsonl'), conversations('trl/sft.val.jsonl')];
    expect(trained.intersection(looked).size).toBe(0);
    expect(conversations('ms-swift/rp-rl.train.jsonl')).toEqual(trained);

    for (const written of manifest.files.filter(({ form }) => form === 'parquet')) {
      const rows = await parquetRows(house.path(`out/${written.path}`));
      expect(rows).toHaveLength(written.rows);
      const twin = manifest.files.find(({ path }) => path === written.path.replace('.parquet', '.jsonl'));
      if (!twin) {
        expect(written.engine).toBe('verl');
        continue;
      }
      expect(rows.map(withoutNull)).toEqual(house.lines(`out/${twin.path}`));
    }
    expect(house.names('out').filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('gives the same bytes again, and refuses a folder that was exported otherwise', async () => {
    const house = exportHouse();
    const file = house.file('records.jsonl', many);
    const args = [file, '--out', house.path('out'), '--engine', 'trl,verl', '--form', 'all'];
    await house.export(...args);
    const first = house.text('out/export.json');
    expect((await house.export(...args)).code).toBe(0);
    expect(house.text('out/export.json')).toBe(first);
    const other = await house.export(...args, '--seed', '7');
    expect(other.code).toBe(1);
    expect(other.err).toMatch(/exported otherwise: seed was 42, now 7/u);
    house.file('records.jsonl', many.slice(1));
    expect((await house.export(...args)).err).toMatch(/source was/u);
    expect(house.text('out/export.json')).toBe(first);
  });

  it.each([
    ['an origin of Discord', { ...conversation(1), origin: 'discord' }],
    ['no origin', { ...conversation(1), origin: undefined }],
    ['the mark of Discord', conversation(1, { passage: '<!-- dramatis-origin: discord -->' })],
  ])('refuses the whole file for %s, and leaves nothing of it', async (_, bad) => {
    const house = exportHouse();
    const file = house.file('records.jsonl', [conversation(0), bad]);
    const { code, err } = await house.export(file, '--out', house.path('out'));
    expect(code).toBe(1);
    expect(err).toMatch(/line 2: refused, it came through Discord.*no setting overrides this/u);
    expect(house.names('out')).not.toContain('export.json');
    expect(house.names('out/trl')).toEqual([]);
  });

  it('says of every record and turn that is not exported why', async () => {
    const house = exportHouse();
    const bare = conversation(2, { turns: conversation(2).turns.map(({ plan: _, ...turn }) => turn) });
    const file = house.file(
      'records.jsonl',
      [
        JSON.stringify(conversation(0)),
        '{"broken',
        JSON.stringify({ ...conversation(1), turns: [] }),
        JSON.stringify(conversation(0)),
        JSON.stringify(bare),
        '',
      ].join('\n'),
    );
    const { code, out } = await house.export(file, '--out', house.path('out'), '--kind', 'sft,sft-plain');
    expect(code).toBe(0);
    expect(out).toContain('2 of 5 conversations were used');
    const { rejects } = exportManifestSchema.parse(JSON.parse(house.text('out/export.json')));
    expect(rejects).toEqual({ 'no-json': 1, 'no-conversation': 1, 'duplicate-id': 1, 'sft-no-plan': 4 });
    expect(house.lines('out/rejects.jsonl')).toHaveLength(7);
  });

  it('keeps a test set out of everything, however its titles are written', async () => {
    const house = exportHouse();
    const records = [
      conversation(0, { key: { book: 'Ada’s  Deed', plot: 3, conversation: 1 } }),
      conversation(1, { key: { book: 'Ada’s Deed', plot: 4, conversation: 1 } }),
      conversation(2, { key: { book: 'Ada’s Deed' } }),
      conversation(3),
    ];
    const file = house.file('records.jsonl', records);
    const apart = house.file('test.json', JSON.stringify([{ book: "Ada's deed", i_p: 3, i_c: 1 }]));
    await house.export(file, '--out', house.path('out'), '--kind', 'sft', '--apart', apart, '--val', '0');
    const used = new Set(house.lines('out/trl/sft.train.jsonl').map((row) => row['conversation']));
    expect(used).toEqual(new Set([records[1]?.id, records[3]?.id]));
    expect(house.lines('out/rejects.jsonl').map(({ why }) => why)).toEqual([
      ...Array<string>(4).fill('in-test-set'),
      ...Array<string>(4).fill('book-in-test-set'),
    ]);
    const nameless = house.file('nameless.json', '[{"i_p":1}]');
    const bad = await house.export(file, '--out', house.path('other'), '--apart', nameless);
    expect(bad.err).toMatch(/record 1 names no book/u);
  });

  it('replaces halves of surrogate pairs, and counts the conversations', async () => {
    const house = exportHouse();
    const turns = conversation(0).turns.map((turn) =>
      turn.id === 4 ? { ...turn, text: 'Suit yourself \ud83d.', plan: 'He \ude00 goes.' } : turn,
    );
    const file = house.file('records.jsonl', [conversation(0, { turns })]);
    await house.export(file, '--out', house.path('out'), '--kind', 'sft', '--form', 'all', '--val', '0');
    const { notes } = exportManifestSchema.parse(JSON.parse(house.text('out/export.json')));
    expect(notes).toEqual({ cut: 0, mended: 1 });
    const rows = await parquetRows(house.path('out/verl/sft.train.parquet'));
    expect(JSON.stringify(rows)).toContain(
      'He \ufffd goes.</system_thinking>Perran Hale: Suit yourself \ufffd.',
    );
    expect(house.lines('out/trl/sft.train.jsonl')).toHaveLength(4);
  });
});

describe('a folder of lab synth', () => {
  const step = (name: string, state: string, file: string) => ({
    ...{ name, state, file, rejectsFile: `${file}.rejects`, in: 3, out: 2, rejected: 1, waiting: 0 },
    ...{ rejects: {}, counts: {}, settings: {}, started: '', seconds: 1 },
    models: {
      teacher: {
        ...{ model: 'teacher-1', endpoint: '', calls: 1 },
        ...{ promptTokens: 1, cachedTokens: 0, completionTokens: 1 },
      },
    },
  });

  it('gives the conversations of its last step that is done, and says how they were made', async () => {
    const house = exportHouse();
    mkdirSync(house.path('synth'));
    house.file('synth/5-plan.jsonl', [conversation(1), conversation(2)]);
    house.file('synth/1-load.jsonl', [conversation(3)]);
    const steps = [
      step('plan', 'done', '5-plan.jsonl'),
      step('load', 'done', '1-load.jsonl'),
      step('setting', 'waiting', '6-setting.jsonl'),
    ];
    const manifest = { format: 1, kind: 'synth', version: '0', started: '', sources: [], steps };
    house.file('synth/manifest.json', JSON.stringify(manifest));
    await house.export(house.path('synth'), '--out', house.path('out'), '--kind', 'sft', '--val', '0');
    const used = new Set(house.lines('out/trl/sft.train.jsonl').map((row) => row['conversation']));
    expect(used).toEqual(new Set(['The Ferry House-1-0', 'The Ferry House-2-0']));
    expect(house.text('out/README.md')).toContain('| plan | 3 | 2 | teacher-1 |');
  });

  it('is refused where no step is done, or it is no such folder', async () => {
    const house = exportHouse();
    mkdirSync(house.path('synth'));
    const args = [house.path('synth'), '--out', house.path('out')];
    expect((await house.export(...args)).err).toMatch(/no folder of lab synth/u);
    const manifest = { format: 1, kind: 'synth', version: '0', started: '', sources: [], steps: [] };
    house.file('synth/manifest.json', JSON.stringify(manifest));
    expect((await house.export(...args)).err).toMatch(/no step that is done/u);
  });
});

describe('baselines', () => {
  const contexts = (lines: readonly Record<string, unknown>[]) =>
    new Map(lines.map((row) => [row['id'], JSON.parse(String(row['reward_context']))['baseline']]));

  it('come from a file, without their plans, and the reference stands in for bad ones', async () => {
    const house = exportHouse();
    const file = house.file('records.jsonl', [conversation(1)]);
    const baselines = house.file('baselines.jsonl', [
      {
        id: 'The Ferry House-1-0/0',
        text: '<system_thinking>She bids.</system_thinking>Ada Crane: A crown, then.',
      },
      { id: 'The Ferry House-1-0/1', text: '<system_thinking>He never ends' },
      { id: 'elsewhere', text: 'Hello.' },
    ]);
    const args = ['--kind', 'rp-rl', '--engine', 'trl', '--val', '0', '--baseline', baselines];
    await house.export(file, '--out', house.path('out'), ...args);
    const found = contexts(house.lines('out/trl/rp-rl.train.jsonl'));
    expect(found.get('The Ferry House-1-0/0')).toBe('A crown, then.');
    expect(found.get('The Ferry House-1-0/1')).toContain('Tide’s wrong till four.');
    expect(exportManifestSchema.parse(JSON.parse(house.text('out/export.json'))).baselines).toEqual({
      ...{ file: 1, model: 0, missing: 2, illegal: 1 },
    });
    expect(house.text('out/README.md')).toContain('in 1 samples; in 2 it was missing and in 1 illegal');
  });

  it('are asked of a model once, with the exported prompts, and no plan is kept', async () => {
    const double = await startModelDouble({
      script: () => '<system_thinking>Nobody may read this.</system_thinking>I say nothing.',
    });
    try {
      const house = exportHouse({ MODEL: 'double-1', OPENAI_BASE_URL: double.url });
      const file = house.file('records.jsonl', [conversation(1)]);
      const args = [file, '--out', house.path('out'), '--kind', 'rp-rl', '--engine', 'trl', '--val', '0'];
      const { code, err } = await house.export(...args, '--baseline-model', 'double-1');
      expect([code, err]).toEqual([0, '']);
      const rows = house.lines('out/trl/rp-rl.train.jsonl');
      expect([...contexts(rows).values()]).toEqual(Array(4).fill('I say nothing.'));
      const asked = double.requests.length;
      expect(asked).toBe(4);
      await house.export(...args, '--baseline-model', 'double-1');
      expect(double.requests.length).toBe(asked);
      expect(house.text('out/calls.jsonl')).not.toContain('Nobody may read this');
    } finally {
      await double.close();
    }
  });
});

describe('samples for the judge', () => {
  it('go the same way as all others, with their rejects', async () => {
    const house = exportHouse();
    const made: Made[] = ['a', 'b'].map((name) => ({
      kind: 'sample',
      sample: {
        ...{ kind: 'grm-rl', id: `grm/${name}`, source: { conversation: name, character: 'Ada' } },
        ...{ prompt: [{ role: 'user', content: 'Which is better?' }], truth: 'cand_2' },
      },
    }));
    const manifest = await runExport(
      {
        ...{ sources: [], out: house.path('out'), kinds: KINDS, engines: ENGINES, forms: ['jsonl'] },
        judged: {
          name: 'verdicts',
          async *samples() {
            yield* made;
            yield { kind: 'reject', id: 'c', why: 'quota' };
          },
        },
        split: { seed: 1, val: 0, test: 0, by: 'conversation' },
        ...{ concurrency: 4, maxTokens: 8192 },
      },
      new AbortController().signal,
    );
    expect(manifest.samples).toEqual({ 'grm-rl': { train: 2 } });
    expect(manifest.rejects).toEqual({ quota: 1 });
    expect(manifest.files.map(({ path }) => path)).toEqual([
      'ms-swift/grm-rl.train.jsonl',
      'trl/grm-rl.train.jsonl',
      'verl/grm-rl.train.jsonl',
      'openrlhf/grm-rl.train.jsonl',
    ]);
    expect(house.lines('out/verl/grm-rl.train.jsonl').map((row) => row['extra_info'])).toMatchObject([
      { index: 0, trace_id: 'grm/a' },
      { index: 1, trace_id: 'grm/b' },
    ]);
    expect(house.text('out/verl/judge_rule.py')).toContain('def compute_score');
  });
});

describe('beside the data', () => {
  it('lie commands and a card for each engine, with the files they name', async () => {
    const house = exportHouse();
    const file = house.file('records.jsonl', many);
    await house.export(file, '--out', house.path('out'), '--val', '0.3', '--max-tokens', '9000');
    const info = JSON.parse(house.text('out/llama-factory/dataset_info.json'));
    expect(info['her_sft_plain_val']).toMatchObject({
      file_name: 'sft-plain.val.jsonl',
      formatting: 'sharegpt',
      columns: { messages: 'messages' },
    });
    expect(house.text('out/llama-factory/sft.qwen3-32b.yaml')).toMatch(/^mask_history: true$/mu);
    expect(house.text('out/ms-swift/sft.qwen3-32b.sh')).toContain('--loss_scale last_round');
    expect(house.text('out/ms-swift/sft.qwen3-32b.sh')).toContain('--num_train_epochs 4');
    const verl = house.text('out/verl/rp-rl.qwen3-1.7b.sh');
    expect(verl).toContain('data.max_prompt_length=9000');
    expect(verl).toContain('reward.custom_reward_function.path=verl_reward.py');
    expect(house.text('out/verl/sft.qwen3-1.7b.sh')).toContain('data.ignore_input_ids_mismatch=True');
    expect(house.text('out/openrlhf/rp-rl.qwen3-32b.sh')).toContain('--data.label_key label');
    const card = house.text('out/README.md');
    const { files } = exportManifestSchema.parse(JSON.parse(house.text('out/export.json')));
    expect(card.startsWith('---\nlicense: other\n')).toBe(true);
    for (const [, path] of card.matchAll(/^ {4}path: (\S+)$/gmu)) {
      expect(files.map((written) => written.path)).toContain(path);
    }
    for (const [, path = ''] of card.matchAll(/^- `(\S+)`$/gmu)) {
      expect(house.text(`out/${path}`)).not.toBe('');
    }
  });
});

/** What Parquet has as null is not in a line of JSON. */
function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => (one === null ? [] : [[name, withoutNull(one)]])),
  );
}
