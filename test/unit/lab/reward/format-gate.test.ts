import { expect, test } from 'vitest';
import { gateTurn, type PlanRule } from '../../../../src/lab/reward/format-gate.ts';

const WHO = { speaker: 'Perran Hale', others: ['Ada Crane'] };
const PLAN = '<system_thinking>He should stay curt</system_thinking>';

function why(text: string, plan: PlanRule = 'required', longest = 16_000): string {
  const gated = gateTurn(text, WHO, plan, longest);
  return gated.legal ? 'legal' : gated.why;
}

test.each([
  [`${PLAN}Suit yourself.`],
  [`${PLAN}Perran Hale: <role_action>nods</role_action>Suit yourself.`],
  [`${PLAN}<role_action>nods</role_action>`],
  [`${PLAN}<role_thinking>She is late</role_thinking>Suit yourself.<|im_end|>`],
  ['<think>He should stay curt</think>Suit yourself.'],
  // What it is going to say may stand in a plan.
  [
    '<system_thinking>He says: Suit yourself, and nothing more than that to her</system_thinking>Suit yourself, and nothing more than that to her.',
  ],
])('%s is a legal turn', (text) => {
  expect(why(text)).toBe('legal');
});

test.each([
  ['no plan', 'Suit yourself.', 'no-plan'],
  ['an empty plan', '<system_thinking></system_thinking>Suit yourself.', 'no-plan'],
  ['two plans', `${PLAN}${PLAN}Suit yourself.`, 'two-plans'],
  ['a second plan at the end', `${PLAN}Suit yourself.${PLAN}`, 'two-plans'],
  ['a plan without an end', '<system_thinking>He should stay curt. Suit yourself.', 'leak'],
  ['a plan without a beginning', 'He should stay curt</system_thinking>Suit yourself.', 'leak'],
  ['a plan in prose', 'I need to portray Perran as curt.\n\nSuit yourself.', 'leak'],
  ['plan words behind the plan', `${PLAN}I need to portray Perran as curt.`, 'leak'],
  ['a thought without an end', `${PLAN}<role_thinking>She is late. Suit yourself.`, 'leak'],
  [
    'a thought said aloud',
    `${PLAN}<role_thinking>she has run the last mile of the road</role_thinking>She has run the last mile of the road!`,
    'leak',
  ],
  ['somebody else’s line', `${PLAN}Suit yourself.\nAda Crane: I shall.`, 'other-speaker'],
  ['a plan and nothing else', PLAN, 'empty'],
  ['a thought and nothing else', `${PLAN}<role_thinking>She is late</role_thinking>`, 'empty'],
  ['nothing', ' \n', 'empty'],
  ['another dialect', `${PLAN}[She is late] (nods) Suit yourself.`, 'broken-format'],
  ['an action without an end', `${PLAN}Suit yourself. <role_action>nods`, 'broken-format'],
])('%s is illegal', (_what, text, expected) => {
  expect(why(text)).toBe(expected);
});

test('a turn may be as long as is said, plan and all', () => {
  const text = `${PLAN}Suit yourself.`;
  expect(why(text, 'required', text.length)).toBe('legal');
  expect(why(text, 'required', text.length - 1)).toBe('too-long');
});

test('a policy that is asked for no plan writes none', () => {
  expect(why('Suit yourself.', 'off')).toBe('legal');
  expect(why(`${PLAN}Suit yourself.`, 'off')).toBe('plan-not-asked-for');
  expect(why('Suit yourself.', 'optional')).toBe('legal');
  expect(why(`${PLAN}Suit yourself.`, 'optional')).toBe('legal');
  expect(why(`${PLAN}${PLAN}Suit yourself.`, 'optional')).toBe('two-plans');
});

test('of a legal turn no plan is left', () => {
  const gated = gateTurn(`${PLAN}<role_thinking>late</role_thinking>Suit yourself.`, WHO, 'required', 16_000);
  expect(gated).toEqual({
    legal: true,
    segments: [
      { kind: 'thought', text: 'late' },
      { kind: 'speech', text: 'Suit yourself.' },
    ],
  });
});
