import { DiscordAPIError, type Guild } from 'discord.js';

/** Bots that take away what a member wrote and post it under one of the member’s personas; their applications bear the same ids. */
export const PROXY_BOTS = [
  { name: 'PluralKit', id: '466378653216014359' },
  { name: 'Tupperbox', id: '431544605209788416' },
] as const;

/** Which of them are members of a server. Members are not all told of, so they are asked for. */
export async function proxyBotsIn(guild: Guild): Promise<readonly string[]> {
  const found = await Promise.all(
    PROXY_BOTS.map(async ({ id, name }) => ((await isMember(guild, id)) ? [name] : [])),
  );
  return found.flat();
}

async function isMember(guild: Guild, id: string): Promise<boolean> {
  try {
    await guild.members.fetch({ user: id, force: true });
    return true;
  } catch (error) {
    if (error instanceof DiscordAPIError) return false;
    throw error;
  }
}
