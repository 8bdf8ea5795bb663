import { expect, test } from 'vitest';
import type { Fault } from '../../doubles/discord/wire/faults.ts';
import { openTheatre } from './discord-theatre.ts';

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
  for (let round = 1; round <= ROUNDS; round += 1) {
    const fault = faults[Math.floor(chance() * faults.length)];
    if (fault && chance() < 0.7) double.inject({ method: 'POST', match: EXECUTE, ...fault });
    if (chance() < 0.2) double.gateway.drop();
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
    if (chance() < 0.15) await theatre.restart();
    if (!(await narrated) && !(await perceived()).includes(`Wave ${round}.`)) told.pop();
  }
  await theatre.restart();
  await theatre.calm();

  const shown = theatre.lines().filter((line) => line.startsWith('Narrator'));
  expect(shown).toEqual(told.map((text) => `Narrator: *${text}*`));
  expect((await perceived()).filter((text) => text.startsWith('Word'))).toEqual(said);
  expect(double.pings).toEqual([]);
  await theatre.close();

  async function perceived(): Promise<string[]> {
    const beats = await theatre.engine().replay(scene);
    return beats.flatMap(({ segments }) => segments.map(({ text }) => text));
  }
}, 60_000);

/** Mulberry32: the same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
