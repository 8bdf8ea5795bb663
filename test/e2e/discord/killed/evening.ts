import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLibrary } from '../../../../src/cast/library/library.ts';
import { SHIPPED_CHARACTERS } from '../../../../src/cli/house.ts';
import { openStore } from '../../../../src/store/open-store.ts';
import { type DiscordDouble, startDiscordDouble } from '../../../doubles/discord/discord-double.ts';
import { type ModelDouble, startModelDouble } from '../../../doubles/model/model-double.ts';
import { randomFrom } from '../../../support/random-from.ts';
import { type Act, CAST, createAct } from './act.ts';
import { type Audit, auditAct, privateWords } from './audit.ts';
import { type BotProcess, createBotProcess } from './bot-process.ts';
import { type KillPoint, killPoints, type Watched } from './kill-points.ts';

export type Evening = {
  readonly kills: number;
  /** Deaths by the moment that was waited for, and those where it did not come in time. */
  readonly reached: Readonly<Record<string, number>>;
  readonly audits: readonly Audit[];
  /** Hidden text where it may not be, by the wire it was found on. */
  readonly leaks: readonly string[];
  /** How many webhooks each scene's channel has. */
  readonly webhooks: readonly number[];
  readonly exitCode: number | null;
  readonly double: DiscordDouble;
};

// No round waits longer for its moment; then any moment will do.
const PATIENCE_MS = 4000;

/**
 * Plays scenes with the real bot as a process of its own, which dies again and again, and looks at
 * what is left. One seed, one order of moves and deaths; how far the bot got each time is its own.
 */
export async function playEvening(options: {
  readonly kills: number;
  readonly killsPerAct: number;
  readonly seed: number;
}): Promise<Evening> {
  const chance = randomFrom(options.seed);
  const folder = await mkdtemp(join(tmpdir(), 'dramatis-killed-'));
  const storeUrl = `sqlite://${join(folder, 'scenes.db')}`;
  const double = await startDiscordDouble();
  const mind = await startModelDouble({ pauseMs: 4 });
  const bot = createBotProcess({
    DISCORD_TOKEN: double.token,
    DISCORD_API: double.restUrl,
    DISCORD_CDN: double.cdnUrl,
    OPENAI_BASE_URL: mind.url,
    MODEL: 'double-1',
    STORE_URL: storeUrl,
    SERVERS: '*',
    LOG_LEVEL: 'trace',
  });
  const watched: Watched = { double, mind, chance };
  const reached: Record<string, number> = {};
  const acts: Act[] = [];
  let kills = 0;
  let exitCode: number | null = null;

  /** Lets the bot live until that moment, then kills it. */
  async function killAt(point: KillPoint, meanwhile: () => unknown): Promise<void> {
    const over = new AbortController();
    const moment = point.reached(watched, over.signal).then(
      () => true,
      () => false,
    );
    await meanwhile();
    const enough = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => enough.resolve(false), PATIENCE_MS);
    const came = await Promise.race([moment, enough.promise]);
    clearTimeout(timer);
    over.abort();
    await bot.kill();
    kills += 1;
    const name = came ? point.name : `(not in time) ${point.name}`;
    reached[name] = (reached[name] ?? 0) + 1;
  }

  try {
    await bot.start();
    const order = inOrderOf(chance, options.kills);
    while (kills < options.kills) {
      const preset = acts.length % 2 === 0 ? 'conversation' : 'called-only';
      const act = createAct(double, { name: `${acts.length + 1}`, preset }, chance);
      acts.push(act);
      await act.open();
      for (let round = 0; round < options.killsPerAct && kills < options.kills; round += 1) {
        await playRound(act, order);
      }
      await act.close();
    }
    exitCode = await bot.end();
    const store = await openStore(storeUrl);
    const audits: Audit[] = [];
    for (const act of acts) audits.push(await auditAct(act, double, store));
    await store.close();
    const leaks = await findLeaks(acts, double, mind, bot);
    const webhooks = acts.map(({ channel }) => double.webhooksIn(channel).length);
    return { kills, reached, audits, leaks, webhooks, exitCode, double };
  } finally {
    await bot.kill();
    await double.close();
    await mind.close();
    await rm(folder, { recursive: true });
  }

  /** The bot dies while it plays, or while it gets up again; and people go on writing. */
  async function playRound(act: Act, order: Iterator<KillPoint, KillPoint>): Promise<void> {
    const point = order.next().value;
    // Some lives are long enough to say something in.
    if (chance() < 0.3) await act.converse();
    if (point.during === 'play') {
      await killAt(point, () => {
        if (point.provokedBy === 'a command') act.command();
        else act.call(point.provokedBy === 'a newcomer');
        for (let moves = Math.floor(chance() * 3); moves > 0; moves -= 1) act.move(true);
      });
    } else {
      act.call(false);
      await bot.kill();
      act.move(false);
      await killAt(point, () => void bot.start());
    }
    for (let moves = Math.floor(chance() * 3); moves > 0; moves -= 1) act.move(false);
    await bot.start();
  }
}

