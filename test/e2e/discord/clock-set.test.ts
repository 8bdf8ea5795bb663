import { afterEach, describe, expect, test } from 'vitest';
import { type Clock, wallClock } from '../../../src/engine/clock.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';

const EXECUTE = /^\/webhooks\/\d+\/[^/]+$/;
const HOUR = 3_600_000;

let theatre: Theatre;
afterEach(() => theatre.close());

/** A machine whose time somebody sets; timers go on as they do. */
function machine() {
  let ahead = 0;
  const clock: Clock = { ...wallClock, now: () => Date.now() + ahead };
  return {
    clock,
    set: (ms: number) => {
      ahead += ms;
    },
  };
}

describe.each([
  ['an hour back', -HOUR],
  ['a day back', -24 * HOUR],
  ['an hour on', HOUR],
  ['a day on', 24 * HOUR],
])('where the time is set %s', (_what, ms) => {
  test('a line that stands and was not noted when the bot died is not posted again', async () => {
    const { clock, set } = machine();
    theatre = await openTheatre({ clock, pace: { echoMs: 60_000 } });
    const { double, channel } = theatre;
    await theatre.start({ cast: 'Old Wenna', preset: 'game-master' });
    await theatre.calm();
    double.gateway.hold();
    double.inject({ method: 'POST', match: EXECUTE, destroy: true, afterEffect: true });
    const ended = theatre
      .engine()
      .narrate(`discord:${channel.id}`, 'A bell rings.')
      .catch((error: Error) => error.name);
    await theatre.line('A bell rings.');
    await theatre.restart(() => {
      set(ms);
      double.gateway.release();
    });
    expect(await ended).toBe('AbortError');
    await theatre.calm();
    expect(theatre.lines().filter((line) => line.includes('A bell rings.'))).toHaveLength(1);
  });

  test('while it plays, players are heard once and answered, and the card follows', async () => {
    const { clock, set } = machine();
    theatre = await openTheatre({ clock });
    const { double, channel, alice } = theatre;
    await theatre.start({ cast: 'Old Wenna, Tom Reddick', preset: 'called-only' });
    let from = double.position();
    double.say(channel, alice, 'Wenna, one.');
    expect((await theatre.line(/./, channel, from)).author).toBe('Old Wenna');
    await theatre.calm();
    set(ms);
    from = double.position();
    double.say(channel, alice, 'Tom, two?');
    expect((await theatre.line(/./, channel, from)).author).toBe('Tom Reddick');
    await theatre.calm();
    await double.replied(double.slash(channel, alice, 'dismiss', { name: 'Tom Reddick' }));
    await theatre.cardSays('**Away** Tom Reddick');
    await theatre.restart(() => void double.say(channel, alice, 'Wenna, three?'));
    await theatre.calm();
    const beats = await theatre.engine().replay(`discord:${channel.id}`);
    const heard = beats.filter(({ speaker }) => speaker?.name === 'Alice').flatMap((beat) => beat.segments);
    expect(heard.map(({ text }) => text)).toEqual(['Wenna, one.', 'Tom, two?', 'Wenna, three?']);
    expect(new Set(theatre.lines()).size).toBe(theatre.lines().length);
  });
});
