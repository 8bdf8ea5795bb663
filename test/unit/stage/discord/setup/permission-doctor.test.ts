import { PermissionFlagsBits as P } from 'discord.js';
import { describe, expect, test } from 'vitest';
import {
  type ChannelPermissions,
  examine,
  examinedWords,
  type ServerPermissions,
} from '../../../../../src/stage/discord/setup/permission-doctor.ts';
import { render } from '../../../../../src/words/render.ts';

const EVERYONE = '100000000000000001';
const ROLE = '100000000000000002';
const ME = '100000000000000003';
const OTHER_ROLE = '100000000000000004';
const TAVERN = '200000000000000001';
const CELLAR = '200000000000000002';
const LOG = '200000000000000003';
const CATEGORY = '300000000000000001';

const ALL =
  P.ViewChannel |
  P.SendMessages |
  P.ManageWebhooks |
  P.ReadMessageHistory |
  P.AttachFiles |
  P.EmbedLinks |
  P.SendMessagesInThreads |
  P.CreatePublicThreads |
  P.ManageGuild |
  P.ManageMessages;

const channel = (id: string, changed: Partial<ChannelPermissions> = {}): ChannelPermissions => ({
  id,
  forum: false,
  granted: ALL,
  denied: new Map(),
  ...changed,
});

const server = (
  channels: readonly ChannelPermissions[],
  changed: Partial<ServerPermissions> = {},
): ServerPermissions => ({
  me: ME,
  role: ROLE,
  roles: new Set([EVERYONE, ROLE, OTHER_ROLE]),
  everyone: EVERYONE,
  granted: ALL,
  channels,
  there: new Set([CATEGORY, ...channels.map(({ id }) => id)]),
  ...changed,
});

const ANYWHERE = { sceneChannels: [], blockedChannels: [], logChannel: '' };

/** What is found, as channel, name and who denies it. */
const found = (facts: ServerPermissions, rules: Parameters<typeof examine>[1] = ANYWHERE) =>
  examine(facts, rules).missing.map(({ channel: where, permission, overwrite }) => [
    where,
    permission.name,
    overwrite?.id,
  ]);

test('nothing is missing where everything is granted', () => {
  const examined = examine(server([channel(TAVERN)]), ANYWHERE);
  expect(examined).toMatchObject({ missing: [], optional: [], gone: [], autoMod: true });
  expect(render(examinedWords(examined))).toContain('✅');
});

test('what no role grants is told once, not for each channel', () => {
  const granted = ALL & ~P.ManageWebhooks;
  const facts = server([channel(TAVERN, { granted }), channel(CELLAR, { granted })], { granted });
  expect(found(facts)).toEqual([[undefined, 'Manage Webhooks', undefined]]);
  expect(render(examinedWords(examine(facts, ANYWHERE)))).toContain(
    `**Manage Webhooks**: characters cannot speak. Server Settings > Roles > <@&${ROLE}> > Permissions`,
  );
});

describe('an overwrite that denies is told with whose it is', () => {
  const denying = (...ids: readonly string[]) =>
    channel(TAVERN, {
      granted: ALL & ~P.EmbedLinks,
      denied: new Map(ids.map((id) => [id, P.EmbedLinks])),
    });

  test.each([
    ['the bot’s own before all others', [EVERYONE, OTHER_ROLE, ME], ME],
    ['that of a role before that of @everyone', [EVERYONE, OTHER_ROLE], OTHER_ROLE],
    ['that of @everyone where there is no other', [EVERYONE], EVERYONE],
  ])('%s', (_what, ids, whose) => {
    expect(found(server([denying(...ids)]))).toEqual([[TAVERN, 'Embed Links', whose]]);
  });

  test('and not where it is one of a role that the bot has not', () => {
    expect(found(server([denying('100000000000000009')]))).toEqual([[TAVERN, 'Embed Links', undefined]]);
  });
});

describe('where scenes may play', () => {
  const hidden = channel(TAVERN, {
    granted: 0n,
    category: CATEGORY,
    denied: new Map([[EVERYONE, P.ViewChannel]]),
  });

  test('everywhere, a hidden channel is no fault', () => {
    expect(found(server([hidden]))).toEqual([]);
  });

  test('a listed channel that is hidden is told as that alone', () => {
    expect(found(server([hidden]), { ...ANYWHERE, sceneChannels: [TAVERN] })).toEqual([
      [TAVERN, 'View Channel', EVERYONE],
    ]);
  });

  test('so is one of a listed category', () => {
    expect(found(server([hidden]), { ...ANYWHERE, sceneChannels: [CATEGORY] })).toHaveLength(1);
  });

  test('a blocked one is not looked at, nor one that is not listed', () => {
    const rules = { sceneChannels: [CATEGORY], blockedChannels: [TAVERN], logChannel: '' };
    expect(found(server([hidden, channel(CELLAR, { granted: 0n })]), rules)).toEqual([]);
  });

  test('channels that were deleted are told', () => {
    const rules = { sceneChannels: [TAVERN, CELLAR], blockedChannels: [], logChannel: LOG };
    expect(examine(server([channel(TAVERN)]), rules).gone).toEqual([CELLAR, LOG]);
  });
});

test('a forum wants its posts opened, under Discord’s name for that, and no threads', () => {
  const granted = ALL & ~P.SendMessages & ~P.CreatePublicThreads;
  const denied = new Map([[EVERYONE, P.SendMessages | P.CreatePublicThreads]]);
  expect(found(server([channel(TAVERN, { forum: true, granted, denied })]))).toEqual([
    [TAVERN, 'Create Posts', EVERYONE],
  ]);
});

describe('the log channel', () => {
  const granted = ALL & ~P.SendMessages & ~P.ManageWebhooks;
  const log = channel(LOG, { granted, denied: new Map([[ME, P.SendMessages | P.ManageWebhooks]]) });

  test('wants only what the log needs', () => {
    const rules = { sceneChannels: [TAVERN], blockedChannels: [], logChannel: LOG };
    expect(found(server([channel(TAVERN), log]), rules)).toEqual([[LOG, 'Send Messages', ME]]);
  });

  test('is told of once where scenes play in it, too', () => {
    expect(found(server([log]), { ...ANYWHERE, logChannel: LOG })).toEqual([
      [LOG, 'Send Messages', ME],
      [LOG, 'Manage Webhooks', ME],
    ]);
  });
});

test('Manage Server and Manage Messages are optional', () => {
  const examined = examine(server([channel(TAVERN)], { granted: ALL & ~P.ManageGuild }), ANYWHERE);
  expect(examined).toMatchObject({ missing: [], autoMod: false });
  expect(render(examinedWords(examined))).toContain('Optional, not granted: **Manage Server**');
});
