import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../src/store/open-store.ts';
import { startDiscordDouble } from '../../test/doubles/discord/discord-double.ts';
import { startModelDouble } from '../../test/doubles/model/model-double.ts';
import { type Act, createAct } from '../../test/e2e/discord/killed/act.ts';
import { auditAct } from '../../test/e2e/discord/killed/audit.ts';
import { killPoints } from '../../test/e2e/discord/killed/kill-points.ts';
import { randomFrom } from '../../test/support/random-from.ts';
import { createNursery, ENDED, type LivingBot } from './life.ts';

export type Chaos = {
  readonly kills: number;
  /** Written or acknowledged, and not in the log; or in the log, and not in the channel. */
  readonly lost: readonly string[];
  /** Heard or standing twice. */
  readonly doubled: readonly string[];
  /** Scenes that did not go on. */
  readonly stuck: readonly string[];
  /** In the channel and not in the log, or in another order. */
  readonly wrong: readonly string[];
  readonly scenes: number;
  readonly beats: number;
  readonly lines: number;
  /** Kills by where the process was. */
  readonly steps: Readonly<Record<string, number>>;
};

export type ChaosOptions = {
  readonly kills: number;
  readonly seed: number;
  readonly storeUrl: string;
  readonly sabotage: boolean;
  readonly onKill?: (kills: number) => void;
};

/** Scenes that one process plays at once: each death meets them all. */
const ACTS = 2;
/** After so many deaths other scenes begin, and what those came to is looked at. */
const KILLS_AN_ACT = 25;
/** No step of its own is further off than this in one life, as a rule. */
const STEPS = 60;
const PATIENCE_MS = 1500;

/**
 * Plays scenes with the real bot as a process that is killed again and again (SIGKILL): at every write of
 * its own, at every request of its own, and at any moment. People go on writing meanwhile. In the end all
 * that they wrote is looked for in the log, and all that is in the log in the channels, once each.
 */
export async function playChaos(options: ChaosOptions): Promise<Chaos> {
  const chance = randomFrom(options.seed);
  const double = await startDiscordDouble();
  const mind = await startModelDouble({ pauseMs: 2 });
  const nursery = createNursery();
  const dataKey = randomBytes(32).toString('base64');
  const found = {
    lost: [] as string[],
    doubled: [] as string[],
    stuck: [] as string[],
    wrong: [] as string[],
  };
  const steps: Record<string, number> = {};
  let [kills, scenes, beats, lines, named] = [0, 0, 0, 0, 0];
  let bot: LivingBot | undefined;

  const life = (killAt?: number) => ({
    storeUrl: options.storeUrl,
    dataKey,
    discord: { token: double.token, api: double.restUrl, cdn: double.cdnUrl },
    modelUrl: mind.url,
    sabotage: options.sabotage,
    ...(killAt === undefined ? {} : { killAt }),
  });

  /** One that lives until somebody kills it. */
  async function safe(): Promise<void> {
    bot ??= await nursery.begin(life());
    await bot.lives;
  }

  async function killed(at: Promise<string>): Promise<void> {
    const where = await at;
    if (where === ENDED) found.wrong.push('the bot ended by itself');
    steps[where] = (steps[where] ?? 0) + 1;
    kills += 1;
    bot = undefined;
    options.onKill?.(kills);
  }

  try {
    while (kills < options.kills) {
      const acts = Array.from({ length: ACTS }, () => {
        named += 1;
        return createAct(
          double,
          { name: `${named}`, preset: named % 2 ? 'conversation' : 'called-only' },
          chance,
        );
      });
      await safe();
      for (const act of acts) await act.open();
      const until = Math.min(options.kills, kills + KILLS_AN_ACT);
      while (kills < until) await round(acts);
      await closeAll(acts);
      if (options.sabotage && found.lost.length + found.doubled.length + found.wrong.length > 0) break;
    }
    return { kills, ...found, scenes, beats, lines, steps };
  } finally {
    nursery.close();
    await double.close();
    await mind.close();
  }

  async function killNow(where: string): Promise<void> {
    const one = bot;
    if (!one) return;
    await one.kill(where);
    await killed(one.died);
  }

  /** People write, and the bot dies in the midst of it. */
  async function round(acts: readonly Act[]): Promise<void> {
    if (chance() < 0.55) await dieAtStep(acts);
    else if (chance() < 0.75) await dieAtPoint(acts);
    else await dieAnyTime(acts);
    // While nobody hears it.
    for (const act of acts) if (chance() < 0.5) act.move(false);
  }

  /** At the k-th write of this life, also while it gets up. */
  async function dieAtStep(acts: readonly Act[]): Promise<void> {
    await killNow('as it was left');
    const one = await nursery.begin(life(1 + Math.floor(chance() * STEPS)));
    bot = one;
    const lived = await Promise.race([
      one.lives.then(
        () => true,
        () => false,
      ),
      one.died.then(() => false),
    ]);
    // Until it comes to that step: every line is some twenty of them.
    for (let tries = 0; lived && tries < 12; tries += 1) {
      for (const act of acts) stir(act);
      if ((await Promise.race([one.died.then(() => 'dead'), sleep(150)])) === 'dead') break;
    }
    if (await isAlive(one)) await one.kill('(it never came to its step)');
    await killed(one.died);
  }

  /** At a moment that both wires see: `killPoints`. */
  async function dieAtPoint(acts: readonly Act[]): Promise<void> {
    const point = killPoints[Math.floor(chance() * killPoints.length)];
    if (!point) return;
    const over = new AbortController();
    const starts = point.during === 'start';
    if (starts) await killNow('as it was left');
    else await safe();
    const reached = point.reached({ double, mind, chance }, over.signal).then(
      () => point.name,
      () => `(not in time) ${point.name}`,
    );
    if (starts) bot = await nursery.begin(life());
    for (const act of acts) {
      if (starts) act.move(false);
      else stir(act, point.provokedBy);
    }
    const where = await Promise.race([reached, sleep(PATIENCE_MS, `(not in time) ${point.name}`)]);
    over.abort();
    await killNow(where);
  }

  async function dieAnyTime(acts: readonly Act[]): Promise<void> {
    await safe();
    for (const act of acts) stir(act);
    await sleep(chance() * 400);
    await killNow('at any moment');
  }

  function stir(act: Act, by?: 'a command' | 'a newcomer'): void {
    if (by === 'a command') act.command();
    else act.call(by === 'a newcomer');
    if (chance() < 0.5) act.move(true);
  }

  /** All that was to be played is played, and looked at. */
  async function closeAll(acts: readonly Act[]): Promise<void> {
    await safe();
    for (const act of acts) {
      try {
        await act.close();
      } catch (error) {
        found.stuck.push(`${act.channel.id}: ${error instanceof Error ? error.message : error}`);
      }
    }
    await bot?.close();
    bot = undefined;
    const store = await openStore(options.storeUrl, [Buffer.from(dataKey, 'base64')]);
    for (const act of acts) {
      const audit = await auditAct(act, double, store);
      found.lost.push(...audit.lost);
      found.doubled.push(...audit.doubled);
      found.wrong.push(...audit.wrong);
      scenes += 1;
      beats += audit.beats;
      lines += audit.lines;
    }
    await store.close();
  }
}

async function isAlive(bot: LivingBot): Promise<boolean> {
  return (await Promise.race([bot.died.then(() => false), sleep(0, true)])) === true;
}
