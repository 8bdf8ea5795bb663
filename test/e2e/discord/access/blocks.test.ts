import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role, User } from '../../../doubles/discord/world/entities.ts';
import { openTheatre, type Theatre } from '../discord-theatre.ts';

let theatre: Theatre;
let scene = '';
let guards: Role;
let guard: User;
let mara: User;
let operator: User;

beforeAll(async () => {
  theatre = await openTheatre({ operators: ['bob'] });
  const { double, server, channel, bob } = theatre;
  operator = bob;
  guards = double.addRole(server, { name: 'guards' });
  guard = member('guard', guards);
  mara = member('mara');
  const level = { level: 'server', id: server.id, server: server.id } as const;
  await theatre.engine().settings.set(level, 'moderatorRoles', [guards.id]);
  await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
  scene = `discord:${channel.id}`;
});
afterAll(() => theatre.close());

function member(username: string, ...roles: Role[]): User {
  const user = theatre.double.addUser({ username });
  theatre.double.addMember(theatre.server, user, { roles });
  return user;
}

async function ask(user: User, command: string, values: Record<string, string> = {}): Promise<string> {
  const { double, channel } = theatre;
  const { content, ephemeral } = await double.replied(double.slash(channel, user, command, values));
  expect(ephemeral).toBe(true);
  return content;
}

async function playing(): Promise<string[]> {
  const { players = [] } = (await theatre.engine().info(scene)) ?? {};
  return players.filter(({ present }) => present).map(({ actor }) => actor.name);
}

async function log(): Promise<string> {
  return JSON.stringify(await theatre.engine().replay(scene));
}

describe('/dramatis block', () => {
  test('what a blocked person writes is neither heard nor kept; they are told once, and why alone', async () => {
    const { double, channel } = theatre;
    await ask(mara, 'enter');
    double.say(channel, mara, 'BEFORE, Wenna.');
    await expect.poll(log).toContain('BEFORE');
    const blocked = await ask(guard, 'dramatis block', { person: mara.id, reason: 'REASON', for: '2 days' });
    expect(blocked).toMatch(new RegExp(`^<@${mara.id}> may not play here until <t:\\d+:f>\\.`));

    expect(await playing()).toEqual(['Alice']);

    const from = double.position();
    double.say(channel, mara, 'AFTER-ONE, Wenna?');
    const told = await double.nextMessage(channel, ({ content }) => content.includes('blocked you'), {
      since: from,
    });
    expect(told.content).toContain(`<@${mara.id}>`);
    expect(told.content).not.toContain('REASON');
    double.say(channel, mara, `<@${double.botUserId}> AFTER-TWO, Wenna?`);
    double.say(channel, theatre.alice, 'LATER, Wenna.');
    await expect.poll(log).toContain('LATER');
    expect(await log()).not.toContain('AFTER');
    expect(await playing()).toEqual(['Alice']);
    expect(double.messages(channel).filter(({ content }) => content.includes('blocked you'))).toHaveLength(1);
    expect(double.pings).toEqual([]);

    expect(await ask(mara, 'say', { text: 'AFTER-THREE' })).toMatch(/blocked you\.\nReason: REASON$/);
    expect(await log()).not.toContain('AFTER');
  });

  test('nor does it count when they write something else into an older message', async () => {
    const { double, channel } = theatre;
    const before = double.messages(channel).find(({ content }) => content.includes('BEFORE'));
    if (!before) throw new Error('There is no older message.');
    double.edit(before, mara, 'AFTER-EDIT');
    double.say(channel, theatre.alice, 'LAST, Wenna.');
    await expect.poll(log).toContain('LAST');
    expect(await log()).toContain('BEFORE');
    expect(await log()).not.toContain('AFTER-EDIT');
  });

  test('whoever is blocked may still leave, and is suggested nothing', async () => {
    const { double, channel } = theatre;
    const { id } = mara;
    await theatre.engine().access.unblock(theatre.server.id, id);
    await ask(mara, 'enter');
    await theatre.engine().access.block(theatre.server.id, id, {
      by: guard.id,
      reason: 'REASON',
      lasts: 3_600_000,
    });
    expect(await ask(mara, 'enter')).toContain('blocked you');
    expect(await ask(mara, 'leave')).toContain('You have left the scene');
    expect(await double.autocomplete(channel, mara, 'whisper', {}, 'to')).toEqual([]);
  });

  test('is listed and noted for the moderators, and ends with /dramatis unblock', async () => {
    const { server } = theatre;
    expect(await ask(guard, 'dramatis blocks')).toMatch(
      new RegExp(`^<@${mara.id}> since <t:\\d+:f> until <t:\\d+:f>, by <@${guard.id}>: REASON$`),
    );
    expect(await ask(guard, 'dramatis unblock', { person: mara.id })).toContain('may play here again');
    expect(await ask(guard, 'dramatis unblock', { person: mara.id })).toContain('is not blocked here');
    expect(await ask(guard, 'dramatis blocks')).toBe('Nobody is blocked in this server.');
    const { audit } = theatre.engine();
    await audit.settled();
    const noted = (await audit.recent(server.id)).filter(({ kind }) => kind === 'blocked');
    expect(noted).toMatchObject([{ by: guard.id }, { by: guard.id, quote: 'REASON' }]);
    expect(await ask(mara, 'enter')).toContain('You are in the scene');
  });

  test('nobody blocks themselves, a moderator’s equal, Manage Server or the operator', async () => {
    const other = member('other-guard', guards);
    expect(await ask(guard, 'dramatis block', { person: guard.id })).toContain('cannot block yourself');
    expect(await ask(guard, 'dramatis block', { person: other.id })).toContain('That is a moderator');
    expect(await ask(guard, 'dramatis block', { person: theatre.alice.id })).toContain(
      'Manage Server cannot',
    );
    expect(await ask(guard, 'dramatis block', { person: operator.id })).toContain('the operator of this bot');
    expect(await ask(theatre.alice, 'dramatis block', { person: operator.id })).toContain('the operator');
    expect(await ask(mara, 'dramatis block', { person: guard.id })).toContain('Only moderators');
    expect(await theatre.engine().access.blocks(theatre.server.id)).toEqual([]);
    expect(await ask(theatre.alice, 'dramatis block', { person: other.id })).toContain('may not play here');
    expect(await ask(other, 'dramatis blocks')).toContain('Only moderators');
  });

  test('holds for who has left, and a time that is none is refused', async () => {
    const gone = theatre.double.addUser({ username: 'gone' });
    const refused = await ask(guard, 'dramatis block', { person: gone.id, for: 'a while' });
    expect(refused).toContain('is no stretch of time');
    expect(await ask(guard, 'dramatis block', { person: gone.id, for: '3 years' })).toContain('A year is');
    expect(await ask(guard, 'dramatis block', { person: gone.id })).toContain('may not play here any more');
  });
});
