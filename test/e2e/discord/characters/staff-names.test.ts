import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Desk } from '../../../../src/engine/cards/cards-api.ts';
import { smallCard } from '../../../support/small-card.ts';
import { openTheatre, type Theatre } from '../discord-theatre.ts';

let theatre: Theatre;
let desk: Desk;
beforeAll(async () => {
  theatre = await openTheatre({ double: { botName: 'Harbourmaster' } });
  const { double, server, bob } = theatre;
  const roles = {
    kicks: double.addRole(server, { name: 'bouncers', permissions: ['KickMembers'] }),
    calms: double.addRole(server, { name: 'calm', permissions: ['ModerateMembers'] }),
    ours: double.addRole(server, { name: 'scene keepers' }),
    none: double.addRole(server, { name: 'fans' }),
  };
  const join = (username: string, globalName: string, nick: string | null, role: keyof typeof roles) => {
    const user = double.addUser({ username, globalName });
    double.addMember(server, user, { ...(nick === null ? {} : { nick }), roles: [roles[role]] });
    return user;
  };
  // None of them has said a word: Discord alone knows of them.
  join('greta.lind', 'Greta', null, 'kicks');
  join('otto77', 'Otto', 'Captain Otto', 'calms');
  join('pavel', 'Pavel', null, 'ours');
  join('nina', 'Nina', 'Nina the Fan', 'none');
  await theatre
    .engine()
    .settings.set({ level: 'server', id: server.id, server: server.id }, 'moderatorRoles', [roles.ours.id]);
  desk = { server: server.id, by: { id: bob.id, moderator: false } };
});
afterAll(() => theatre.close());
let fault: { remove(): void } | undefined;
afterEach(() => fault?.remove());

const save = (name: string) => theatre.engine().cards.save(desk, smallCard(name));

describe('a character may not pass for somebody who runs the server', () => {
  test.each([
    ['a manager', 'Alice'],
    ['in Cyrillic letters', 'Аlісе'],
    ['by the name of the account', 'greta.lind'],
    ['by the account, spelled otherwise', 'Greta Lind'],
    ['by the nickname', 'captain  OTTO'],
    ['with accents', 'Càptain Öttó'],
    ['a moderator of scenes', 'Pavel'],
    ['the bot itself', 'Harbour Master'],
  ])('%s: %s', async (_who, name) => {
    await expect(save(name)).rejects.toThrow(/runs this server|would pass/);
  });

  test('who does not run it bears no such name', async () => {
    for (const name of ['Bob', 'Nina the Fan', 'Greta Larsen'])
      expect((await save(name)).character.name).toBe(name);
  });

  test('it is asked again when the character is to play: names and roles change', async () => {
    const { double, server, channel } = theatre;
    await save('Ferryman Joost');
    const role = double.addRole(server, { name: 'harbour masters', permissions: ['BanMembers'] });
    const joost = double.addUser({ username: 'joost', globalName: 'Ferryman Joost' });
    double.addMember(server, joost, { nick: 'Ferryman Joost', roles: [role] });
    await theatre.start({ cast: 'Old Wenna' });
    await expect(theatre.engine().summon(`discord:${channel.id}`, 'ferryman-joost')).rejects.toThrow(
      'runs this server',
    );
    // Everyone's characters are nobody's disguise.
    await expect(theatre.engine().summon(`discord:${channel.id}`, 'tom')).resolves.toMatchObject({
      name: 'Tom Reddick',
    });
  });

  test('nor may a persona, but for whoever it is', async () => {
    const { channel, alice, bob } = theatre;
    const scene = `discord:${channel.id}`;
    const { ledger } = theatre.engine();
    const as = (id: string) => ledger.setPersona(scene, { id, name: 'Somebody' }, { name: 'Аlice' });
    await expect(as(bob.id)).rejects.toThrow('runs this server');
    await expect(as(alice.id)).resolves.toBeDefined();
  });

  test('where Discord does not answer, those who are known are asked for alone', async () => {
    const { double, server } = theatre;
    const role = double.addRole(server, { name: 'gate', permissions: ['ManageMessages'] });
    const lotte = double.addUser({ username: 'lotte', globalName: 'Lotte' });
    double.addMember(server, lotte, { nick: 'Gatekeeper Lotte', roles: [role] });
    fault = double.inject({ method: 'GET', match: /members/, status: 403, times: 100 });
    expect((await save('Gatekeeper Lotte')).character.id).toBe('gatekeeper-lotte');
    // She used a command before.
    await expect(save('ALICE ')).rejects.toThrow('runs this server');
  });
});
