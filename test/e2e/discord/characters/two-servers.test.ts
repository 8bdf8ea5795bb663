import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Channel } from '../../../doubles/discord/world/entities.ts';
import { smallCard } from '../../../support/small-card.ts';
import { openTheatre, type Theatre } from '../discord-theatre.ts';

let theatre: Theatre;
let there: Channel;
beforeAll(async () => {
  theatre = await openTheatre();
  const { double, server, alice, bob } = theatre;
  const other = double.addServer({ name: 'The Lighthouse' });
  there = double.addChannel(other, { name: 'lamp' });
  const managers = double.addRole(other, { name: 'managers', permissions: ['ManageGuild'] });
  double.addMember(other, alice, { roles: [managers] });
  const { cards } = theatre.engine();
  const card = (sheet: string) => ({
    ...smallCard('Marrow'),
    extensions: { dramatis: { ...smallCard('Marrow').extensions.dramatis, public_sheet: sheet } },
  });
  await cards.save({ server: server.id, by: { id: bob.id, moderator: false } }, card('A mender of nets.'));
  await cards.save({ server: server.id, by: { id: bob.id, moderator: false } }, smallCard('Sexton'));
  await cards.save({ server: other.id, by: { id: alice.id, moderator: false } }, card('A keeper of lamps.'));
});
afterAll(() => theatre.close());

describe('two servers', () => {
  test('are offered their own characters alone', async () => {
    const { double, channel, alice } = theatre;
    const offered = async (place: Channel, command: string, option: string) =>
      (await double.autocomplete(place, alice, command, { [option]: 'sex' }, option)).map(
        ({ value }) => value,
      );
    await theatre.start({ cast: 'Marrow' });
    await theatre.start({ cast: 'Marrow' }, there);
    expect(await offered(channel, 'summon', 'name')).toEqual(['Sexton']);
    expect(await offered(there, 'summon', 'name')).toEqual([]);
    const summoned = await double.replied(double.slash(there, alice, 'summon', { name: 'Sexton' }));
    expect(summoned.content).toContain('Nobody here is called “Sexton”');
    const byId = await double.replied(double.slash(there, alice, 'whisper', { to: 'sexton', text: 'Psst.' }));
    expect(byId.content).toContain('Nobody here is called “sexton”');
    const list = await double.replied(double.slash(there, alice, 'character list'));
    expect(JSON.stringify(list)).not.toContain('Sexton');
  });

  test('are told by ❓ of their own card, and who brought it', async () => {
    const { double, channel, alice, bob } = theatre;
    const asked = async (place: Channel): Promise<string> => {
      const line = await theatre.line('Marrow is here.', place);
      const dm = double.dm(alice);
      const since = double.messages(dm).at(-1)?.id;
      double.react(line.id, alice, '❓');
      return (await double.nextMessage(dm, () => true, since ? { after: since } : {})).content;
    };
    const here = await asked(channel);
    expect(here).toContain('A mender of nets.');
    expect(here).toContain(`<@${bob.id}>`);
    const other = await asked(there);
    expect(other).toContain('A keeper of lamps.');
    expect(other).not.toContain('A mender of nets.');
  });
});
