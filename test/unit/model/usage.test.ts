import { describe, expect, test } from 'vitest';
import { createUsageTally } from '../../../src/model/usage.ts';

function start() {
  const clock = { now: 0 };
  const messages = [
    { role: 'system', content: 'x'.repeat(10) },
    { role: 'user', content: 'y'.repeat(3) },
  ] as const;
  return { clock, tally: createUsageTally({ model: 'm', messages, now: () => clock.now }) };
}

describe('createUsageTally', () => {
  test('counts milliseconds from the last time the request went out', () => {
    const { clock, tally } = start();
    clock.now = 100;
    tally.sent();
    clock.now = 350.4;
    tally.received('a');
    clock.now = 900;
    tally.received('b');
    clock.now = 5000;
    expect(tally.total()).toMatchObject({ model: 'm', msToFirst: 250, msToLast: 800 });
  });

  test('estimates what the server leaves out, and only that', () => {
    const { tally } = start();
    tally.received('abcde');
    expect(tally.total()).toMatchObject({ promptTokens: 4, cachedTokens: 0, completionTokens: 2 });
    tally.counted({ promptTokens: 7, completionTokens: undefined });
    expect(tally.total()).toMatchObject({ promptTokens: 7, cachedTokens: 0, completionTokens: 2 });
  });

  test('an answer without a word took until its end', () => {
    const { clock, tally } = start();
    clock.now = 40;
    expect(tally.total()).toMatchObject({ completionTokens: 0, msToFirst: 40, msToLast: 40 });
  });
});
