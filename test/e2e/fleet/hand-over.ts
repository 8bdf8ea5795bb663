import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { groupsOf, shardOf } from '../../../src/fleet/groups.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import { startModelDouble } from '../../doubles/model/model-double.ts';
import { randomFrom } from '../../support/random-from.ts';
import { type Act, createAct } from '../discord/killed/act.ts';
import { type Audit, auditAct } from '../discord/killed/audit.ts';
import { spawnDramatis } from '../terminal/dramatis.ts';

/** What a run of a fleet came to. */
export type HandOver = {
  readonly audits: readonly Audit[];
  /** From each end of a process until another answered in a scene that it had served; milliseconds. */
  readonly silences: readonly number[];
  readonly webhooks: readonly number[];
};

/** How a process ends, or stops for a while. */
export type End = 'killed' | 'stood still';

const SHAPE = { shards: 2, perProcess: 1 };
/** Longer than any lease. */
const STANDS_STILL_MS = 12_000;

/**
 * Three processes of the bot over one store: two serve a shard each, one stands by. One that serves ends
 * in the midst of scenes, which go on elsewhere; then a new one stands by.
 *
 * @param storeUrl an empty store that several processes can share
 */
export async function playHandOvers(storeUrl: string, ends: readonly End[], seed: number): Promise<HandOver> {
  const chance = randomFrom(seed);
  const double = await startDiscordDouble({ shards: SHAPE.shards, maxConcurrency: 2 });
  const mind = await startModelDouble({ pauseMs: 4 });
  const dataKey = randomBytes(32).toString('base64');
  const env = {
    DISCORD_TOKEN: double.token,
    DISCORD_API: double.restUrl,
    DISCORD_CDN: double.cdnUrl,
    OPENAI_BASE_URL: mind.url,
    MODEL: 'double-1',
    STORE_URL: storeUrl,
    DATA_KEY: dataKey,
    SERVERS: '*',
    SHARDS: String(SHAPE.shards),
    SHARDS_PER_PROCESS: String(SHAPE.perProcess),
    LOG_LEVEL: 'info',
  };
  const bots = new Set<Bot>();
  const start = (): Bot => {
    const bot = startBot(env, () => bots.delete(bot));
    bots.add(bot);
    return bot;
  };
  const acts = actsOnEachShard();
  const silences: number[] = [];
  try {
    for (let i = 0; i < 3; i += 1) start();
    await until(() => serving().size === SHAPE.shards, 30_000, 'both shards are served');
    for (const act of acts) await act.open();
    for (const [turn, end] of ends.entries()) {
      const shard = turn % SHAPE.shards;
      const victim = serving().get(groupsOf(SHAPE)[shard]?.name ?? '');
      const act = acts[shard];
      if (!victim || !act) throw new Error('nobody serves it');
      for (const one of acts) await one.converse();
      act.call(false);
      // In the midst of what it makes of that.
      await sleep(chance() * 150);
      const ended = performance.now();
      if (end === 'killed') await victim.kill();
      else victim.stop();
      for (let moves = 0; moves < 3; moves += 1) act.move(false);
      await act.converse();
      silences.push(performance.now() - ended);
      if (end === 'stood still') {
        await sleep(Math.max(0, STANDS_STILL_MS - (performance.now() - ended)));
        victim.goOn();
        act.call(false);
        // What it was doing when it stood still it would do now.
        await act.converse();
        await until(() => serving().get(groupsOf(SHAPE)[shard]?.name ?? '') !== victim, 10_000, 'it gave up');
      } else start();
    }
    for (const act of acts) await act.close();
    await Promise.all([...bots].map((bot) => bot.end()));
    const store = await openStore(storeUrl, [Buffer.from(dataKey, 'base64')]);
    const audits: Audit[] = [];
    for (const act of acts) audits.push(await auditAct(act, double, store));
    await store.close();
    return { audits, silences, webhooks: acts.map(({ channel }) => double.webhooksIn(channel).length) };
  } catch (error) {
    const said = [...bots].map((bot) => bot.said()).join('\n---\n');
    throw new Error(`${error instanceof Error ? error.message : error}\n${said.slice(-6000)}`, {
      cause: error,
    });
  } finally {
    await Promise.all([...bots].map((bot) => bot.kill()));
    await double.close();
    await mind.close();
  }

  /** By the group that it said last to have taken. */
  function serving(): Map<string, Bot> {
    const found = new Map<string, Bot>();
    for (const bot of bots) {
      const group = bot.serves();
      if (group !== undefined) found.set(group, bot);
    }
    return found;
  }

  /** A scene in a server of each shard, which server ids decide. */
  function actsOnEachShard(): Act[] {
    const found = new Map<number, Act>();
    for (let i = 1; found.size < SHAPE.shards; i += 1) {
      const act = createAct(double, { name: `${i}`, preset: i % 2 ? 'conversation' : 'called-only' }, chance);
      const shard = shardOf(act.channel.serverId ?? undefined, SHAPE.shards);
      if (!found.has(shard)) found.set(shard, act);
    }
    return [...found].sort(([one], [other]) => one - other).map(([, act]) => act);
  }
}

type Bot = {
  /** The group that it serves, as far as it has told. */
  serves(): string | undefined;
  said(): string;
  kill(): Promise<void>;
  stop(): void;
  goOn(): void;
  end(): Promise<void>;
};

function startBot(env: Readonly<Record<string, string>>, gone: () => void): Bot {
  const child = spawnDramatis(['start'], env);
  const { promise, resolve } = Promise.withResolvers<void>();
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  child.on('close', () => {
    gone();
    resolve();
  });
  async function end(signal: NodeJS.Signals): Promise<void> {
    child.kill(signal);
    await promise;
  }
  return {
    serves() {
      let taken: string | undefined;
      let serves: string | undefined;
      for (const line of said.split('\n')) {
        if (line.includes('"group-taken"')) taken = /"group":"([^"]+)"/u.exec(line)?.[1];
        else if (line.includes('on stage')) serves = taken;
        else if (line.includes('"group-lost"')) serves = undefined;
      }
      return serves;
    },
    said: () => said,
    kill: () => end('SIGKILL'),
    stop: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    end: () => end('SIGTERM'),
  };
}

async function until(is: () => boolean, ms: number, what: string): Promise<void> {
  const deadline = performance.now() + ms;
  while (!is()) {
    if (performance.now() > deadline) throw new Error(`It did not come to this: ${what}`);
    await sleep(50);
  }
}
