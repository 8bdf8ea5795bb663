import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallCharacter, smallLibrary } from '../../support/small-library.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';

const NAMES = ['Clyde', 'Discord Jones', 'everyone', 'Here', 'Tom', 'Tomas', 'X'.repeat(90), '@Ada `dev`'];

let theatre: Theatre;
beforeAll(async () => {
  const cast = NAMES.map((name, place) => smallCharacter(`card-${place}`, name));
  theatre = await openTheatre({ library: smallLibrary(cast) });
});
afterAll(() => theatre.close());

describe('names that Discord or the eye would stumble over', () => {
  test('all speak, under names that can be told apart and that Discord takes at the first try', async () => {
    const { double, channel } = theatre;
    const cast = NAMES.map((_, place) => `card-${place}`).join(', ');
    expect(await theatre.start({ cast, preset: 'game-master' })).toContain('is open');
    await theatre.calm();
    for (let place = 1; place < NAMES.length; place += 1) {
      await theatre.engine().next(`discord:${channel.id}`, `card-${place}`);
      await theatre.calm();
    }
    const authors = double
      .messages(channel)
      .filter(({ webhookId }) => webhookId !== null)
      .map(({ author }) => author);
    expect(new Set(authors).size).toBe(NAMES.length);
    expect(authors[0]).toBe('C\u200Alyde');
    expect(authors.some((author) => /^Character \d+$/.test(author))).toBe(false);
    expect(double.requests.filter(({ status }) => status === 400)).toEqual([]);
    expect(double.pings).toEqual([]);
  });

  test('a player who is called like a character is told apart from it', async () => {
    const { double, server, channel } = theatre;
    const tom = double.addUser({ username: 'tom-h', globalName: 'Tom' });
    double.addMember(server, tom);
    const from = double.position();
    await double.replied(double.slash(channel, tom, 'say', { text: 'I am Tom.' }));
    const line = await theatre.line('I am Tom.', channel, from);
    expect(line.author).toContain('Tom (player');
  });
});
