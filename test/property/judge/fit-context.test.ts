import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shippedPrinciples } from '../../../src/judge/principles/shipped.ts';
import { fitContext } from '../../../src/judge/verdict/fit-context.ts';
import { principleLine } from '../../../src/judge/verdict/plain-words.ts';
import type { JudgeContext } from '../../../src/judge/verdict/verdict.ts';
import { weightOf } from '../../../src/scene/weight-of.ts';

const text = fc.string({ maxLength: 60, unit: fc.constantFrom('a', 'b', ' ', 'ж', '字', '’') });
const contexts = fc.record({
  speaker: fc.constant('Ada'),
  sheet: text,
  setting: text,
  note: text,
  others: fc.array(fc.record({ name: fc.constant('Ned'), sheet: text }), { maxLength: 3 }),
  lines: fc.array(text, { maxLength: 30 }),
});

function weightOfAll({ sheet, setting, note, others, lines }: JudgeContext): number {
  const told = others.map((one) => weightOf(`${one.name}: ${one.sheet}`) + 1);
  return [
    ...[sheet, setting, note].map(weightOf),
    ...told,
    ...lines.map((line) => weightOf(line) + 2),
    ...shippedPrinciples().map((principle) => weightOf(principleLine(principle)) + 1),
  ].reduce((sum, one) => sum + one, 0);
}

test('what fits is left as it is, and what does not is cut to the room, asked for the first time or again', () => {
  fc.assert(
    fc.property(contexts, fc.integer({ min: -40, max: 40 }), (context, more) => {
      const principles = shippedPrinciples();
      const room = weightOfAll(context) + more;
      const fitted = fitContext(principles, context, room);
      expect(fitContext(principles, context, room)).toEqual(fitted);
      // Another object of the same words was never weighed.
      expect(fitContext([...principles], structuredClone(context), room)).toEqual(fitted);
      if (more >= 0) {
        expect([...fitted.negative, ...fitted.positive]).toHaveLength(principles.length);
        expect(fitted.context).toEqual(context);
      } else {
        const isCut = fitted.context.lines.join() !== context.lines.join();
        expect(isCut || fitted.negative.length + fitted.positive.length < principles.length).toBe(true);
      }
    }),
  );
});
