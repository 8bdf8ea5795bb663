import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { z } from 'zod';
import { memberPayload } from '../payloads/user-payload.ts';
import type { Platform } from '../platform.ts';
import { append, type Session } from './session.ts';

const request = z.object({
  guild_id: z.string(),
  query: z.string().optional(),
  limit: z.int().default(0),
  user_ids: z.union([z.string(), z.array(z.string())]).optional(),
  nonce: z.string().optional(),
});

/** Op 8: answers with the members asked for, in one chunk. */
export function answerMemberRequest({ world }: Platform, session: Session, d: unknown): void {
  const { guild_id, query = '', limit, user_ids, nonce } = request.parse(d);
  const server = world.servers.get(guild_id);
  if (!server) return;
  const asked = user_ids === undefined ? null : [user_ids].flat();
  const members = [...server.members.values()].filter((member) => {
    if (asked) return asked.includes(member.userId);
    const username = world.users.get(member.userId)?.username ?? '';
    return username.startsWith(query) || member.nick?.startsWith(query);
  });
  append(session, GatewayDispatchEvents.GuildMembersChunk, {
    guild_id,
    members: (limit > 0 ? members.slice(0, limit) : members).map((member) => memberPayload(world, member)),
    chunk_index: 0,
    chunk_count: 1,
    not_found: asked?.filter((id) => !server.members.has(id)) ?? [],
    nonce,
  });
}
