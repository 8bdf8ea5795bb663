import type { GuildMemberFlags } from 'discord-api-types/v10';
import type { Author, Member, User } from '../world/entities.ts';
import type { World } from '../world/world.ts';

/** An account as it travels. */
export function userPayload(user: User) {
  return {
    id: user.id,
    username: user.username,
    discriminator: '0',
    global_name: user.globalName,
    avatar: null,
    banner: null,
    accent_color: null,
    avatar_decoration_data: null,
    bot: user.bot,
    system: false,
    public_flags: 0,
  };
}

/** Who wrote a message. A webhook has no account: it is a bot with the name and picture of this one message. */
export function authorPayload(world: World, author: Author) {
  if (author.kind === 'webhook') {
    return {
      id: author.id,
      username: author.name,
      discriminator: '0000',
      global_name: null,
      avatar: author.avatarUrl === null ? null : avatarHash(author.avatarUrl),
      bot: true,
      public_flags: 0,
    };
  }
  const user = world.users.get(author.id);
  if (!user) throw new Error(`Nobody here has the id ${author.id}.`);
  return userPayload(user);
}

/** A member without the account, as it stands beside a message's author. */
export function partialMemberPayload(member: Member) {
  return {
    nick: member.nick,
    avatar: null,
    banner: null,
    roles: member.roles,
    joined_at: new Date(member.joinedAt).toISOString(),
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0 as GuildMemberFlags,
    pending: false,
    communication_disabled_until:
      member.timedOutUntil === null ? null : new Date(member.timedOutUntil).toISOString(),
  };
}

/** A member as it travels on its own. */
export function memberPayload(world: World, member: Member) {
  return { ...partialMemberPayload(member), user: authorPayload(world, { kind: 'user', id: member.userId }) };
}

/** Discord answers with a hash of the picture, never with the address it was fetched from. */
function avatarHash(address: string): string {
  let hash = 0n;
  for (const character of address)
    hash = (hash * 131n + BigInt(character.codePointAt(0) ?? 0)) % (1n << 128n);
  return hash.toString(16).padStart(32, '0');
}
