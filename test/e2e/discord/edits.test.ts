import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTheatre, type Theatre } from './discord-theatre.ts';

let theatre: Theatre;
let scene = '';
beforeAll(async () => {
  theatre = await openTheatre();
  await theatre.start({ cast: 'Old Wenna', preset: 'game-master' });
  scene = `discord:${theatre.channel.id}`;
});
afterAll(() => theatre.close());

async function log(): Promise<string> {
  return JSON.stringify(await theatre.engine().replay(scene));
}

describe('edits and deletions in the channel', () => {
  test('an edited line reads differently from then on', async () => {
    const { double, channel, alice } = theatre;
    const line = double.say(channel, alice, 'I came by cart.');
    await expect.poll(log).toContain('by cart');
    double.edit(line, alice, 'I came by boat.');
    await expect.poll(log).toContain('by boat');
    expect(await log()).not.toContain('by cart');
  });

  test('a line of which only a picture is left is gone', async () => {
    const { double, channel, alice } = theatre;
    const line = double.say(channel, alice, 'Look at my WORDS-OF-A-PICTURE.');
    await expect.poll(log).toContain('WORDS-OF-A-PICTURE');
    double.edit(line, alice, '');
    await expect.poll(log).not.toContain('WORDS-OF-A-PICTURE');
  });

  test('a deleted line is gone', async () => {
    const { double, channel, alice } = theatre;
    const line = double.say(channel, alice, 'Forget this.');
    await expect.poll(log).toContain('Forget this.');
    double.remove(line);
    await expect.poll(log).not.toContain('Forget');
  });

  test('many deleted at once are gone', async () => {
    const { double, channel, alice } = theatre;
    const lines = ['One of many.', 'Two of many.'].map((text) => double.say(channel, alice, text));
    await expect.poll(log).toContain('Two of many.');
    double.removeMany(channel, lines);
    await expect.poll(log).not.toContain('of many.');
  });

  test('a character’s line that a moderator deletes is gone, with all its parts, and once', async () => {
    const { double, channel, alice } = theatre;
    const text = 'The tide turns, and the ropes complain about it. '.repeat(50).slice(0, 2000);
    await double.replied(double.slash(channel, alice, 'narrate', { text }));
    const parts = double.messages(channel).slice(-2);
    expect(parts.every(({ author }) => author === 'Narrator')).toBe(true);
    const beats = (await theatre.engine().info(scene))?.beats ?? 0;
    const gone = double.waitFor('message-deleted', ({ message }) => message.id === parts[1]?.id);
    double.remove(parts[0]?.id ?? '');
    await gone;
    await expect.poll(log).not.toContain('The tide turns');
    // Something that comes after all of it: no second deletion was taken down.
    double.say(channel, alice, 'And then?');
    await expect.poll(log).toContain('And then?');
    expect((await theatre.engine().info(scene))?.beats).toBe(beats + 2);
  });

  test('a card that was taken away comes back with the next change', async () => {
    const { double, channel, alice } = theatre;
    double.remove(theatre.card());
    const from = double.position();
    await double.replied(double.slash(channel, alice, 'summon', { name: 'Tom' }));
    const card = await double.nextMessage(channel, ({ text }) => text.includes('Join'), { since: from });
    expect(card.attachments.map(({ name }) => name).sort()).toEqual(['tom.png', 'wenna.png']);
  });

  test('a message of a scene that has ended is erased from storage, too', async () => {
    const { double, server, alice, store } = theatre;
    const other = double.addChannel(server, { name: 'quay' });
    await theatre.start({ cast: 'Ines' }, other);
    const said = double.say(other, alice, 'Ines, ERASE-ME-LATER.');
    const log = `discord:${other.id}#1`;
    const stored = async () => JSON.stringify(await Array.fromAsync(store.read(log)));
    await expect.poll(stored).toContain('ERASE-ME-LATER');
    await theatre.calm();
    await theatre.engine().end(`discord:${other.id}`);
    double.remove(said);
    await expect.poll(stored).not.toContain('ERASE-ME-LATER');
  });

  test('a message of a scene that has ended reads in storage as it was edited', async () => {
    const { double, server, alice, store } = theatre;
    const other = double.addChannel(server, { name: 'dock' });
    await theatre.start({ cast: 'Ines' }, other);
    const said = double.say(other, alice, 'Ines, EDIT-ME-LATER.');
    const log = `discord:${other.id}#1`;
    const stored = async () => JSON.stringify(await Array.fromAsync(store.read(log)));
    await expect.poll(stored).toContain('EDIT-ME-LATER');
    await theatre.calm();
    await theatre.engine().end(`discord:${other.id}`);
    double.edit(said, alice, 'Ines, never mind.');
    await expect.poll(stored).not.toContain('EDIT-ME-LATER');
  });

  test('a channel that is deleted takes its scene with it', async () => {
    const { double, server } = theatre;
    const other = double.addChannel(server, { name: 'pier' });
    await theatre.start({ cast: 'Ines' }, other);
    double.removeChannel(other);
    const status = async () => (await theatre.engine().info(`discord:${other.id}`))?.record.status;
    await expect.poll(status).toBe('ended');
  });
});
