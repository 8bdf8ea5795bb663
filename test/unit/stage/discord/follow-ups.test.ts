import { describe, expect, test } from 'vitest';
import { silentLog } from '../../../../src/log.ts';
import { createFollowUps, type Followed } from '../../../../src/stage/discord/interactions/follow-ups.ts';

const MINUTE = 60_000;
const ANSWERED = Promise.resolve();

/** A desk at which players ask, and what they are told; `at` moves the clock. */
function openDesk() {
  const told: string[] = [];
  let now = 0;
  const followUps = createFollowUps({ now: () => now, log: silentLog });
  return {
    told,
    followUps,
    at(ms: number) {
      now = ms;
    },
    asks(name: string, { player = 'p', channel = 'c', fails = false } = {}): Followed {
      return {
        channelId: channel,
        createdTimestamp: now,
        user: { id: player } as Followed['user'],
        async followUp({ content }) {
          if (fails) throw new Error('expired');
          told.push(`${name}: ${content}`);
        },
      };
    },
  };
}

describe('follow-ups', () => {
  test('reach a player by the last thing they asked for in that channel', async () => {
    const { followUps, asks, told } = openDesk();
    followUps.note(asks('first'), ANSWERED);
    followUps.note(asks('last'), ANSWERED);
    followUps.note(asks('elsewhere', { channel: 'd' }), ANSWERED);
    followUps.note(asks('another', { player: 'q' }), ANSWERED);
    expect(await followUps.send('c', 'p', 'hush')).toBe(true);
    expect(told).toEqual(['last: hush']);
    expect(await followUps.send('d', 'q', 'hush')).toBe(false);
  });

  test('wait for the answer, which would otherwise be written over', async () => {
    const { followUps, asks, told } = openDesk();
    const answer = Promise.withResolvers<void>();
    followUps.note(asks('one'), answer.promise);
    const sent = followUps.send('c', 'p', 'hush');
    expect(told).toEqual([]);
    answer.resolve();
    expect(await sent).toBe(true);
    expect(told).toEqual(['one: hush']);
  });

  test('go a minute before Discord takes no more', async () => {
    const { followUps, asks, at, told } = openDesk();
    followUps.note(asks('one'), ANSWERED);
    at(14 * MINUTE - 1);
    expect(await followUps.send('c', 'p', 'in time')).toBe(true);
    at(14 * MINUTE);
    expect(await followUps.send('c', 'p', 'late')).toBe(false);
    expect(told).toEqual(['one: in time']);
  });

  test('try an earlier one where the last is refused, and that once', async () => {
    const { followUps, asks, told } = openDesk();
    let refused = 0;
    const failing: Followed = {
      ...asks('failing'),
      async followUp() {
        refused += 1;
        throw new Error('expired');
      },
    };
    followUps.note(asks('earlier'), ANSWERED);
    followUps.note(failing, ANSWERED);
    expect(await followUps.send('c', 'p', 'one')).toBe(true);
    expect(await followUps.send('c', 'p', 'two')).toBe(true);
    expect(told).toEqual(['earlier: one', 'earlier: two']);
    expect(refused).toBe(1);
  });

  test('are kept for the last five things that were asked', async () => {
    const { followUps, asks, told } = openDesk();
    followUps.note(asks('sixth from last'), ANSWERED);
    for (const name of ['a', 'b', 'c', 'd', 'e']) followUps.note(asks(name, { fails: true }), ANSWERED);
    expect(await followUps.send('c', 'p', 'hush')).toBe(false);
    expect(told).toEqual([]);
  });
});
