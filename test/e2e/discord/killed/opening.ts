import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDiscordDouble } from '../../../doubles/discord/discord-double.ts';
import type { SeenMessage } from '../../../doubles/discord/messages/see-message.ts';
import { createBotProcess } from './bot-process.ts';

/** What stands in the channel in the end, by whose it is. */
export type Opened = {
  readonly cards: number;
  readonly webhooks: number;
  readonly greetings: readonly string[];
};

/**
 * Starts a scene with a bot that dies when Discord has done what the first request to `path` asks,
 * and its answer is lost; then, as anyone would, tries again.
 */
export async function openAcrossDeath(path: RegExp): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'dramatis-opening-'));
  const double = await startDiscordDouble();
  const server = double.addServer({ name: 'The Harbour' });
  const channel = double.addChannel(server, { name: 'quay' });
  const alice = double.addUser({ username: 'alice', globalName: 'Alice' });
  const managers = double.addRole(server, { permissions: ['ManageGuild'] });
  double.addMember(server, alice, { roles: [managers] });
  const bot = createBotProcess({
    DISCORD_TOKEN: double.token,
    DISCORD_API: double.restUrl,
    MODEL: 'understudy',
    STORE_URL: `sqlite://${join(folder, 'scenes.db')}`,
    SERVERS: '*',
  });
  const start = () =>
    double.slash(channel, alice, 'scene start', { cast: 'Sherlock Holmes', preset: 'game-master' });
  try {
    await bot.start();
    const from = double.position();
    const lost = double.inject({ method: 'POST', match: path, destroy: true, afterEffect: true });
    start();
    await double.waitFor('request-received', ({ request }) => path.test(request.path), { since: from });
    await bot.kill();
    lost.remove();
    await bot.start();
    // Opened now, or told that it plays already.
    await double.replied(start(), undefined, { timeoutMs: 15_000 });
    const paused = double.slash(channel, alice, 'scene pause');
    await double.replied(paused, undefined, { timeoutMs: 15_000 });
    await bot.end();
    const messages = double.messages(channel);
    return {
      cards: messages.filter(isCard).length,
      webhooks: double.webhooksIn(channel).length,
      greetings: messages.filter(({ webhookId }) => webhookId !== null).map(({ author }) => author),
    };
  } finally {
    await bot.kill();
    await double.close();
    await rm(folder, { recursive: true });
  }
}

function isCard({ components }: SeenMessage): boolean {
  return JSON.stringify(components).includes('dramatis:join');
}
