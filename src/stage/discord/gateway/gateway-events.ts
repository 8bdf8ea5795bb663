import { type Client, Events, type Interaction } from 'discord.js';
import type { Privacy } from '../../../engine/privacy/privacy-api.ts';
import type { RefusedChannels } from '../access/refused-channels.ts';
import type { EchoBoard } from '../lines/echo-board.ts';
import type { createReactions } from '../reactions/reactions.ts';
import type { Votes } from '../reactions/votes.ts';
import type { Background } from './background.ts';
import type { ChannelWatch } from './channel-watch.ts';
import type { HostedScenes } from './hosted-scenes.ts';
import { isProxied } from './proxies.ts';

/** Who is told of what happens on Discord. */
export type GatewayListeners = {
  readonly answer: (interaction: Interaction) => Promise<void>;
  readonly watch: ChannelWatch;
  readonly reacted: ReturnType<typeof createReactions>;
  readonly votes: Votes;
  /** A person is typing where a scene plays. */
  readonly typing: (channel: string, user: string) => void;
  readonly echoes: EchoBoard;
  readonly hosted: HostedScenes;
  readonly refused: RefusedChannels;
  /** AutoMod's rules of a server changed, or nobody knows of which. */
  readonly wordRulesChanged: (server?: string) => void;
  readonly background: Background;
  readonly privacy: Pick<Privacy, 'serverLeft' | 'serverBack'>;
  /** Resolves when the engine knows of this stage; before that nothing can be played. */
  readonly attached: Promise<void>;
};

/** Passes on what a client of the library tells; every client that is made gets these before it logs in. */
export function listenTo(client: Client, listeners: GatewayListeners): void {
  const { answer, watch, echoes, hosted, refused, background, attached } = listeners;
  client.on(Events.InteractionCreate, (interaction) =>
    background.run('interaction', async () => {
      await attached;
      await answer(interaction);
    }),
  );

  // One listener, and the index first: nearly all that a busy server writes is said where no scene is.
  client.on(Events.MessageCreate, (message) => {
    const { channelId: channel, webhookId: webhook } = message;
    if (webhook !== null) {
      const { id, author, content } = message;
      echoes.heard({ id, channel, webhook, name: author.username, content });
    }
    if (hosted.has(channel) && (webhook === null || isProxied(message))) watch.wrote(message);
  });
  client.on(Events.MessageUpdate, (_before, message) => watch.edited(message));
  client.on(Events.MessageDelete, ({ id, channelId }) => watch.deleted(channelId, [id]));
  client.on(Events.MessageBulkDelete, (messages, { id }) => watch.deleted(id, [...messages.keys()]));

  client.on(Events.MessageReactionAdd, (reaction, user) =>
    background.run('reaction', async () => {
      await attached;
      await listeners.reacted(reaction, user);
      await listeners.votes.given(reaction, user);
    }),
  );
  client.on(Events.MessageReactionRemove, (reaction, user) =>
    background.run('reaction gone', async () => {
      await attached;
      await listeners.votes.taken(reaction, user);
    }),
  );

  client.on(Events.TypingStart, ({ channel, user }) => {
    if (!user.bot && hosted.has(channel.id)) listeners.typing(channel.id, user.id);
  });

  client.on(Events.ChannelDelete, ({ id }) => background.run('channel gone', () => hosted.gone(id)));
  client.on(Events.ThreadDelete, ({ id }) => background.run('thread gone', () => hosted.gone(id)));
  client.on(Events.GuildDelete, ({ id }) =>
    background.run('server left', async () => {
      await hosted.left(id);
      await listeners.privacy.serverLeft(id);
    }),
  );
  client.on(Events.GuildCreate, ({ id }) =>
    background.run('server back', () => listeners.privacy.serverBack(id)),
  );

  // Of a server that was out of order nobody tells what was said meanwhile.
  const away = new Set<string>();
  client.on(Events.GuildUnavailable, ({ id }) => void away.add(id));
  client.on(Events.GuildAvailable, ({ id }) => {
    if (away.delete(id)) readUp(hosted.channels(id));
  });

  // Any of these may mean that someone gave us the permission that was missing.
  for (const event of [Events.ChannelUpdate, Events.GuildRoleUpdate, Events.GuildMemberUpdate] as const) {
    client.on(event, () => refused.retry());
  }

  client.on(Events.AutoModerationRuleCreate, ({ guild }) => listeners.wordRulesChanged(guild.id));
  client.on(Events.AutoModerationRuleUpdate, (_before, { guild }) => listeners.wordRulesChanged(guild.id));
  client.on(Events.AutoModerationRuleDelete, ({ guild }) => listeners.wordRulesChanged(guild.id));

  client.on(Events.ShardReconnecting, () => watch.interrupted());
  client.on(Events.ShardResume, () => watch.resumed());
  client.on(Events.ShardReady, () => {
    // A new session replays nothing of what the old one missed.
    readUp(hosted.channels());
    listeners.wordRulesChanged();
  });

  function readUp(channels: Iterable<string>): void {
    watch.missed(channels);
    background.run('catch up', async () => {
      await attached;
      await hosted.allAwake();
      await watch.catchUp();
    });
  }
}
