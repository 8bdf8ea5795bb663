import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDiscordProcess } from './measure/discord-process.ts';
import { median, medianInterval, ROUNDS } from './measure/paired.ts';
import { atMost, type Bench, figure, NO_REACH, type Reach, type Row } from './measure/row.ts';
import { timeNode, timeNpmStart } from './start/npm-start.ts';

const MOST_SECONDS = 1;
const ROUNDS_FIRST = 5;

/**
 * `npm start` until a person has the page, or Discord has the bot, beside Node’s own start. npm and the launcher are
 * counted. The page is there when it has been fetched; Discord when the start screen says so, which is after the
 * gateway is ready and the commands are registered.
 */
export const start: Bench = {
  name: 'start',
  about: 'npm start to the first page and to Discord ready, beside Node’s own start',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'dramatis-start-'));
    await using discord = await startDiscordProcess(10, 10);
    const { token, restUrl, cdnUrl } = discord;
    const store = { STORE_URL: `sqlite://${join(folder, 'scenes.db')}` };
    const onDiscord = {
      ...store,
      DISCORD_TOKEN: token,
      DISCORD_API: restUrl,
      DISCORD_CDN: cdnUrl,
      SERVERS: '*',
    };
    // Nothing was ever compiled on this machine: the first start after an installation.
    const anew = () => ({ NODE_COMPILE_CACHE: join(folder, randomUUID()) });
    const page = (env: Readonly<Record<string, string>>) => timeNpmStart(env, /Open (http:\S+) in/, readPage);
    const ready = (env: Readonly<Record<string, string>>) => timeNpmStart(env, /^Dramatis is on stage/);
    try {
      // What was compiled is kept from here on.
      await page(store);
      await ready(onDiscord);
      return [
        await aboveNode('the first page', () => page(store), atMost(MOST_SECONDS, 's')),
        await aboveNode('Discord ready', () => ready(onDiscord), atMost(MOST_SECONDS, 's')),
        await aboveNode(
          'the first page, nothing compiled yet',
          () => page({ ...store, ...anew() }),
          NO_REACH,
          ROUNDS_FIRST,
        ),
        await aboveNode(
          'Discord ready, nothing compiled yet',
          () => ready({ ...onDiscord, ...anew() }),
          NO_REACH,
          ROUNDS_FIRST,
        ),
      ];
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function aboveNode(
  what: string,
  run: () => Promise<number>,
  reach: Reach,
  rounds = ROUNDS,
): Promise<Row> {
  const ours: number[] = [];
  const nodes: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) nodes.push(await timeNode());
    ours.push(await run());
    if (round % 2 === 1) nodes.push(await timeNode());
  }
  const above = ours.map((ms, round) => (ms - (nodes[round] ?? 0)) / 1000);
  const [low, high] = medianInterval(above);
  return {
    measure: `npm start to ${what}; the interval is of the seconds above Node’s own start`,
    value: figure(median(ours) / 1000),
    unit: 's',
    beside: figure(median(nodes) / 1000),
    ratio: null,
    interval: [figure(low), figure(high)],
    reach: reach === NO_REACH ? reach.words : `${reach.words} above`,
    ok: reach.meets(low),
  };
}

async function readPage([, url = '']: RegExpExecArray): Promise<void> {
  const page = await fetch(url);
  if (!page.ok || (await page.text()).length === 0) throw new Error(`${url} has no page`);
}
