import { PermissionFlagsBits } from 'discord.js';
import type { Rules } from '../../../config/room-settings.ts';
import { joined, type Message, say, type Text } from '../../../words/text.ts';

/** The settings that say where scenes play, and where the log is shown. */
type DoctorRules = Pick<Rules, 'sceneChannels' | 'blockedChannels' | 'logChannel'>;
type Permission = { readonly bit: bigint; readonly name: string; readonly without: Message };

const P = PermissionFlagsBits;

/** Under the names that Discord's settings show, and what does not work without each. */
const IN_SCENES: readonly Permission[] = [
  { bit: P.ViewChannel, name: 'View Channel', without: say('no scene can play there') },
  { bit: P.SendMessages, name: 'Send Messages', without: say('there is no scene card, and nothing is told') },
  { bit: P.ManageWebhooks, name: 'Manage Webhooks', without: say('characters cannot speak') },
  {
    bit: P.ReadMessageHistory,
    name: 'Read Message History',
    without: say('a scene cannot go on after a restart'),
  },
  { bit: P.AttachFiles, name: 'Attach Files', without: say('there are no exports') },
  { bit: P.EmbedLinks, name: 'Embed Links', without: say('cards stay plain') },
  {
    bit: P.SendMessagesInThreads,
    name: 'Send Messages in Threads',
    without: say('no scene can play in threads'),
  },
  {
    bit: P.CreatePublicThreads,
    name: 'Create Public Threads',
    without: say('scenes, rooms and replays get no thread of their own'),
  },
];
const IN_LOG: readonly Permission[] = [
  { bit: P.ViewChannel, name: 'View Channel', without: say('the moderators’ log is not shown') },
  { bit: P.SendMessages, name: 'Send Messages', without: say('the moderators’ log is not shown') },
];
const OPTIONAL: readonly Permission[] = [
  {
    bit: P.ManageGuild,
    name: 'Manage Server',
    without: say('the server’s AutoMod rules do not hold for what characters say'),
  },
  {
    bit: P.ManageMessages,
    name: 'Manage Messages',
    without: say('reactions with ❓ and ❌ are not taken away again'),
  },
];

/** What one channel, or the whole server, withholds. */
export type Finding = {
  readonly permission: Permission;
  /** Absent: in the whole server. */
  readonly channel?: string;
  /** The role or member whose overwrite withholds it; absent where nothing grants it. */
  readonly overwrite?: { readonly kind: 'role' | 'member'; readonly id: string } | undefined;
};

export type Examined = {
  readonly role: string;
  readonly missing: readonly Finding[];
  readonly optional: readonly Permission[];
  /** Configured channels that are no more, or never told of to the bot. */
  readonly gone: readonly string[];
  readonly autoMod: boolean;
};

/** So many channels are told of one by one. */
const SHOWN = 12;

/** What the bot may do in a server, as Discord tells of it. Permissions are Discord's bits. */
export type ServerPermissions = {
  /** Ids of the bot, of the role that is its own, of all its roles, and of @everyone. */
  readonly me: string;
  readonly role: string;
  readonly roles: ReadonlySet<string>;
  readonly everyone: string;
  /** What its roles grant it in the whole server. */
  readonly granted: bigint;
  /** Every channel that can host a scene itself, or in threads. */
  readonly channels: readonly ChannelPermissions[];
  /** Ids of all channels and categories. */
  readonly there: ReadonlySet<string>;
};

export type ChannelPermissions = {
  readonly id: string;
  readonly category?: string;
  /** Scenes can only play in its posts. */
  readonly forum: boolean;
  readonly granted: bigint;
  /** Who (a role or the bot) is denied what in this channel. */
  readonly denied: ReadonlyMap<string, bigint>;
};

/**
 * What the bot lacks to host scenes where they may play, and to show the moderators' log. Where scenes
 * may play everywhere, a channel that is hidden from the bot is no fault.
 */
export function examine(server: ServerPermissions, rules: DoctorRules): Examined {
  const { granted, there } = server;
  const everywhere = IN_SCENES.filter(({ bit }) => !has(granted, bit));
  const scenes = channelsOf(server, rules).filter(
    (channel) => rules.sceneChannels.length > 0 || has(channel.granted, P.ViewChannel),
  );
  const log = server.channels.find(({ id }) => id === rules.logChannel);
  const named = [...rules.sceneChannels, ...(rules.logChannel === '' ? [] : [rules.logChannel])];
  return {
    role: server.role,
    missing: [
      ...everywhere.map((permission) => ({ permission })),
      ...scenes.flatMap((channel) => withheld(channel, server, wantedIn(channel), everywhere)),
      // A log channel that scenes play in, too, was looked at with them.
      ...(log && !scenes.includes(log) ? withheld(log, server, IN_LOG, everywhere) : []),
    ],
    optional: OPTIONAL.filter(({ bit }) => !has(granted, bit)),
    gone: named.filter((id) => !there.has(id)),
    autoMod: has(granted, P.ManageGuild),
  };
}

