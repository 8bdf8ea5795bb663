import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { checkedRow } from '../../../src/lab/check/checked-row.ts';
import { jsonRows } from '../../../src/lab/check/rows/json-rows.ts';
import { rulesFor } from '../../../src/lab/check/rules/all.ts';
import { LLAMA_FACTORY_RULES } from '../../../src/lab/check/rules/llama-factory.ts';
import { MS_SWIFT_RULES } from '../../../src/lab/check/rules/ms-swift.ts';
import { ENGINES, KINDS } from '../../../src/lab/export/sample.ts';

const role = fc.constantFrom('system', 'user', 'assistant');
const message = role.map((name) => ({ role: name, content: 'x' }));

/** As LLaMA-Factory’s converter goes through a row, step by step (lab.md 1.6). */
function converts(roles: readonly string[]): boolean {
  const turns = [...roles];
  if (turns[0] === 'system') turns.shift();
  for (const [at, name] of turns.entries()) {
    if (at % 2 === 0 && name !== 'user') return false;
    if (at % 2 === 1 && name !== 'assistant') return false;
  }
  return turns.length % 2 === 0;
}

test('LLaMA-Factory: a row is found exactly where the converter would empty it', () => {
  const file = { engine: 'llama-factory', kind: 'sft-plain', form: 'jsonl' } as const;
  const looks = LLAMA_FACTORY_RULES.flatMap((rule) => rule.begin(file) ?? []);
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 7 }), (messages) => {
      const row = checkedRow({ messages }, file);
      const isFound = looks.some((look) => look(row) !== undefined);
      expect(isFound).toBe(!converts(messages.map(({ role: name }) => name)));
    }),
  );
});

test('ms-swift: rows with flags are right exactly where the last message alone is learnt', () => {
  const file = { engine: 'ms-swift', kind: 'sft-plain', form: 'jsonl' } as const;
  const look = MS_SWIFT_RULES.find(({ id }) => id === 'ms-swift-loss')?.begin(file);
  const flagged = fc.record({
    role,
    content: fc.constant('x'),
    loss: fc.option(fc.boolean(), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(flagged, { minLength: 1, maxLength: 6 }), (messages) => {
      fc.pre(messages.some(({ loss }) => loss !== undefined));
      let learnt = '';
      for (const one of messages) learnt += one.role === 'assistant' && one.loss !== false ? 'x' : '.';
      const isRight = /^\.*x$/u.test(learnt);
      expect(look?.(checkedRow({ messages }, file)) === undefined).toBe(isRight);
    }),
  );
});

test('no row makes a rule throw, whatever is in it', () => {
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.array(
      fc.record({
        role: fc.oneof(role, fc.jsonValue()),
        content: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
      }),
    ),
    fc.record({ ground_truth: fc.jsonValue(), reward_context: fc.jsonValue(), index: fc.jsonValue() }),
  );
  const names = [
    'messages',
    'prompt',
    'completion',
    'input',
    'output',
    'label',
    'solution',
    'reward_model',
    'extra_info',
  ];
  const row = fc.dictionary(fc.constantFrom(...names), odd);
  fc.assert(
    fc.property(row, fc.constantFrom(...ENGINES), fc.constantFrom(...KINDS), (value, engine, kind) => {
      const file = { engine, kind, form: 'jsonl', maxTokens: 100 } as const;
      const checked = checkedRow(value, file);
      for (const rule of rulesFor(engine)) {
        const found = rule.begin(file)?.(checked);
        expect(found === undefined || found.length > 0).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('lines of any bytes: rows are numbered as the lines are, and what is JSON is read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dramatis-lines-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const line = fc.oneof(
    fc
      .dictionary(fc.string(), fc.jsonValue())
      .map((value) => ({ bytes: Buffer.from(JSON.stringify(value)), value })),
    fc
      .uint8Array({ maxLength: 12 })
      .filter((bytes) => !bytes.includes(10) && !bytes.includes(0x7b))
      .map((bytes) => ({ bytes: Buffer.from(bytes), value: undefined })),
  );
  let number = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 6 }), async (lines) => {
      number += 1;
      const path = join(folder, `${number}.jsonl`);
      writeFileSync(path, Buffer.concat(lines.flatMap(({ bytes }) => [bytes, Buffer.from('\n')])));
      const rows = await Array.fromAsync(jsonRows(path, new AbortController().signal));
      expect(rows.map(({ row }) => row)).toEqual(lines.map((_, at) => at + 1));
      expect(rows.map(({ value }) => JSON.stringify(value))).toEqual(
        lines.map(({ value }) => JSON.stringify(value)),
      );
      for (const { value, faults } of rows) expect(value !== undefined || faults.length > 0).toBe(true);
    }),
    { numRuns: 60 },
  );
});
