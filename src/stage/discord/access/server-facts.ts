import { DiscordAPIError, type Guild } from 'discord.js';
import type { CommandContext } from '../../../engine/command/command.ts';
import { memberFacts } from '../member-facts.ts';
import { isOpenToEveryone } from './open-to-everyone.ts';

/**
 * What Discord knows of others in a server, and of its roles and channels.
 * @param owners who runs the bot
 */
export function serverFacts(
  guild: Guild,
  owners: readonly string[],
): Required<Pick<CommandContext, 'personFacts' | 'known' | 'openToEveryone' | 'holdsMessages'>> {
  return {
    async personFacts(id) {
      try {
        // What is remembered of members grows old: without the intent for it nobody tells of their roles.
        return memberFacts(await guild.members.fetch({ user: id, force: true }), owners);
      } catch (error) {
        // Whoever is no member, or no person at all.
        if (error instanceof DiscordAPIError && error.status < 500) return undefined;
        throw error;
      }
    },
    known(kind, id) {
      // During an outage Discord tells of none of them.
      if (!guild.available) return true;
      switch (kind) {
        case 'role':
          return guild.roles.cache.has(id);
        case 'channel':
          return guild.channels.cache.has(id);
        case 'person':
          // Not all members are told of.
          return true;
      }
    },
    openToEveryone(id) {
      const channel = guild.channels.cache.get(id);
      return channel !== undefined && isOpenToEveryone(channel);
    },
    holdsMessages: (id) => guild.channels.cache.get(id)?.isSendable() ?? true,
  };
}
