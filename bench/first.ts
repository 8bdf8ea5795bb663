import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commands } from '../commands/index.ts';
import { createEngine } from '../src/engine/engine.ts';
import { silentLog } from '../src/log.ts';
import { openModels } from '../src/model/model-cast.ts';
import { modelSettingsSchema } from '../src/model/model-settings.ts';
import { defaultPace } from '../src/stage/discord/discord-settings.ts';
import { startDiscordStage } from '../src/stage/discord/start-discord-stage.ts';
import { openStore } from '../src/store/open-store.ts';
import { smallLibrary } from '../test/support/small-library.ts';
import { startModelProcess } from './first/model-process.ts';
import { watchPosts } from './first/posts.ts';
import { type Discord, startDiscordProcess } from './measure/discord-process.ts';
import { medianInterval, quantile } from './measure/paired.ts';
import { aloneRow, atLeast, atMost, type Bench, NO_REACH, type Reach, type Row } from './measure/row.ts';

const SCENES = 200;
const CHANNELS_A_SERVER = 10;
/** Each answer takes twenty seconds, so that two hundred end at ten a second. */
const PIECES = 200;
const APART_MS = 100;
const MEASURE_MS = 45_000;
const SLICES = 3;

/**
 * From the model’s last character on the wire to the request of the webhook that shows the turn leaving. All is as in
 * life: the real stage on discord.js, the real client, SQLite on disk; Discord and the model are doubles in processes of
 * their own. 200 scenes are being answered all the time, so that 2,000 pieces of text a second come in meanwhile.
 */
export const first: Bench = {
  name: 'first',
  about: 'model’s last character to the webhook request leaving, 200 live scenes, ten endings a second',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'dramatis-first-'));
    try {
      return await measure(`sqlite://${join(folder, 'scenes.db')}`);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function measure(storeUrl: string): Promise<Row[]> {
  await using discord = await startDiscordProcess(SCENES / CHANNELS_A_SERVER, CHANNELS_A_SERVER);
  await using model = await startModelProcess(PIECES);
  using posts = watchPosts();
  await using bot = await openBot(discord, model.url, storeUrl);
  const over = new AbortController();
  const playing = bot.scenes.map((id, n) => keepPlaying(bot.engine, id, n * APART_MS, over.signal));
  // The first answers come when all scenes are being answered.
  await sleep(SCENES * APART_MS + 1000);
  const from = performance.now();
  const slices: number[][] = [];
  let counted = new Set(posts.sent.keys());
  for (let slice = 1; slice <= SLICES; slice += 1) {
    await sleep((MEASURE_MS * slice) / SLICES - (performance.now() - from));
    const shown = [...posts.sent].filter(([mark]) => !counted.has(mark) && model.endings.has(mark));
    slices.push(shown.map(([mark, at]) => at - (model.endings.get(mark) ?? at)));
    counted = new Set([...counted, ...shown.map(([mark]) => mark)]);
  }
  over.abort();
  await Promise.all(playing);
  const all = slices.flat();
  const unshown = [...model.endings.keys()].filter((mark) => !posts.sent.has(mark)).length;
  if (all.length < (MEASURE_MS / 1000) * 8) throw new Error(`only ${all.length} turns were shown`);
  return [
    quantileRow('p50', 0.5, slices, atMost(5, 'ms')),
    quantileRow('p99', 0.99, slices, atMost(25, 'ms')),
    aloneRow('the longest', 'ms', Math.max(...all), null, NO_REACH),
    aloneRow('turns shown a second', '1/s', (all.length * 1000) / MEASURE_MS, null, NO_REACH),
    aloneRow('turns that ended and were never shown', 'turns', unshown, null, atMost(0)),
    aloneRow(
      `two posts of a channel, least time apart: no line waited for the ${defaultPace.spacingMs} ms of our own pace`,
      'ms',
      posts.leastApart(),
      null,
      atLeast(defaultPace.spacingMs),
    ),
  ];
}

function quantileRow(name: string, share: number, slices: readonly (readonly number[])[], reach: Reach): Row {
  const values = slices.map((slice) => quantile(slice, share));
  const row = aloneRow(
    `${name} of ${slices.flat().length} turns`,
    'ms',
    quantile(slices.flat(), share),
    medianInterval(values),
    reach,
  );
  return row;
}

async function openBot(discord: Discord, url: string, storeUrl: string) {
  const store = await openStore(storeUrl);
  const actor = modelSettingsSchema.parse({ name: 'actor', baseUrl: url, concurrency: 2 * SCENES });
  const engine = createEngine({
    store,
    library: smallLibrary(),
    listedServers: '*',
    log: silentLog,
    models: openModels({ actor }),
  });
  const stage = await startDiscordStage({
    engine,
    commands,
    store,
    settings: { token: discord.token, api: discord.restUrl, cdn: discord.cdnUrl, owners: [] },
    log: silentLog,
    signal: new AbortController().signal,
  });
  await stage.caughtUp;
  const scenes = await Promise.all(
    discord.places.map(async ({ server, channel }) => {
      const id = `discord:${channel}`;
      const owner = { id: server, name: 'Mara' };
      await engine.start({
        id,
        stage: 'discord',
        server,
        owner,
        cast: ['wenna', 'tom'],
        preset: 'called-only',
      });
      // Until its greetings stand.
      await engine.idle(id);
      return id;
    }),
  );
  return {
    engine,
    scenes,
    async [Symbol.asyncDispose]() {
      await engine.close();
      await stage.close();
      await store.close();
    },
  };
}

async function keepPlaying(
  engine: Awaited<ReturnType<typeof openBot>>['engine'],
  id: string,
  afterMs: number,
  signal: AbortSignal,
): Promise<void> {
  await sleep(afterMs);
  while (!signal.aborted) {
    await engine.next(id);
    await engine.idle(id);
  }
}
