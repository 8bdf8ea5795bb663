import { once } from 'node:events';
import { openStore } from '../src/store/open-store.ts';
import { type OwnProcess, startOwnProcess } from './measure/own-process.ts';
import { median, medianInterval } from './measure/paired.ts';
import { aloneRow, atMost, type Bench, NO_REACH, type Reach } from './measure/row.ts';
import type { PlayIn, Taken } from './memory/bot-process.ts';
import { openFolder, writeScene } from './turn/house.ts';

const ON_DISK = 10_000;
const LIVE = 500;
const BEATS = 200;
/** Of those that nobody plays; their beats are never read. */
const BEATS_ASLEEP = 20;
/** Tokens that the actor’s model reads: the shipped default. Most of a scene’s 200 beats are folded into notes. */
const CONTEXT_SIZE = 8192;
const ROUNDS = 3;
const MB = 1e6;
const REACH = 200;

/**
 * What scenes take in memory: a bot whose store holds 10,000 of them, of which 500 were heard from since its
 * start, with prompts laid out and a line and its answers played, beside the same process before they were, and
 * with one that never knew any. Real engine, SQLite on disk.
 */
export const memory: Bench = {
  name: 'memory',
  about: 'memory with 10,000 scenes on disk and 500 live of 200 beats each',
  async run() {
    await using empty = await openFolder();
    await using full = await openFolder();
    await writeScenes(empty.url, []);
    await writeScenes(full.url, idsTo(ON_DISK));
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure(empty.url, full.url));
    const row = (measure: string, unit: string, reach: Reach, of: (round: Round) => number) => {
      const values = rounds.map(of);
      return aloneRow(measure, unit, median(values), medianInterval(values), reach);
    };
    return [
      row(
        'RSS above an empty bot',
        'MB',
        atMost(REACH, 'MB'),
        ({ bare, played }) => (played.rss - bare.rss) / MB,
      ),
      row('of it heap', 'MB', NO_REACH, ({ bare, played }) => (played.heap - bare.heap) / MB),
      row('of it buffers', 'MB', NO_REACH, ({ bare, played }) => (played.buffers - bare.buffers) / MB),
      row('RSS of the empty bot', 'MB', NO_REACH, ({ bare }) => bare.rss / MB),
      row(
        'RSS above it while all scenes sleep',
        'MB',
        NO_REACH,
        ({ bare, known }) => (known.rss - bare.rss) / MB,
      ),
      row('start: all records are read', 'ms', NO_REACH, ({ known }) => known.ms),
    ];
  },
};

type Round = { readonly bare: Taken; readonly known: Taken; readonly played: Taken };

async function measure(empty: string, full: string): Promise<Round> {
  const bare = await (async () => {
    await using bot = await startBot(empty);
    return bot.ready as Taken;
  })();
  await using bot = await startBot(full);
  const known = bot.ready as Taken;
  if (known.scenes !== ON_DISK + 1) throw new Error(`there are ${known.scenes} scenes`);
  const live: PlayIn = idsTo(LIVE);
  bot.child.send(live);
  const [played] = await once(bot.child, 'message');
  return { bare, known, played };
}

const WARM = 'discord:warm';

function startBot(url: string): Promise<OwnProcess> {
  const file = new URL('./memory/bot-process.ts', import.meta.url).href;
  return startOwnProcess(file, { args: [url, String(CONTEXT_SIZE), WARM], execArgv: ['--expose-gc'] });
}

function idsTo(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `discord:${at}`);
}

async function writeScenes(url: string, ids: readonly string[]): Promise<void> {
  const store = await openStore(url);
  await writeScene(store, WARM, 0, BEATS);
  for (const [at, id] of ids.entries()) await writeScene(store, id, at + 1, at < LIVE ? BEATS : BEATS_ASLEEP);
  await store.close();
}
