import { describe, expect, test } from 'vitest';
import { createSilenceWatch } from '../../../src/model/silence-watch.ts';

const silence = new Error('silence');
const reason = new Error('enough');
const forever = () => new Promise<never>(() => undefined);

function start(silenceMs: number, caller = new AbortController()) {
  return {
    caller,
    watch: createSilenceWatch({ silenceMs, caller: caller.signal, onSilence: () => silence }),
  };
}

describe('createSilenceWatch', () => {
  test('gives what comes in time, and errors as they are', async () => {
    const { watch } = start(10_000);
    const failed = new Error('failed');
    expect(await watch.wait(Promise.resolve(7))).toBe(7);
    await expect(watch.wait(Promise.reject(failed))).rejects.toBe(failed);
    expect(watch.request.signal.aborted).toBe(false);
  });

  test('throws on silence, and ends the request', async () => {
    const { watch } = start(10);
    await expect(watch.wait(forever())).rejects.toBe(silence);
    expect(watch.request.signal.aborted).toBe(true);
  });

  test('may be given less time for one wait', async () => {
    const { watch } = start(60_000);
    await expect(watch.wait(forever(), 5)).rejects.toBe(silence);
  });

  test("throws the caller's reason, even where the request ended quietly", async () => {
    const { watch, caller } = start(60_000);
    const quiet = new Promise((resolve) =>
      watch.request.signal.addEventListener('abort', () => resolve('done')),
    );
    const waiting = watch.wait(quiet);
    caller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(watch.request.signal.reason).toBe(reason);
  });

  test('is over at once where the caller had left before', async () => {
    const caller = new AbortController();
    caller.abort(reason);
    const { watch } = start(60_000, caller);
    expect(watch.request.signal.aborted).toBe(true);
    await expect(watch.wait(forever())).rejects.toBe(reason);
  });

  test('stop ends the request and leaves the caller alone', () => {
    const { watch, caller } = start(60_000);
    watch.stop();
    expect(watch.request.signal.aborted).toBe(true);
    expect(caller.signal.aborted).toBe(false);
  });
});
