import { describe, expect, test } from 'vitest';
import { readRetryAfter, sleep, waitBeforeRetry } from '../../../src/model/retry.ts';

describe('waitBeforeRetry', () => {
  test.each([1, 2, 3, 4, 5, 9])('grows with failure %i, spread over half of it', (failures) => {
    const full = Math.min(8000, 250 * 2 ** failures);
    expect(waitBeforeRetry({ failures, askedMs: undefined, random: () => 0 })).toBe(full / 2);
    expect(waitBeforeRetry({ failures, askedMs: undefined, random: () => 1 })).toBe(full);
  });

  test('is what the server asks for or a little more, up to a minute', () => {
    expect(waitBeforeRetry({ failures: 1, askedMs: 1000, random: () => 0 })).toBe(1000);
    expect(waitBeforeRetry({ failures: 1, askedMs: 1000, random: () => 1 })).toBe(1100);
    expect(waitBeforeRetry({ failures: 1, askedMs: 60_000, random: () => 0 })).toBe(60_000);
    expect(waitBeforeRetry({ failures: 1, askedMs: 60_001, random: () => 0 })).toBeUndefined();
  });
});

describe('readRetryAfter', () => {
  const now = Date.UTC(2030, 0, 1);
  test.each([
    [{ 'retry-after': '3' }, 3000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': new Date(now + 9000).toUTCString() }, 9000],
    [{ 'retry-after': new Date(now - 9000).toUTCString() }, 0],
    [{ 'retry-after-ms': '120', 'retry-after': '3' }, 120],
    [{ 'retry-after-ms': 'soon', 'retry-after': '3' }, 3000],
    [{ 'retry-after': 'later' }, undefined],
    [{ 'retry-after': '' }, undefined],
    [{ 'retry-after': '-5' }, undefined],
    [{ 'retry-after': '1e9' }, undefined],
    [{}, undefined],
  ])('%j is %j ms', (headers, ms) => {
    expect(readRetryAfter(new Headers(headers as Record<string, string>), now)).toBe(ms);
  });

  test('no headers, no wish', () => {
    expect(readRetryAfter(undefined, now)).toBeUndefined();
  });
});

test('sleep throws the reason of an abort', async () => {
  const reason = new Error('enough');
  await expect(sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
  await expect(sleep(1, new AbortController().signal)).resolves.toBeUndefined();
});
