import { everyComponent } from '../rules/component-rules.ts';
import type { AllowedMentions } from '../rules/message-rules.ts';
import type { Mentions, Message } from '../world/entities.ts';
import type { World } from '../world/world.ts';

type MentionSource = {
  readonly words: string;
  readonly serverId: string | null;
  /** `allowed_mentions` as sent; without it, Discord's own default applies. */
  readonly allowed: AllowedMentions | null | undefined;
  /** Ordinary messages ring for users, roles and everyone by default; webhooks and interactions for users only. */
  readonly defaultTo: 'all' | 'users';
  /** Whether the author may ring for everyone and for roles that are not open to mention. */
  readonly mayMentionAll: boolean;
  /** The author of the message this one answers, where a reply rings. */
  readonly repliedTo: string | null;
};

/** For whom a text rings, which is also whom Discord lists as mentioned. */
export function readMentions(world: World, source: MentionSource): Mentions {
  const { words, allowed, mayMentionAll } = source;
  const parse = allowed
    ? (allowed.parse ?? [])
    : source.defaultTo === 'all'
      ? ['users', 'roles', 'everyone']
      : ['users'];
  const lets = (kind: 'users' | 'roles', id: string) =>
    parse.includes(kind) || Boolean(allowed?.[kind]?.includes(id));
  const roles = source.serverId === null ? undefined : world.servers.get(source.serverId)?.roles;

  const users = idsIn(words, /<@!?(\d+)>/g).filter((id) => world.users.has(id) && lets('users', id));
  const repliedRings = allowed ? allowed.replied_user === true : true;
  if (source.repliedTo !== null && repliedRings) users.push(source.repliedTo);
  return {
    users: [...new Set(users)],
    roles: idsIn(words, /<@&(\d+)>/g).filter((id) => {
      const role = roles?.get(id);
      return role && lets('roles', id) && (role.mentionable || mayMentionAll);
    }),
    everyone: /@(everyone|here)\b/.test(words) && parse.includes('everyone') && mayMentionAll,
  };
}

/** All words of a message in which a mention would ring: its content, and the texts of Components V2. */
export function ringingWords(message: Pick<Message, 'content' | 'components'>): string {
  const texts = [...everyComponent(message.components as never)].map((component) => component.content ?? '');
  return [message.content, ...texts].join('\n');
}

function idsIn(words: string, pattern: RegExp): string[] {
  return [...words.matchAll(pattern)].flatMap((match) => match[1] ?? []);
}
