import { describe, expect, test } from 'vitest';
import { keepPlain } from '../../../../src/lab/selfplay/engine/plain-text.ts';

const usage = {
  model: 'm',
  promptTokens: 1,
  cachedTokens: 0,
  completionTokens: 1,
  msToFirst: 0,
  msToLast: 0,
};
const kept = (text: string, { whole = true, reasoning = '' } = {}) =>
  keepPlain({ speaker: { name: 'Mara' }, others: ['Ben'] }, whole)({ text, reasoning, end: 'stop', usage });

test('what was written as plain chat stays as it was written', () => {
  const text = '*She nods.* "Hop in," she says.\n\n(The tide turns.)';
  expect(kept(text).text).toBe(text);
  expect(kept(text).format).toMatchObject({ usable: true, faults: [] });
});

describe('what a mind holds is not kept', () => {
  test.each([
    ['a tagged plan', '<system_thinking>SECRET</system_thinking>Hop in.'],
    ['a think block', '<think>SECRET</think>\nHop in.'],
    ['a tagged thought', '<role_thinking>SECRET</role_thinking>Hop in.'],
    ['a plan that never ends', '<think>SECRET and so on'],
  ])('%s', (_what, text) => {
    expect(kept(text).text).not.toContain('SECRET');
  });

  test('a reasoning channel', () => {
    const { text, format } = kept('Hop in.', { reasoning: 'SECRET' });
    expect(text).toBe('Hop in.');
    expect(format).toMatchObject({ usable: true, planned: 6 });
  });
});

test('it ends where another begins to speak', () => {
  expect(kept('Hop in.\nBen: Thank you.').text).toBe('Hop in.');
});

test('its own name in front is dropped where it is taken apart', () => {
  expect(kept('Mara: Hop in.', { whole: false }).text).toBe('Hop in.');
});

test('nothing is nothing', () => {
  expect(kept('  ')).toMatchObject({ text: '', format: { usable: false } });
});
