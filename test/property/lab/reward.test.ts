import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBoundedMap } from '../../../src/lab/reward/bounded-map.ts';
import { gateTurn } from '../../../src/lab/reward/format-gate.ts';
import { responseIn } from '../../../src/lab/reward/openrlhf.ts';

const step = fc.oneof(
  fc.record({ do: fc.constant('get' as const), key: fc.integer({ min: 0, max: 6 }) }),
  fc.record({
    do: fc.constant('set' as const),
    key: fc.integer({ min: 0, max: 6 }),
    bytes: fc.integer({ min: 0, max: 12 }),
  }),
);

test('a bounded map keeps what a list of entries, the latest used last, would keep', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.record({ entries: fc.integer({ min: 0, max: 5 }), bytes: fc.integer({ min: 0, max: 30 }) }),
      (steps, most) => {
        const map = createBoundedMap<number>(most);
        let model: { key: string; value: number; bytes: number }[] = [];
        for (const [at, one] of steps.entries()) {
          const key = String(one.key);
          const known = model.find((entry) => entry.key === key);
          if (one.do === 'get') {
            expect(map.get(key)).toBe(known?.value);
            if (known) model = [...model.filter((entry) => entry !== known), known];
            continue;
          }
          map.set(key, at, one.bytes);
          model = model.filter((entry) => entry !== known);
          if (one.bytes > most.bytes || most.entries < 1) continue;
          model.push({ key, value: at, bytes: one.bytes });
          const weight = () => model.reduce((sum, { bytes }) => sum + bytes, 0);
          while (model.length > most.entries || weight() > most.bytes) model.shift();
          expect([map.size, map.bytes]).toEqual([model.length, weight()]);
        }
      },
    ),
  );
});

test('whatever the policy wrote is found behind its prompt', () => {
  const words = fc.stringMatching(/^[A-Za-z .,!?’]{0,40}[a-z.]$/u);
  fc.assert(
    fc.property(
      fc.string(),
      words,
      fc.constantFrom('', '<|im_end|>', '</s>\n', '<eos><pad> <pad>\n'),
      (prompt, said, ends) => {
        expect(responseIn(prompt + said + ends, prompt)).toBe(said);
      },
    ),
  );
});

test('the gate answers for any text, and a legal turn shows something and has one plan', () => {
  const part = fc.constantFrom(
    ...['<system_thinking>', '</system_thinking>', '<role_thinking>', '</role_thinking>', '<role_action>'],
    ...['</role_action>', 'Ada Crane: ', 'Perran Hale: ', '\n', 'Suit yourself. ', 'p ', '[', ']', '(', ')'],
  );
  const who = { speaker: 'Perran Hale', others: ['Ada Crane'] };
  fc.assert(
    fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
      const text = parts.join('');
      const gated = gateTurn(text, who, 'required', 16_000);
      if (!gated.legal) return;
      expect(gated.segments.some(({ kind }) => kind !== 'thought')).toBe(true);
      // Opened twice in a row it is one plan.
      expect(text.match(/(?:<system_thinking>\s*)+/g)).toHaveLength(1);
      for (const { text: told } of gated.segments) expect(told).not.toMatch(/<\/?(?:system|role)_/u);
    }),
    { numRuns: 500 },
  );
});
