import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RoomSettings } from '../../../../src/config/room-settings.ts';
import type { Channel, User } from '../../../doubles/discord/world/entities.ts';
import { openTheatre, type Theatre } from '../discord-theatre.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

async function set(values: RoomSettings): Promise<void> {
  const { id } = theatre.server;
  await theatre.engine().settings.setAll({ level: 'server', id, server: id }, values);
}

/** Bob speaks to Wenna there and then alice does; whether bob was heard before her. */
async function isHeard(place: Channel, user: User, text: string): Promise<boolean> {
  const { double, alice } = theatre;
  const log = async () => JSON.stringify(await theatre.engine().replay(`discord:${place.id}`));
  double.say(place, user, `Wenna, ${text}.`);
  double.say(place, alice, `Wenna, after ${text}.`);
  await expect.poll(log).toContain(`after ${text}`);
  return (await log()).includes(`Wenna, ${text}.`);
}

test('roles allow and forbid, from the next line on, and a role that was taken away is gone at once', async () => {
  const { double, server, channel, bob } = theatre;
  const players = double.addRole(server, { name: 'players' });
  const banned = double.addRole(server, { name: 'banned' });
  await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
  await set({ playerRoles: [players.id], blockedRoles: [banned.id] });
  expect(await isHeard(channel, bob, 'one')).toBe(false);
  double.changeMember(server, bob, { roles: [players] });
  expect(await isHeard(channel, bob, 'two')).toBe(true);
  double.changeMember(server, bob, { roles: [players, banned] });
  expect(await isHeard(channel, bob, 'three')).toBe(false);
  await set({ allowedPeople: [bob.id] });
  expect(await isHeard(channel, bob, 'four')).toBe(true);
  await set({ allowedPeople: [], playerRoles: [], blockedRoles: [] });
});

test('a blocked channel is one for its threads too, a channel for scenes as well', async () => {
  const { double, server, bob, alice } = theatre;
  const office = double.addChannel(server, { name: 'office' });
  const side = double.addThread(office, { owner: alice });
  const forum = double.addChannel(server, { type: 'forum', name: 'tales' });
  const post = double.addThread(forum, { owner: alice });
  for (const place of [office, side, post]) {
    await theatre.start({ cast: 'Old Wenna', preset: 'called-only' }, place);
  }
  await set({ blockedChannels: [office.id] });
  expect(await isHeard(side, bob, 'five')).toBe(false);
  expect(await isHeard(office, bob, 'six')).toBe(false);
  expect(await isHeard(post, bob, 'seven')).toBe(true);
  const asked = double.slash(side, bob, 'cast');
  expect((await double.replied(asked)).content).toBe('No scenes are played in this channel.');
  const empty = double.addThread(office, { owner: alice });
  expect(await theatre.start({ cast: 'Ines' }, empty)).toBe('No scenes are played in this channel.');
  await set({ blockedChannels: [], sceneChannels: [forum.id] });
  expect(await theatre.start({ cast: 'Ines' }, empty)).toContain(`but in <#${forum.id}>`);
  expect(await isHeard(office, bob, 'eight')).toBe(false);
  expect(await isHeard(post, bob, 'nine')).toBe(true);
  await set({ sceneChannels: [] });
});
