import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspect } from '../../../src/cli/inspect.ts';

const RAW =
  '<system_thinking>PLAN</system_thinking>Mara: <role_thinking>SECRET</role_thinking><role_action>nods</role_action>Fine.';

async function run(args: readonly string[], input = ''): Promise<{ code: number; out: string; err: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  let out = '';
  let err = '';
  stdout.on('data', (chunk) => {
    out += chunk;
  });
  stderr.on('data', (chunk) => {
    err += chunk;
  });
  const signal = new AbortController().signal;
  const code = await inspect.run(args, { stdin: Readable.from([input]), stdout, stderr, env: {}, signal });
  return { code, out, err };
}

describe('inspect', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'inspect-'));
    writeFileSync(join(folder, 'raw.txt'), RAW);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['stage', '*nods* Fine.\n'],
    ['others', 'Mara: <role_action>nods</role_action>Fine.\n'],
    ['director', 'Mara: <role_action>nods</role_action>Fine.\n'],
    ['environment', 'Mara: <role_action>nods</role_action>Fine.\n'],
    ['self', 'Mara: <role_thinking>SECRET</role_thinking><role_action>nods</role_action>Fine.\n'],
    ['judge', 'Mara: <role_thinking>SECRET</role_thinking><role_action>nods</role_action>Fine.\n'],
  ])('shows what %s sees', async (audience, out) => {
    const result = await run(['--audience', audience, '--speaker', 'Mara'], RAW);
    expect(result).toEqual({ code: 0, out, err: '' });
  });

  test('reads a file, and CoSER text', async () => {
    expect((await run([join(folder, 'raw.txt')])).out).toBe('*nods* Fine.\n');
    expect((await run(['--from', 'coser', '--audience', 'others'], '[SECRET] (nods) Fine.')).out).toBe(
      '<role_action>nods</role_action>Fine.\n',
    );
  });

  test('reads and writes JSON Lines, segments only for who may see them', async () => {
    const lines = [{ text: RAW, speaker: 'Mara' }, { text: '<think>PLAN' }, { text: 'Fine.', speaker: null }];
    const input = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
    const stage = await run(['--jsonl'], input);
    expect(stage.code).toBe(0);
    expect(
      stage.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      {
        text: '*nods* Fine.',
        segments: [
          { kind: 'action', text: 'nods' },
          { kind: 'speech', text: 'Fine.' },
        ],
        faults: ['own-name'],
      },
      { text: '', segments: [], faults: ['tag-variant', 'plan-unclosed', 'nothing-visible'] },
      { text: 'Fine.', segments: [{ kind: 'speech', text: 'Fine.' }], faults: ['plan-missing'] },
    ]);
    const self = await run(['--jsonl', '--audience', 'self'], input);
    expect(self.out).toContain('SECRET');
    expect(self.out).not.toContain('PLAN');
  });

  test('names the line that is no record', async () => {
    const result = await run(['--jsonl'], '{"text":"Fine."}\n\nnot json\n{"text":"never read"}\n');
    expect(result.code).toBe(2);
    expect(result.err).toContain('line 3');
    expect(result.out.trim().split('\n')).toHaveLength(1);
    expect((await run(['--jsonl'], '{"speaker":"Mara"}\n')).code).toBe(2);
  });

  test('shows nothing of a turn that cannot be used, and says why', async () => {
    const result = await run([], '<think>PLAN');
    expect(result).toMatchObject({ code: 0, out: '' });
    expect(result.err).toContain('plan-unclosed');
  });

  test.each([['--jsonl'], []])('says what to do about an unreadable file %s', async (...flags) => {
    const missing = await run([...flags, join(folder, 'missing.txt')]);
    expect(missing.code).toBe(1);
    expect(missing.err).toContain('missing.txt (ENOENT)');
    expect((await run([...flags, folder])).code).toBe(1);
  });

  test.each([[['--audience', 'nobody']], [['--from', 'xml']], [['--nonsense']], [['a', 'b']]])(
    'refuses bad use: %j',
    async (args) => {
      const result = await run(args);
      expect(result.code).toBe(2);
      expect(result.err).toContain('--help');
    },
  );

  test('explains itself', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    expect(out).toBe(inspect.help);
  });
});