/** Where scenes may play: the channels that are listed, those of listed categories, or all. */
function channelsOf({ channels }: ServerPermissions, { sceneChannels, blockedChannels }: DoctorRules) {
  const names = (list: readonly string[], { id, category }: ChannelPermissions) =>
    list.includes(id) || (category !== undefined && list.includes(category));
  return channels.filter(
    (channel) =>
      !names(blockedChannels, channel) && (sceneChannels.length === 0 || names(sceneChannels, channel)),
  );
}

/** In a forum the right to send is the right to open posts, and Discord calls it so. */
function wantedIn({ forum }: ChannelPermissions): readonly Permission[] {
  if (!forum) return IN_SCENES;
  return IN_SCENES.filter(({ bit }) => bit !== P.CreatePublicThreads).map((one) =>
    one.bit === P.SendMessages ? { ...one, name: 'Create Posts' } : one,
  );
}

/** What this channel withholds of what the server grants, and what nothing grants but this channel could. */
function withheld(
  channel: ChannelPermissions,
  server: ServerPermissions,
  wanted: readonly Permission[],
  everywhere: readonly Permission[],
): Finding[] {
  const lacking = wanted.filter(({ bit }) => !has(channel.granted, bit));
  // Who cannot see a channel can do nothing there: that alone is told.
  const hidden = lacking.filter(({ bit }) => bit === P.ViewChannel);
  return (hidden.length > 0 ? hidden : lacking).flatMap((permission) => {
    const overwrite = overwriteOf(channel, server, permission.bit);
    // It is missing in the whole server, and told so.
    if (!overwrite && everywhere.some(({ bit }) => bit === permission.bit)) return [];
    return [{ permission, channel: channel.id, ...(overwrite ? { overwrite } : {}) }];
  });
}

/** Which overwrite denies it: the bot's own counts before its roles', theirs before @everyone's. */
function overwriteOf(
  { denied }: ChannelPermissions,
  { me, roles, everyone }: ServerPermissions,
  bit: bigint,
): Finding['overwrite'] {
  const denies = (id: string) => has(denied.get(id) ?? 0n, bit);
  if (denies(me)) return { kind: 'member', id: me };
  const role = [...[...roles].filter((id) => id !== everyone), everyone].find(denies);
  return role === undefined ? undefined : { kind: 'role', id: role };
}

function has(bits: bigint, bit: bigint): boolean {
  return (bits & bit) === bit;
}

/** The same for people: each missing permission, what does not work, and where to change it. */
export function examinedWords({ role, missing, optional, gone, autoMod }: Examined): readonly Text[] {
  const shown = missing.slice(0, SHOWN);
  return [
    missing.length === 0
      ? say('✅ I have every permission that scenes need.')
      : say('⚠️ What is missing, and where to change it:'),
    ...shown.map((finding) => findingWords(finding, role)),
    ...(missing.length > shown.length
      ? [say('… and {{count}} more like these.', { count: missing.length - shown.length })]
      : []),
    ...gone.map((id) =>
      say('• The channel {{id}}, which the settings name, was deleted: /config set.', { id }),
    ),
    ...(autoMod
      ? [say('Manage Server is granted: the server’s AutoMod rules hold for characters, too.')]
      : []),
    ...optional.map(({ name, without }) =>
      say('Optional, not granted: **{{name}}**; without it {{without}}.', { name, without }),
    ),
  ];
}

function findingWords({ permission: { name, without }, channel, overwrite }: Finding, role: string): Message {
  const where =
    channel === undefined
      ? say('Server Settings > Roles > {{role}} > Permissions', { role: `<@&${role}>` })
      : overwrite === undefined
        ? say('{{channel}} > Edit Channel > Permissions: allow it for {{role}}', {
            channel: `<#${channel}>`,
            role: `<@&${role}>`,
          })
        : say('{{channel}} > Edit Channel > Permissions: {{who}} is denied it', {
            channel: `<#${channel}>`,
            who: overwrite.kind === 'role' ? `<@&${overwrite.id}>` : `<@${overwrite.id}>`,
          });
  return joined([say('• **{{name}}**: {{without}}.', { name, without }), where]);
}
