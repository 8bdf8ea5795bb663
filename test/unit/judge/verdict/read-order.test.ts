import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readOrder } from '../../../../src/judge/verdict/read-order.ts';
import type { PrincipleRef, Reading } from '../../../../src/judge/verdict/verdict.ts';
import { anAsked } from './a-pair.ts';

const caseSchema = z.strictObject({
  name: z.string(),
  shownFirst: z.enum(['first', 'second']).default('first'),
  answer: z.string(),
  expect: z.strictObject({
    missing: z.string().optional(),
    better: z.string().optional(),
    deciding: z.string().optional(),
    violations: z.array(z.string()).optional(),
    compared: z.array(z.string()).optional(),
    dimensions: z.array(z.string()).optional(),
    winners: z.array(z.string()).optional(),
    reason: z.string().optional(),
  }),
});

function casesOf(file: string) {
  const url = new URL(`../../../fixtures/judge/${file}`, import.meta.url);
  return z.array(caseSchema).parse(parse(readFileSync(url, 'utf8')));
}

const nameOf = (ref: PrincipleRef | undefined) => ref?.id ?? ref?.name;

/** Of a reading, what a case speaks of. */
function told(reading: Reading, keys: readonly string[]) {
  const all: Record<string, unknown> = {
    better: reading.better,
    deciding: nameOf(reading.deciding),
    violations: reading.violations.map(({ by }) => by),
    compared: reading.comparisons.map(({ principle }) => nameOf(principle)),
    dimensions: reading.comparisons.map(({ principle }) => principle.dimension),
    winners: reading.comparisons.map(({ better }) => better),
    reason: reading.reason,
  };
  return Object.fromEntries(keys.map((key) => [key, all[key]]));
}

for (const [file, layout] of [
  ['plain.yaml', 'plain'],
  ['her-rm.yaml', 'her-rm'],
] as const) {
  describe(`answers in ${file}`, () => {
    test.each(casesOf(file))('$name', ({ answer, shownFirst, expect: wanted }) => {
      const outcome = readOrder(answer, anAsked(shownFirst, layout));
      if (wanted.missing !== undefined) {
        expect(outcome).toEqual({ type: 'missing', why: wanted.missing });
        return;
      }
      expect(outcome.type === 'read' ? told(outcome.reading, Object.keys(wanted)) : outcome).toEqual(wanted);
    });
  });
}

const outcomeOf = (answer: string, layout: 'plain' | 'her-rm' = 'plain') => {
  const outcome = readOrder(answer, anAsked('first', layout));
  return outcome.type === 'read' ? outcome.reading.better : outcome.why;
};

describe('an answer', () => {
  test.each([
    ['{"better": "KV"} I am sure.', 'first'],
    ['{"better": "KV"} {"note": ]', 'shape'],
    ['{"better": "KV"} and "better_response": "RZ"', 'shape'],
    ['{"better": "KV"} and "winner" : "RZ"', 'shape'],
    ['“decision”: “RZ”, or {"better": "KV"}', 'shape'],
    ['{"better": "KV"} is the "better" one: KV', 'first'],
  ])('beside which another may stand is none: %s', (answer, outcome) => {
    expect(outcomeOf(answer)).toBe(outcome);
  });

  test('is read as far as 64,000 characters', () => {
    const decision = '{"better": "KV"}';
    expect(outcomeOf(`${'x'.repeat(64_000 - decision.length)}${decision}`)).toBe('first');
    expect(outcomeOf(`${'x'.repeat(64_000)}${decision}`)).toBe('prose');
  });

  test('of HER’s reward model may copy words that begin with an apostrophe', () => {
    const answer = `{"cand_1": 'Tis late, "better_response": "cand_1"}`;
    expect(outcomeOf(answer, 'her-rm')).toBe('first');
    expect(outcomeOf(answer.replace('cand_1"}', 'KV"}'))).toBe('half');
  });

  test('makes principles of its own only where it is HER’s reward model', () => {
    const answer = (better: string) =>
      JSON.stringify({
        principle: [{ principle_name: 'Own Initiative', dimension_name: 'Emotion' }],
        comparisons: [{ principle: 'Own Initiative', better }],
        better,
      });
    expect(readOrder(answer('KV'), anAsked())).toMatchObject({
      reading: { deciding: { id: 'own-initiative' } },
    });
    expect(readOrder(answer('cand_1'), anAsked('first', 'her-rm'))).toMatchObject({
      reading: { deciding: { name: 'Own Initiative', dimension: 'emotion' } },
    });
  });
});

const recordedSchema = z.strictObject({
  name: z.string(),
  model: z.string(),
  layout: z.enum(['plain', 'her-rm']),
  shownFirst: z.enum(['first', 'second']),
  labels: z.strictObject({ first: z.string(), second: z.string() }),
  answer: z.string(),
  expect: caseSchema.shape.expect,
});

/** What two real small models (135 and 270 million parameters) answered to the requests of this judge. */
describe('recorded answers', () => {
  const url = new URL('../../../fixtures/judge/recorded.jsonl', import.meta.url);
  const lines = readFileSync(url, 'utf8').trim().split('\n');
  test.each(lines.map((line) => recordedSchema.parse(JSON.parse(line))))(
    '$name ($model)',
    ({ answer, layout, shownFirst, labels, expect: wanted }) => {
      const outcome = readOrder(answer, { ...anAsked(shownFirst, layout), labels });
      const read =
        outcome.type === 'read' ? told(outcome.reading, Object.keys(wanted)) : { missing: outcome.why };
      expect(read).toEqual(wanted);
    },
  );
});
