import { once } from 'node:events';
import { type Client, OverwriteType, type TextChannel } from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type DiscordDouble, startDiscordDouble } from '../../doubles/discord/discord-double.ts';
import type { Channel, Server, User } from '../../doubles/discord/world/entities.ts';
import type { PermissionName } from '../../doubles/discord/world/permissions.ts';
import { connect } from './connect.ts';

let double: DiscordDouble;
let server: Server;
let channel: Channel;
let alice: User;
let client: Client<true>;
let text: TextChannel;

beforeAll(async () => {
  double = await startDiscordDouble();
  server = double.addServer();
  alice = double.addUser({ username: 'alice' });
  double.addMember(server, alice);
  client = await connect(double);
});
afterAll(async () => {
  await client.destroy();
  await double.close();
});
beforeEach(async () => {
  const created = once(client, 'channelCreate');
  channel = double.addChannel(server);
  await created;
  text = (await client.channels.fetch(channel.id)) as TextChannel;
});

async function deny(...names: PermissionName[]): Promise<void> {
  const updated = once(client, 'channelUpdate');
  double.setOverwrite(channel, double.botUserId, { deny: names });
  await updated;
}

describe('the bot', () => {
  test('computes the same permissions as Discord does', async () => {
    const role = double.addRole(server, { permissions: ['ManageMessages'] });
    double.changeMember(server, alice, { roles: [role] });
    double.setOverwrite(channel, server, {
      deny: ['SendMessages', 'EmbedLinks'],
      allow: ['MentionEveryone'],
    });
    double.setOverwrite(channel, role, { allow: ['SendMessages'] });
    const updated = once(client, 'channelUpdate');
    double.setOverwrite(channel, alice, { deny: ['AddReactions'] });
    await updated;
    const member = await text.guild.members.fetch({ user: alice.id, force: true });
    const held = text.permissionsFor(member);
    expect(held.has(['SendMessages', 'ManageMessages', 'MentionEveryone'])).toBe(true);
    expect(held.any(['EmbedLinks', 'AddReactions'])).toBe(false);
    await deny('SendMessages');
    expect(text.permissionsFor(client.user)?.has('SendMessages')).toBe(false);
  });

  test.each<[string, PermissionName, () => Promise<unknown>, number]>([
    ['see the channel', 'ViewChannel', () => text.messages.fetch(), 50001],
    ['write', 'SendMessages', () => text.send('x'), 50013],
    ['type', 'SendMessages', () => text.sendTyping(), 50013],
    ['make webhooks', 'ManageWebhooks', () => text.createWebhook({ name: 'x' }), 50013],
    ['send embeds', 'EmbedLinks', () => text.send({ embeds: [{ title: 'x' }] }), 50013],
    ['send files', 'AttachFiles', () => text.send({ files: [Buffer.from('x')] }), 50013],
    ['open threads', 'CreatePublicThreads', () => text.threads.create({ name: 'x' }), 50013],
  ])('cannot %s without the permission', async (_, permission, act, code) => {
    await deny(permission);
    await expect(act()).rejects.toMatchObject({ code, status: 403 });
  });

  test('cannot delete others’ messages, edit them, or pin, without the permission', async () => {
    const said = await text.messages.fetch(double.say(channel, alice, 'mine').id);
    await expect(said.delete()).rejects.toMatchObject({ code: 50013 });
    await expect(text.messages.edit(said.id, 'x')).rejects.toMatchObject({ code: 50005 });
    await expect(said.pin()).rejects.toMatchObject({ code: 50013 });
  });

  test('reads nothing, without an error, where it may not read the history', async () => {
    double.say(channel, alice, 'long ago');
    await deny('ReadMessageHistory');
    expect((await text.messages.fetch()).size).toBe(0);
  });

  test('keeps speaking through a webhook after its permissions are gone', async () => {
    const webhook = await text.createWebhook({ name: 'cast' });
    await deny('ViewChannel', 'SendMessages', 'ManageWebhooks');
    await webhook.send('still here');
    expect(double.messages(channel).at(-1)?.content).toBe('still here');
  });

  test('cannot write to someone who takes no direct messages (50007)', async () => {
    const shy = double.addUser({ username: 'shy', dmsClosed: true });
    await expect(client.users.send(shy.id, 'hello')).rejects.toMatchObject({ code: 50007 });
  });

  test('hears of a change to its own role, and of a time-out', async () => {
    const updated = once(client, 'roleUpdate');
    double.setBotPermissions(server, ['ViewChannel', 'ManageRoles']);
    await updated;
    expect(text.permissionsFor(client.user)?.has('ManageWebhooks')).toBe(false);
    await text.permissionOverwrites.edit(alice.id, { SendMessages: false }, { type: OverwriteType.Member });
    expect(() => double.say(channel, alice, 'x')).toThrow('may not');
    const muted = once(client, 'guildMemberUpdate');
    double.changeMember(server, double.botUserId, { timedOutUntil: Date.now() + 60_000 });
    await muted;
    await expect(text.send('x')).rejects.toMatchObject({ code: 50013 });
  });
});
