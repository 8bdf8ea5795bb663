import type { Interaction } from './interactions/interaction.ts';
import { failInteraction } from './interactions/open-interaction.ts';
import { awaitReply, type Reply, repliesTo } from './interactions/replied.ts';
import type { Journal, WaitOptions } from './journal.ts';
import { type SeenMessage, seeMessage } from './messages/see-message.ts';
import type { Ping, Platform } from './platform.ts';
import type { ReceivedRequest } from './wire/received-request.ts';
import type { Channel } from './world/entities.ts';
import { idOf, isOlder, type Ref } from './world/snowflake.ts';

export type Records = {
  /** Every request of the bot's, oldest first. */
  readonly requests: readonly ReceivedRequest[];
  /** Those for addresses the double does not know. A test of the whole bot should find it empty. */
  readonly unexpected: readonly ReceivedRequest[];
  /** Whom the bot's messages would have rung for. */
  readonly pings: readonly Ping[];
  /** What a channel shows, oldest first; with `deleted`, also what is gone. Never what one person alone sees. */
  messages(channel: Ref, options?: { readonly deleted?: boolean }): SeenMessage[];
  /** A message as it stands now. */
  message(message: Ref): SeenMessage;
  /** The emoji that stand under a message. */
  reactions(message: Ref): string[];
  /** Messages shown to one person alone. */
  ephemerals(user: Ref): SeenMessage[];
  threads(channel: Ref): Channel[];
  /** The first message of a channel that fits, after `after` when given, else from now on. */
  nextMessage(
    channel: Ref,
    fits?: (message: SeenMessage) => boolean,
    options?: WaitOptions & { readonly after?: Ref },
  ): Promise<SeenMessage>;
  readonly waitFor: Journal['waitFor'];
  /** Acts on everything that happens from now on, at once. */
  readonly listen: Journal['listen'];
  readonly position: Journal['position'];
  /** Waits for a command of this name; at once when it is registered. */
  commandRegistered(name: string, options?: WaitOptions): Promise<void>;
  /** The answer to an interaction, once it has one. */
  replied(interaction: Interaction, fits?: (reply: Reply) => boolean, options?: WaitOptions): Promise<Reply>;
  /** All messages of an interaction: answer and follow-ups. */
  replies(interaction: Interaction): SeenMessage[];
  /** Lets the three seconds (`acknowledge`) or the fifteen minutes (`token`) of an interaction be over now. */
  expire(interaction: Interaction, what: 'acknowledge' | 'token'): void;
  /** Every word the bot ever sent: addresses, bodies, files, gateway payloads. For canaries. */
  everythingSent(): string;
};

/** What the bot did, for tests to look at and wait for. */
export function createRecords(
  platform: Platform,
  requests: readonly ReceivedRequest[],
  unexpected: readonly ReceivedRequest[],
): Records {
  const { world, journal, pings } = platform;
  const gatewayWords: string[] = [];
  journal.listen((event) => {
    if (event.kind === 'payload-received') gatewayWords.push(event.text);
  });

  function messages(channel: Ref, { deleted = false }: { readonly deleted?: boolean } = {}): SeenMessage[] {
    return [...world.messages.values()]
      .filter(
        (one) => one.channelId === idOf(channel) && one.ephemeralTo === null && (deleted || !one.deleted),
      )
      .sort((a, b) => (isOlder(a.id, b.id) ? -1 : 1))
      .map((message) => seeMessage(world, message));
  }

  return {
    requests,
    unexpected,
    pings,
    messages,
    message(ref) {
      const message = world.messages.get(idOf(ref));
      if (!message) throw new Error(`There is no message ${idOf(ref)} on this Discord.`);
      return seeMessage(world, message);
    },
    reactions: (ref) => [...(world.messages.get(idOf(ref))?.reactions.keys() ?? [])],
    ephemerals: (user) =>
      [...world.messages.values()]
        .filter((message) => message.ephemeralTo === idOf(user) && !message.deleted)
        .map((message) => seeMessage(world, message)),
    threads: (channel) =>
      [...world.channels.values()].filter((one) => one.thread && one.parentId === idOf(channel)),
    async nextMessage(channel, fits = () => true, options = {}) {
      const { after } = options;
      const isIt = (message: SeenMessage) =>
        message.channelId === idOf(channel) && !message.ephemeral && fits(message);
      const earlier =
        after && messages(channel).find((message) => isOlder(idOf(after), message.id) && isIt(message));
      if (earlier) return earlier;
      return (await journal.waitFor('message-created', (event) => isIt(event.message), options)).message;
    },
    waitFor: journal.waitFor,
    listen: journal.listen,
    position: journal.position,
    async commandRegistered(name, options = {}) {
      if ([...world.commands.values()].some((command) => command.name === name)) return;
      await journal.waitFor('commands-registered', (event) => event.names.includes(name), options);
    },
    replied: (interaction, fits, options) => awaitReply(platform, interaction, fits, options),
    replies: (interaction) => repliesTo(platform, interaction),
    expire(interaction, what) {
      if (what === 'acknowledge') failInteraction(platform, interaction);
      else interaction.openedAt -= platform.settings.interactionTokenMs + 1;
    },
    everythingSent: () => [...requests.map((request) => request.text), ...gatewayWords].join('\n'),
  };
}
