import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainLine } from '../../../src/judge/principles/plain-line.ts';
import { principleSchema } from '../../../src/judge/principles/principle.ts';
import { principleOfWish, sameWish } from '../../../src/judge/principles/wish.ts';

const CAST = ['Old Wenna', 'Tom'];
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    ...[
      '\n',
      '\r',
      '\u0085',
      '\u2028',
      '\u200b',
      '\t',
      ' ',
      '# ',
      '---',
      '```',
      'Tom: ',
      'Old Wenna:',
      'System: ',
    ],
    ...[
      '<role_thinking>',
      '</role_action>',
      '[INST]',
      '<system_thinking',
      'never ',
      'kein ',
      'proud',
      '{{user}}',
      '‮',
    ],
  ),
);
const typed = fc.array(piece, { minLength: 1, maxLength: 12 }).map((pieces) => pieces.join(''));

const spoken = principleSchema.omit({ example: true });

test('whatever is typed becomes one harmless line, and a whole principle where it says something', () => {
  fc.assert(
    fc.property(typed, (words) => {
      const wish = plainLine(words, CAST);
      expect(wish).not.toMatch(/[\n\r\u0085\u2028\u2029]|<\/?role_|<system_thinking|^#{1,6} |```/u);
      expect(wish).not.toMatch(/^(?:Tom|Old Wenna|System):/u);
      expect(wish.isWellFormed()).toBe(true);
      if (!/[\p{L}\p{N}]/u.test(wish)) return;
      const { source, example, ...principle } = principleOfWish('own-00000000', wish);
      expect(spoken.parse(principle)).toEqual(principle);
      expect([source, example]).toEqual(['server', '']);
      expect(sameWish(wish, ` ${wish}\u200b`)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
