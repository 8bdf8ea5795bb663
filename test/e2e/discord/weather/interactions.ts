import { expect } from 'vitest';
import { ALWAYS } from './addresses.ts';
import type { Evening } from './evening.ts';
import type { Scenario } from './scenario.ts';

const CALLBACK = { method: 'POST', match: /^\/interactions\/\d+\/[^/]+\/callback$/ } as const;
const ANSWER = { method: 'PATCH', match: /^\/webhooks\/\d+\/[^/]+\/messages\/@original$/ } as const;

const unknown = { status: 404, body: { code: 10062, message: 'Unknown interaction' } };
const expired = { status: 401, body: { code: 50027, message: 'Invalid Webhook Token' } };

/** Something is told by command, and it is waited until it stands. */
async function narrates({ double, channel, alice, line }: Evening, text: string): Promise<void> {
  double.slash(channel, alice, 'narrate', { text });
  await line(text);
}

/** A moment passes, because the model’s turn cannot be used, and Retry is pressed so often at once. */
async function presses({ double, channel, alice, line, calm }: Evening, times: number): Promise<void> {
  const bears = ({ components }: { components: unknown }) =>
    JSON.stringify(components).includes('dramatis:retry');
  const notice = await double.nextMessage(channel, bears, { since: 0 });
  for (let n = 0; n < times; n += 1) double.click(notice, 'dramatis:retry', alice);
  await line(/Answer/);
  await double.waitFor('message-deleted', ({ message }) => message.id === notice.id, { since: 0 });
  await calm();
}

/** What becomes of commands and buttons whose answers Discord does not take. */
export const interactions: readonly Scenario[] = [
  {
    name: 'a command whose first answer comes too late (10062)',
    promise: 'nothing is done of which nobody is told; the scene goes on',
    async play(evening) {
      const { fault, says, double, channel, alice } = evening;
      const late = fault({ ...CALLBACK, ...unknown });
      double.slash(channel, alice, 'narrate', { text: 'Wave-101.' });
      await expect.poll(late.hits).toBe(1);
      await narrates(evening, 'Wave-102.');
      says();
    },
  },
  {
    name: 'a token that expires while a command is carried out',
    promise: 'what was asked for is done, once',
    async play(evening) {
      evening.fault({ ...ANSWER, ...expired });
      await narrates(evening, 'Wave-101.');
      await narrates(evening, 'Wave-102.');
      evening.says();
    },
  },
  {
    name: '5xx and cuts where a command is answered',
    promise: 'what was asked for is done once or not at all, never twice',
    async play(evening) {
      const { fault, double, channel, alice, says } = evening;
      const ill = [
        { ...CALLBACK, status: 503 },
        { ...CALLBACK, status: 502, afterEffect: true },
        { ...CALLBACK, destroy: true },
        { ...CALLBACK, destroy: true, afterEffect: true },
        { ...ANSWER, status: 503, times: 2 },
        { ...ANSWER, destroy: true, afterEffect: true },
      ];
      for (const [n, one] of ill.entries()) {
        const met = fault(one);
        double.slash(channel, alice, 'narrate', { text: `Wave-${101 + n}.` });
        await expect.poll(met.hits).toBeGreaterThan(0);
        await evening.calm();
        met.remove();
      }
      await narrates(evening, 'Wave-110.');
      says();
    },
  },
  {
    name: 'a storm of 401 where people are answered',
    promise: 'their answers are stopped after a while; lines and everything else go on',
    pace: { refusedMost: 20, refusedStopMs: 60_000 },
    async play({ fault, double, channel, alice, says, tells, stage, logged, line }) {
      const storm = fault({ ...ANSWER, ...expired, times: ALWAYS });
      for (let n = 0; n < 30; n += 1) double.slash(channel, alice, 'quota');
      await expect.poll(() => logged.some(({ event }) => event === 'requests-stopped')).toBe(true);
      for (let n = 0; n < 30; n += 1) double.slash(channel, alice, 'quota');
      await tells();
      says();
      await line(/Answer/);
      // Of the first thirty some were under way when it stopped; of the others none went out.
      expect(storm.hits()).toBeLessThanOrEqual(30);
      expect(stage().health().flow).toBe('free');
    },
  },
  {
    name: 'Retry pressed three times at once',
    promise: 'one more turn is made, and the notice is taken away once',
    async play(evening) {
      const { says, spoils, double } = evening;
      spoils();
      says();
      await presses(evening, 3);
      const gone = double.requests.filter(({ method, status }) => method === 'DELETE' && status === 404);
      expect(gone).toEqual([]);
    },
  },
  {
    name: '5xx and cuts while a story is told again',
    promise: 'each part stands in its thread once',
    ends: 'ended',
    async play({ fault, says, tellsAtLength, double, channel, alice, line, calm }) {
      says();
      await line(/Answer/);
      for (let n = 0; n < 3; n += 1) await tellsAtLength();
      await calm();
      await double.replied(double.slash(channel, alice, 'scene end'));
      const post = { method: 'POST', match: /^\/channels\/\d+\/messages$/ };
      fault({ ...post, status: 502, afterEffect: true });
      const asked = double.slash(channel, alice, 'scene replay');
      await double.replied(asked, ({ content }) => content.includes('<#'));
      const thread = double.threads(channel).at(-1)?.id ?? '';
      const told = double.messages(thread).map(({ content }) => content);
      expect(told.length).toBeGreaterThan(3);
      expect(new Set(told).size).toBe(told.length);
    },
  },
];
