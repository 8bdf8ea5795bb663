import { expect, test } from 'vitest';
import type { Fault } from '../../../doubles/discord/wire/faults.ts';
import { randomFrom } from '../../../support/random-from.ts';
import { openTheatre, type Theatre } from '../discord-theatre.ts';

const EXECUTE = /^\/webhooks\/\d+\/[^/]+$/;
const ROUNDS = Number(process.env['ROUNDS'] ?? 30);
const SEED = Number(process.env['SEED'] ?? 1);

const faults: readonly Omit<Fault, 'match'>[] = [
  { status: 502 },
  { status: 502, afterEffect: true },
  { status: 503, times: 2 },
  { destroy: true },
  { destroy: true, afterEffect: true },
  { delayMs: 250, afterEffect: true },
  { status: 429, headers: { 'retry-after': '0.005' }, body: {} },
];

/** What happens to the connection, its events and the webhook. */
const mishaps: readonly ((theatre: Theatre) => void)[] = [
  ({ double }) => double.gateway.drop(),
  ({ double }) => double.gateway.reconnect(),
  ({ double }) => double.gateway.invalidate(true),
  ({ double }) => double.gateway.invalidate(false),
  ({ double }) => double.gateway.repeat('MESSAGE_CREATE'),
  ({ double }) => {
    double.gateway.drop();
    double.gateway.forgetSessions();
  },
  ({ double, server }) => {
    double.setAvailable(server, false);
    double.setAvailable(server, true);
  },
  ({ double, channel }) => {
    for (const webhook of double.webhooksIn(channel)) double.removeWebhook(webhook);
  },
];

test('through faults, cuts and restarts, every line stands once, in order, and every message is heard once', async () => {
  const theatre = await openTheatre({
    pace: { timeoutMs: 150, echoMs: 40 },
    engine: { limits: { linesPerPlayerHour: 100_000 } },
  });
  const { double, channel, alice } = theatre;
  const scene = `discord:${channel.id}`;
  expect(await theatre.start({ cast: 'Old Wenna', preset: 'game-master' })).toContain('open');
  const chance = randomFrom(SEED);
  const told: string[] = [];
  const said: string[] = [];
  const counts = { faults: 0, mishaps: 0, restarts: 0 };
  for (let round = 1; round <= ROUNDS; round += 1) {
    const fault = faults[Math.floor(chance() * faults.length)];
    if (fault && chance() < 0.7) {
      double.inject({ method: 'POST', match: EXECUTE, ...fault });
      counts.faults += 1;
    }
    if (chance() < 0.3) {
      mishaps[Math.floor(chance() * mishaps.length)]?.(theatre);
      counts.mishaps += 1;
    }
    told.push(`Wave ${round}.`);
    said.push(`Word ${round}.`);
    double.say(channel, alice, `Word ${round}.`);
    // A start of the bot may break it off: it is recorded then, and posted after.
    const narrated = theatre
      .engine()
      .narrate(scene, `Wave ${round}.`)
      .then(
        () => true,
        () => false,
      );
    if (chance() < 0.15) {
      await theatre.restart();
      counts.restarts += 1;
    }
    if (!(await narrated) && !(await perceived()).includes(`Wave ${round}.`)) told.pop();
  }
  await theatre.restart();
  await theatre.calm();

  const shown = theatre.lines().filter((line) => line.startsWith('Narrator'));
  expect(shown).toEqual(told.map((text) => `Narrator: *${text}*`));
  expect((await perceived()).filter((text) => text.startsWith('Word'))).toEqual(said);
  expect(double.pings).toEqual([]);
  console.table([
    { rounds: ROUNDS, seed: SEED, ...counts, requests: double.requests.length, lost: 0, doubled: 0 },
  ]);
  await theatre.close();

  async function perceived(): Promise<string[]> {
    const beats = await theatre.engine().replay(scene);
    return beats.flatMap(({ segments }) => segments.map(({ text }) => text));
  }
}, 600_000);