/** All of them in an order of chance, again and again. */
function* inOrderOf(chance: () => number, count: number): Generator<KillPoint, KillPoint> {
  for (let given = 0; given < count; ) {
    const left = [...killPoints];
    while (left.length > 0) {
      const [point] = left.splice(Math.floor(chance() * left.length), 1);
      if (point) yield point;
      given += 1;
    }
  }
  return killPoints[0] as KillPoint;
}

async function findLeaks(
  acts: readonly Act[],
  double: DiscordDouble,
  mind: ModelDouble,
  bot: BotProcess,
): Promise<string[]> {
  const leaks: string[] = [];
  const sent = double.everythingSent();
  const look = (where: string, text: string, words: readonly string[]): void => {
    for (const word of words) if (text.includes(word)) leaks.push(`${where}: ${word}`);
  };
  const thoughts = mind.canaries.thought.map(({ canary }) => `${canary} `);
  const plans = mind.canaries.plan.map((canary) => `${canary}:`);
  const whispers = acts.flatMap(({ whispered }) => whispered);
  const bystanders = acts.flatMap(({ overheard }) => overheard);
  look('Discord', sent, [...thoughts, ...plans, ...whispers, ...bystanders]);
  look('Discord', sent, ['system_thinking', 'role_thinking']);

  const library = await openLibrary({ shippedDir: SHIPPED_CHARACTERS });
  const secrets = privateWords(library.characters().filter(({ name }) => CAST.some((one) => one === name)));
  await library.close();
  for (const words of secrets.values()) look('Discord', sent, words);

  for (const { promptText } of mind.prompts) {
    const speaker = /^## Your character: (.+)$/m.exec(promptText)?.[1];
    look('a prompt', promptText, [...plans, ...bystanders]);
    const others = mind.canaries.thought.filter((thought) => thought.speaker !== speaker);
    look(
      `${speaker}'s prompt`,
      promptText,
      others.map(({ canary }) => `${canary} `),
    );
    for (const [name, words] of secrets) if (name !== speaker) look(`${speaker}'s prompt`, promptText, words);
    if (speaker !== undefined && speaker !== 'Dr. Watson') look(`${speaker}'s prompt`, promptText, whispers);
  }

  const logs = bot.stderr + bot.stdout;
  const webhooks = acts.flatMap(({ channel }) => double.webhooksIn(channel).map(({ token }) => token));
  const said = acts.flatMap(({ written, commanded }) => [...written, ...commanded].map(({ text }) => text));
  look('the log', logs, [
    double.token,
    ...webhooks,
    ...thoughts,
    ...plans,
    ...whispers,
    ...bystanders,
    ...said,
  ]);
  look('the log', logs, ['(line ', 'after supper']);
  return leaks;
}
