import { type GuildMember, PermissionFlagsBits } from 'discord.js';
import type { PersonFacts } from '../../engine/access/access-api.ts';

/**
 * What a membership says of a person; roles that were deleted are not among theirs.
 * @param owners who runs the bot
 */
export function memberFacts({ id, roles, permissions }: GuildMember, owners: readonly string[]): PersonFacts {
  return {
    id,
    roles: [...roles.cache.keys()],
    manager: permissions.has(PermissionFlagsBits.ManageGuild),
    operator: owners.includes(id),
  };
}
