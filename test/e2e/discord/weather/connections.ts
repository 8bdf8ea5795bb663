import { GatewayCloseCodes as Code } from 'discord-api-types/v10';
import { expect } from 'vitest';
import type { DiscordDouble } from '../../../doubles/discord/discord-double.ts';
import { EXECUTE } from './addresses.ts';
import type { Evening } from './evening.ts';
import type { Scenario } from './scenario.ts';

/** What can happen to the gateway’s connection, and to the events that come over it. */
export const connections: readonly Scenario[] = [
  {
    name: 'a connection dropped in the middle of a turn',
    promise: 'the session is resumed, and what was missed is replayed and heard once',
    play: (evening) => throughATurn(evening, ({ double }) => double.gateway.drop(), 'session-resumed'),
  },
  {
    name: 'a connection that drops again and again',
    promise: 'each time the session is resumed; nothing is heard twice',
    async play({ double, says, struck }) {
      for (let drop = 0; drop < 3; drop += 1) {
        const since = double.position();
        double.gateway.drop();
        struck();
        says();
        await double.waitFor('session-resumed', () => true, { since });
      }
    },
  },
  {
    name: 'a zombie: no heartbeat is acknowledged, no event arrives',
    promise: 'the connection is given up and the session resumed',
    double: { heartbeatIntervalMs: 150 },
    play: (evening) => throughATurn(evening, ({ double }) => double.gateway.numb(), 'session-resumed'),
  },
  {
    name: 'op 7, reconnect',
    promise: 'the session is resumed elsewhere',
    play: (evening) => throughATurn(evening, ({ double }) => double.gateway.reconnect(), 'session-resumed'),
  },
  {
    name: 'op 9, the session may be resumed',
    promise: 'it is resumed',
    play: (evening) =>
      throughATurn(evening, ({ double }) => double.gateway.invalidate(true), 'session-resumed'),
  },
  {
    name: 'op 9, the session is over',
    promise: 'a new one begins; what nobody replays is read in the channel',
    play: (evening) =>
      throughATurn(evening, ({ double }) => double.gateway.invalidate(false), 'session-started'),
  },
  {
    name: 'a session that is forgotten when it should be resumed',
    promise: 'the same',
    play: (evening) =>
      throughATurn(
        evening,
        ({ double }) => {
          double.gateway.drop();
          double.gateway.forgetSessions();
        },
        'session-started',
      ),
  },
  {
    name: 'a session closed as timed out (4009)',
    promise: 'it is resumed, or a new one begins and the channel is read',
    play: (evening) =>
      throughATurn(
        evening,
        ({ double }) => {
          double.gateway.close(Code.SessionTimedOut);
          double.gateway.forgetSessions();
        },
        'session-started',
      ),
  },
  {
    name: 'sequence refused on resume (4007)',
    promise: 'a new session begins; what nobody replays is read in the channel',
    play: (evening) =>
      throughATurn(evening, ({ double }) => double.gateway.close(Code.InvalidSeq), 'session-started'),
  },
  {
    name: 'an outage in which more is written than is read at once',
    promise: 'all of it is read, page by page, and the last words are heard as well as the first',
    async play({ double, channel, bob, says, struck }) {
      await double.stop();
      says();
      for (let n = 0; n < 520; n += 1) double.say(channel, bob, `Off the scene, ${n}.`);
      says();
      struck();
      double.gateway.forgetSessions();
      await double.start();
    },
  },
  {
    name: 'a session that is lost while what the one before it missed is being read',
    promise: 'what was said then is read, too',
    pace: { timeoutMs: 5000 },
    async play({ double, tells, says, fault }) {
      fault({ ...EXECUTE, delayMs: 2000, afterEffect: true });
      const told = tells();
      const read = await loseSession(double, says);
      await expect.poll(() => readings(double)).toBeGreaterThan(read);
      await loseSession(double, says);
      await told;
    },
  },
  {
    name: 'an event that comes twice',
    promise: 'a message is heard once, a command is done once',
    async play({ double, says, tells, struck, calm, channel, alice, scene, engine }) {
      says();
      double.gateway.repeat('MESSAGE_CREATE');
      await calm();
      double.gateway.repeat('MESSAGE_CREATE');
      const asked = double.slash(channel, alice, 'narrate', { text: 'Once upon a time.' });
      double.gateway.repeat('INTERACTION_CREATE');
      await double.replied(asked);
      struck();
      await tells();
      const told = JSON.stringify(await engine().replay(scene)).split('Once upon a time.').length - 1;
      expect(told).toBe(1);
    },
  },
  {
    name: 'all events of a while come again',
    promise: 'nothing is heard, changed or taken away twice',
    async play({ double, says, rewords, takesBack, calm, struck }) {
      double.gateway.hold();
      const first = says();
      const second = says();
      rewords(first);
      takesBack(second);
      double.gateway.release((events) => [...events, ...events]);
      struck();
      await calm();
      says();
    },
  },
  {
    name: 'a change that comes before the message it changes',
    promise: 'the newer words are heard',
    async play({ double, says, rewords, struck }) {
      double.gateway.hold();
      rewords(says());
      double.gateway.release((events) => events.toReversed());
      struck();
    },
  },
  {
    name: 'two changes of a message in the wrong order',
    promise: 'the last words count',
    async play({ double, says, rewords, calm, struck }) {
      const message = says();
      await calm();
      double.gateway.hold();
      rewords(message);
      rewords(message);
      double.gateway.release((events) => events.toReversed());
      struck();
      await calm();
      says();
    },
  },
  {
    name: 'a deletion that comes before the message it deletes',
    promise: 'nobody hears it',
    async play({ double, says, takesBack, calm, struck }) {
      double.gateway.hold();
      takesBack(says());
      double.gateway.release((events) => events.toReversed());
      struck();
      await calm();
      says();
    },
  },
  {
    name: 'a server that is unavailable for a while',
    promise: 'what was said meanwhile, of which nothing tells, is read in the channel',
    play: (evening) =>
      throughATurn(
        evening,
        ({ double, server }) => double.setAvailable(server, false),
        ({ double, server }) => double.setAvailable(server, true),
      ),
  },
  {
    name: 'a server that is unavailable when the bot starts',
    promise: 'its scenes go on when it is back',
    waitGuildMs: 100,
    async play({ double, server, says, struck, status, restart }) {
      await restart(() => {
        double.setAvailable(server, false);
        says();
        struck();
      });
      expect(await status()).toBe('paused');
      double.setAvailable(server, true);
    },
  },
  {
    name: 'the bot is removed in the middle of a turn, and invited again',
    promise: 'the scene waits, and goes on from the very line when somebody continues it',
    async play(evening) {
      const { double, server, channel, alice, says, struck, held, status } = evening;
      const turn = held();
      says();
      await turn.begun;
      double.kick(server, double.botUserId);
      struck();
      await expect.poll(status).toBe('paused');
      turn.go();
      double.inviteBot(server);
      await expect
        .poll(async () => (await double.replied(double.slash(channel, alice, 'scene continue'))).content)
        .toContain('goes on');
      says();
    },
  },
];

/** A word is said that no session tells of; returns how often what was missed had been read before. */
async function loseSession(double: DiscordDouble, says: () => void): Promise<number> {
  const since = double.position();
  const read = readings(double);
  double.gateway.invalidate(false);
  says();
  await double.waitFor('session-started', () => true, { since });
  return read;
}

/** Requests for what came after a message. */
function readings(double: DiscordDouble): number {
  return double.requests.filter(({ query, status }) => query.get('after') !== null && status === 200).length;
}

/** Something happens while a turn is being made; people write before and after it, and the turn comes to its end. */
async function throughATurn(
  evening: Evening,
  happens: (evening: Evening) => void,
  end: 'session-resumed' | 'session-started' | ((evening: Evening) => void),
): Promise<void> {
  const { double, says, tells, struck, held, calm } = evening;
  await tells();
  const turn = held();
  says();
  await turn.begun;
  const since = double.position();
  happens(evening);
  struck();
  says();
  turn.go();
  if (typeof end === 'string') await double.waitFor(end, () => true, { since });
  else end(evening);
  await calm();
  says();
}
