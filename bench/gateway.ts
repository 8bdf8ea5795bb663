import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chance } from '../src/scene/chance.ts';
import { openStore } from '../src/store/open-store.ts';
import { type Connected, connectBare, connectBot } from './gateway/connect.ts';
import { cpuOf, feedFrames, feedPackets, timeListeners } from './gateway/feed.ts';
import { createMessages } from './gateway/messages.ts';
import { type Place, startDiscordProcess } from './measure/discord-process.ts';
import { median, medianInterval, ROUNDS } from './measure/paired.ts';
import { aloneRow, atMost, type Bench, NO_REACH, type Reach, type Row, timeRow } from './measure/row.ts';

const MESSAGES = 10_000;
/** In a round where scenes are alone in being written in. */
const MESSAGES_IN_SCENES = 500;
/** One channel in so many hosts a scene. */
const SCENE_EVERY = 100;
/** As many as come before one in a scene, on average. */
const AT_ONCE = 100;
const WARM_UPS = 2;
const MOST_SHARE = 0.05;

/** One round, in µs a message. */
type Round = {
  readonly bare: number;
  readonly bareAgain: number;
  readonly withUs: number;
  readonly added: number;
  readonly elsewhere: number;
  readonly inScenes: number;
  readonly clock: number;
};

/**
 * What the bot costs per message in servers that write about other things: 1,000 channels of 100 servers, of which ten
 * channels host a scene.
 *
 * Timed directly: the time its listeners are at work, and the CPU of all that they set off until a line is at the
 * engine’s door, with what the stage notes of it in SQLite afterwards. Beside it the same client of the library without
 * a listener, from the text of a frame to the event. Messages are handed to the connection’s own handlers: that is
 * exact, and the socket would only make the bare client dearer.
 *
 * The CPU of such a client with the bot is printed as well, and that of the bare one a second time: what the two bare
 * ones differ by is how far a difference can be trusted.
 */
export const gateway: Bench = {
  name: 'gateway',
  about: 'what the bot adds to each message, one channel in a hundred with a scene, beside discord.js alone',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'dramatis-gateway-'));
    const store = await openStore(`sqlite://${join(folder, 'scenes.db')}`);
    try {
      await using discord = await startDiscordProcess(100, 10);
      const scenes = discord.places.filter((_place, index) => index % SCENE_EVERY === 0);
      await using bot = await connectBot(discord, store, scenes);
      await using bare = await connectBare(discord, bot.client);
      const runRound = createRounds(bot, bare, discord.places, scenes);
      for (let round = 0; round < WARM_UPS; round += 1) await runRound();
      const rounds: Round[] = [];
      for (let round = 0; round < ROUNDS; round += 1) rounds.push(await runRound());
      return rowsOf(rounds);
    } finally {
      await store.close();
      await rm(folder, { recursive: true });
    }
  },
};

function createRounds(
  bot: Connected,
  bare: Connected,
  channels: readonly Place[],
  scenes: readonly Place[],
): () => Promise<Round> {
  const messages = createMessages();
  const elsewhere = channels.filter((place) => !scenes.includes(place));
  const hosted = new Set(scenes.map(({ channel }) => channel));
  let shuffles = 0;
  let lines = 0;

  function write(places: readonly Place[], count = MESSAGES) {
    const written = messages(places, count);
    return { written, said: written.filter(({ d }) => hosted.has(d.channel_id)).length };
  }

  /** CPU, with all that it set off. */
  async function whole({ client, settled, afterwards }: Connected, frames: readonly string[], said: number) {
    lines += client === bot.client ? said : 0;
    const ms = await cpuOf(async () => {
      await feedFrames(client, frames);
      await settled(lines);
    });
    return ((ms + (await afterwards())) * 1000) / frames.length;
  }

  /** What is set off by a few messages is done before more come, so that nothing of it is done for many at once. */
  async function direct(
    { client, settled, afterwards }: Connected,
    places: readonly Place[],
    count = MESSAGES,
  ) {
    let ms = 0;
    for (let done = 0; done < count; done += AT_ONCE) {
      const { written, said } = write(places, Math.min(AT_ONCE, count - done));
      lines += client === bot.client ? said : 0;
      ms += timeListeners(client, () => feedPackets(client, written));
      ms += await cpuOf(() => settled(lines));
    }
    return ((ms + (await afterwards())) * 1000) / count;
  }

  return async () => {
    const { written, said } = write(channels);
    const frames = written.map((packet) => JSON.stringify(packet));
    const times = { bare: 0, bareAgain: 0, withUs: 0, added: 0, elsewhere: 0, inScenes: 0, clock: 0 };
    const sides: Readonly<Record<keyof Round, () => Promise<number>>> = {
      bare: () => whole(bare, frames, said),
      bareAgain: () => whole(bare, frames, said),
      withUs: () => whole(bot, frames, said),
      added: () => direct(bot, channels),
      elsewhere: () => direct(bot, elsewhere),
      inScenes: () => direct(bot, scenes, MESSAGES_IN_SCENES),
      clock: () => direct(bare, channels),
    };
    shuffles += 1;
    for (const side of shuffled(Object.keys(sides) as (keyof Round)[], shuffles))
      times[side] = await sides[side]();
    const { clock, added, elsewhere: without, inScenes } = times;
    return { ...times, added: added - clock, elsewhere: without - clock, inScenes: inScenes - clock };
  };
}

function rowsOf(rounds: readonly Round[]): Row[] {
  return [
    beside('what the bot adds to a message, timed directly', rounds, 'added', atMost(MOST_SHARE)),
    beside('a client with the bot, CPU', rounds, 'withUs', NO_REACH),
    beside('the bare client once more, CPU', rounds, 'bareAgain', NO_REACH),
    alone('added in a channel without a scene', rounds, 'elsewhere'),
    alone('added in a channel with one, to the engine’s door', rounds, 'inScenes'),
    alone('the clock itself, taken off each of these', rounds, 'clock'),
  ];
}

function beside(measure: string, rounds: readonly Round[], side: keyof Round, reach: Reach): Row {
  const ratios = rounds.map((round) => round[side] / round.bare);
  const paired = {
    ours: median(rounds.map((round) => round[side])),
    theirs: median(rounds.map(({ bare }) => bare)),
    ratio: median(ratios),
    interval: medianInterval(ratios),
  };
  return timeRow(measure, paired, reach, { unit: 'µs' });
}

function alone(measure: string, rounds: readonly Round[], side: keyof Round): Row {
  const values = rounds.map((round) => round[side]);
  return aloneRow(measure, 'µs', median(values), medianInterval(values), NO_REACH);
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  return items
    .map((item, index) => ({ item, at: chance(seed, index) }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}
