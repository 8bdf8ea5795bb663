import { afterEach, expect, test } from 'vitest';
import type { Clock } from '../../../src/engine/engine-options.ts';
import { answeringModel } from '../../support/answering-model.ts';
import { untilAborted } from '../../support/play-house.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';

let theatre: Theatre;
afterEach(() => theatre.close());

const HOUR = 3_600_000;

/** Wenna is called, and whatever comes of it is over. */
async function call(text: string): Promise<void> {
  const { double, channel, bob } = theatre;
  double.say(channel, bob, `Wenna, ${text}`);
  await expect
    .poll(async () => JSON.stringify(await theatre.engine().replay(`discord:${channel.id}`)))
    .toContain(text);
  await theatre.calm();
}

function said(): readonly string[] {
  const { double, channel } = theatre;
  return double
    .messages(channel)
    .filter(({ authorId, content }) => authorId === double.botUserId && content !== '')
    .map(({ content }) => content);
}

test('a budget stops the cast, says when it opens again, and does; /quota and /usage tell how much is used', async () => {
  let now = Date.UTC(2026, 10, 26, 12, 40);
  const clock: Clock = { now: () => now, sleep: (_ms, signal) => untilAborted(signal) };
  const model = answeringModel();
  theatre = await openTheatre({
    engine: {
      models: { actor: model },
      limits: { gatherMs: 0, turnsPerPlayerHour: 1 },
      clock,
      prices: { answering: { prompt: 2_000_000, cached: 1, completion: 1_000_000 } },
    },
  });
  const { alice, bob, channel, double } = theatre;
  await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
  await call('one?');
  await call('two?');
  await call('three?');
  expect(model.asked).toHaveLength(1);
  const stops = said().filter((text) => text.includes('answered you'));
  expect(stops).toHaveLength(1);
  expect(stops[0]).toContain('at 13:00 UTC (in 20 minutes)');

  const quota = await double.replied(double.slash(channel, bob, 'quota'));
  expect(quota.ephemeral).toBe(true);
  expect(quota.content).toContain('1 of 1 of the turns that answer you in this hour; anew at 13:00 UTC');
  const refused = await double.replied(double.slash(channel, bob, 'usage'));
  expect(refused.content).toContain('Only moderators');
  const usage = await double.replied(double.slash(channel, alice, 'usage'));
  expect(usage.content).toContain('answering: 1 tokens read (0 % from the cache), 1 written, 3.00 USD');

  // Who calls a turn by hand is told each time, by the answer or by a line to the room.
  for (const calls of [2, 3]) {
    await double.replied(double.slash(channel, bob, 'next'));
    await expect.poll(() => said().filter((text) => text.includes('answered you'))).toHaveLength(calls);
  }

  // Its process ends meanwhile: what was used is used.
  await theatre.restart();
  await call('four?');
  expect(model.asked).toHaveLength(1);
  now += HOUR;
  await call('five?');
  expect(model.asked).toHaveLength(2);
});
