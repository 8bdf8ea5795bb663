import { describe, expect, test } from 'vitest';
import { createEchoGuard } from '../../../src/performer/prompt-echo.ts';
import { SECOND_TRY, turnReminder, turnRules } from '../../../src/performer/turn-rules.ts';

const guard = createEchoGuard([turnRules('short'), turnReminder('Tom Reddick', 'short'), SECOND_TRY]);

describe('what a small model read aloud of its prompt', () => {
  test.each([
    'Tom Reddick’s turn. Play of the 3, no more.',
    'Old Wenna’s turn, she is saying this:',
    'Well. Begin with <system_thinking>, close it, then play.',
    'Keep strictly to the form: every tag closed, the plan only inside.',
    'Only your own character acts, thinks and speaks.',
    'Tide’s wrong till four. And I don’t carry what I can’t see.',
  ])('%j is an echo', (text) => {
    expect(guard(text)).toBe(true);
  });

  test.each([
    'It is Tom Reddick’s turn to row, and well he knows it.',
    'I was told to begin with the rope.',
    'Say nothing of it to the others.',
    '',
  ])('%j is speech', (text) => {
    expect(guard(text)).toBe(false);
  });
});
