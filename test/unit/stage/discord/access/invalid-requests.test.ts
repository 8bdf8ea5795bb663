import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { StageError } from '../../../../../src/engine/stage.ts';
import {
  type Answer,
  createInvalidRequests,
  type InvalidRequestOptions,
  type InvalidRequests,
  isInvalid,
} from '../../../../../src/stage/discord/access/invalid-requests.ts';

const MINUTE_MS = 60_000;
const { signal } = new AbortController();

let now = 0;
let logged: string[] = [];
let sleeps: number[] = [];
beforeEach(() => {
  now = 0;
  logged = [];
  sleeps = [];
});

function create(options: Partial<InvalidRequestOptions> = {}): InvalidRequests {
  const note = (event: string) => void logged.push(event);
  return createInvalidRequests({
    most: 10,
    stopMs: 2.5 * MINUTE_MS,
    slowestMs: 1000,
    clock: {
      now: () => now,
      async sleep(ms) {
        sleeps.push(ms);
        now += ms;
      },
    },
    log: { debug: note, info: note, warn: note, error: note },
    ...options,
  });
}

function answer(status: number, scope?: string): Answer {
  return { status, headers: new Headers(scope === undefined ? {} : { 'X-RateLimit-Scope': scope }) };
}

/** The status that came, or what was thrown where the request did not go out. */
async function ask(requests: InvalidRequests, status: number): Promise<unknown> {
  return requests
    .ask(signal, async () => answer(status))
    .then(
      (one) => one.status,
      (error: unknown) => error,
    );
}

async function stopped(): Promise<InvalidRequests> {
  const requests = create();
  for (let n = 0; n < 10; n += 1) await ask(requests, 403);
  return requests;
}

describe('invalid is', () => {
  test.each([
    [401, undefined, true],
    [403, undefined, true],
    [429, undefined, true],
    [429, 'user', true],
    [429, 'global', true],
    [429, 'shared', false],
    [404, undefined, false],
    [500, undefined, false],
    [200, undefined, false],
  ])('%i with the scope %s: %s', (status, scope, invalid) => {
    expect(isInvalid(answer(status, scope))).toBe(invalid);
  });
});

describe('where requests are refused', () => {
  test('few of them change nothing', async () => {
    const requests = create();
    for (let n = 0; n < 5; n += 1) expect(await ask(requests, 403)).toBe(403);
    expect(requests.flow()).toBe('free');
    expect(sleeps).toEqual([]);
  });

  test('from half of the bound on a pause follows each, longer and longer', async () => {
    const requests = create();
    for (let n = 0; n < 9; n += 1) await ask(requests, 429);
    expect(sleeps).toEqual([200, 400, 600]);
    expect(requests.flow()).toBe('slowed');
    expect(logged).toEqual(['requests-slowed']);
  });

  test('who waits in such a pause can be broken off', async () => {
    const requests = create({ clock: { now: () => now, sleep: (_ms, one) => Promise.reject(one.reason) } });
    for (let n = 0; n < 6; n += 1) await ask(requests, 403);
    const reason = new Error('over');
    const sent = requests.ask(AbortSignal.abort(reason), async () => answer(200));
    await expect(sent).rejects.toBe(reason);
  });

  test('at the bound nothing goes out, and the operator reads one line', async () => {
    const requests = await stopped();
    let sent = 0;
    for (let n = 0; n < 100; n += 1) {
      const asked = requests.ask(signal, async () => {
        sent += 1;
        return answer(200);
      });
      await expect(asked).rejects.toMatchObject({ reason: 'unreachable' });
    }
    expect(sent).toBe(0);
    expect(requests.flow()).toBe('stopped');
    expect(logged.filter((event) => event === 'requests-stopped')).toHaveLength(1);
  });

  test('what is older than ten minutes counts no more', async () => {
    const requests = create();
    for (let n = 0; n < 9; n += 1) await ask(requests, 403);
    now += 10 * MINUTE_MS;
    expect(requests.flow()).toBe('free');
    for (let n = 0; n < 5; n += 1) await ask(requests, 403);
    expect(requests.flow()).toBe('free');
  });
});

describe('after a stop', () => {
  test('one request goes out alone, and all go on when it is answered', async () => {
    const requests = await stopped();
    now += 2.5 * MINUTE_MS;
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const trial = requests.ask(signal, () => promise);
    expect(await ask(requests, 200)).toBeInstanceOf(StageError);
    resolve(answer(204));
    expect((await trial).status).toBe(204);
    expect(requests.flow()).toBe('free');
    expect(await ask(requests, 200)).toBe(200);
    expect(logged.at(-1)).toBe('requests-go-on');
  });

  test('everything is stopped again where that one is refused', async () => {
    const requests = await stopped();
    now += 2.5 * MINUTE_MS;
    expect(await ask(requests, 403)).toBe(403);
    expect(await ask(requests, 200)).toBeInstanceOf(StageError);
    now += 2.5 * MINUTE_MS;
    expect(await ask(requests, 200)).toBe(200);
    expect(requests.flow()).toBe('free');
  });

  test('another may try where the answer to that one is lost', async () => {
    const requests = await stopped();
    now += 2.5 * MINUTE_MS;
    await expect(requests.ask(signal, () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
    expect(requests.flow()).toBe('stopped');
    expect(await ask(requests, 200)).toBe(200);
  });

  test('late answers to what was under way tell nothing', async () => {
    const requests = create();
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const late = requests.ask(signal, () => promise);
    for (let n = 0; n < 10; n += 1) await ask(requests, 403);
    now += 2.5 * MINUTE_MS;
    resolve(answer(200));
    await late;
    expect(requests.flow()).toBe('stopped');
  });
});

test('however many are asked and refused, ten minutes hold no more than four times the bound', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.constantFrom(200, 401, 403, 429, 500)), {
        minLength: 300,
        maxLength: 600,
      }),
      async (asked) => {
        now = 0;
        const requests = create({ slowestMs: 0 });
        const refusedAt: number[] = [];
        for (const [wait, status] of asked) {
          now += wait;
          if ((await ask(requests, status)) === status && isInvalid(answer(status))) refusedAt.push(now);
        }
        for (const [n, at] of refusedAt.entries()) {
          const later = refusedAt[n + 40];
          if (later !== undefined) expect(later - at).toBeGreaterThan(10 * MINUTE_MS - 1);
        }
      },
    ),
    { numRuns: 100 },
  );
});
