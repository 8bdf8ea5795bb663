import type { Channel, Command, Message, Server, StoredFile, User, Webhook } from './entities.ts';
import { createSnowflakes, isOlder } from './snowflake.ts';

/** Everything that exists on this Discord. Plain maps: what the routes and the people in the tests act upon. */
export type World = {
  readonly nextId: () => string;
  readonly bot: User;
  readonly users: Map<string, User>;
  readonly servers: Map<string, Server>;
  readonly channels: Map<string, Channel>;
  readonly messages: Map<string, Message>;
  readonly webhooks: Map<string, Webhook>;
  readonly commands: Map<string, Command>;
  /** By path below the CDN's address. */
  readonly files: Map<string, StoredFile>;
};

/** An empty Discord with one account, the bot's. */
export function createWorld(botName: string, clockAheadMs = 0): World {
  const nextId = createSnowflakes(clockAheadMs);
  const bot: User = { id: nextId(), username: botName, globalName: null, bot: true, dmsClosed: false };
  return {
    nextId,
    bot,
    users: new Map([[bot.id, bot]]),
    servers: new Map(),
    channels: new Map(),
    messages: new Map(),
    webhooks: new Map(),
    commands: new Map(),
    files: new Map(),
  };
}

/** The servers the bot is in. */
export function serversOfBot(world: World): Server[] {
  return [...world.servers.values()].filter((server) => server.members.has(world.bot.id));
}

/** The channel whose permissions and webhooks count: a thread's parent, else the channel itself. */
export function homeOf(world: World, channel: Channel): Channel {
  return (channel.thread && world.channels.get(channel.parentId ?? '')) || channel;
}

/** Whether a channel is a text, voice or announcement channel, a thread or a DM: whether one can post in it. */
export function holdsMessages(channel: Channel): boolean {
  return channel.type !== 4 && channel.type !== 15 && channel.type !== 16;
}

/** A channel's public messages that are still there, oldest first. */
export function messagesIn(world: World, channelId: string): Message[] {
  return [...world.messages.values()]
    .filter((message) => message.channelId === channelId && !message.deleted && message.ephemeralTo === null)
    .sort((a, b) => (isOlder(a.id, b.id) ? -1 : 1));
}

/** The name a person reads beside a message: the webhook's for that message, the nickname, the display name. */
export function displayName(world: World, message: Pick<Message, 'author' | 'channelId'>): string {
  const { author } = message;
  if (author.kind === 'webhook') return author.name;
  const serverId = world.channels.get(message.channelId)?.serverId;
  const nick = serverId && world.servers.get(serverId)?.members.get(author.id)?.nick;
  const user = world.users.get(author.id);
  return nick || user?.globalName || user?.username || 'Deleted User';
}
