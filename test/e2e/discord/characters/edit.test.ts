import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CardData } from '../../../../src/cast/cards/card-data.ts';
import { blankCard } from '../../../../src/engine/cards/card-fields.ts';
import type { User } from '../../../doubles/discord/world/entities.ts';
import { created, editing } from './author.ts';
import { closeWriters, openWriters, type Writers } from './writers.ts';

let writers: Writers;
beforeAll(async () => {
  writers = await openWriters();
});
afterAll(() => closeWriters(writers));

/** A card with a bit of everything, as an import could have left it. */
function rich(name: string): CardData {
  return {
    ...blankCard(name),
    description: 'DESCRIPTION-CANARY\r\nof two lines  ',
    first_mes: 'Good *nods* evening.',
    alternate_greetings: ['Second.', 'Third.'],
    creator_notes: 'Play her slowly.',
    tags: ['one', 'two'],
    extensions: {
      'someone/else': { kept: [1, 2, null] },
      talkativeness: '0.35',
      dramatis: {
        ...blankCard('').extensions.dramatis,
        public_sheet: 'Tall, in black.',
        motivation: 'MOTIVE-CANARY',
        examples: [
          { to: 'And you?', turn: '<role_thinking>HIDDEN-CANARY</role_thinking>I stay.', mood: 'calm' },
        ],
      },
    },
  };
}

async function brought(name: string, by: User): Promise<string> {
  const { theatre } = writers;
  const desk = { server: theatre.server.id, by: { id: by.id, moderator: false } };
  return (await theatre.engine().cards.save(desk, rich(name))).character.id;
}

describe('/character edit', () => {
  test('begins with what stands, and what is sent back as it stands changes nothing', async () => {
    const { theatre, another, kept } = writers;
    const who = another();
    const id = await brought('Anna Karenina', who);
    const before = await kept(id);
    const author = await editing(theatre, who, 'Anna Karenina');
    const screen = author.text();
    expect(screen).toContain('Tall, in black.');
    expect(screen).toContain('MOTIVE-CANARY');
    for (const form of ['basics', 'lines', 'facts', 'picture']) {
      await theatre.double.replied(theatre.double.submitModal(await author.open(form)));
    }
    expect(author.text()).toBe(screen);
    await author.press('save');
    expect(author.text()).toContain('plays so from the next turn on');
    expect(await kept(id)).toEqual(before);
  });

  test('changes one thing and leaves every other as it was', async () => {
    const { theatre, another, kept } = writers;
    const who = another();
    const id = await brought('Emma Bovary', who);
    const { card: before } = await kept(id);
    const author = await editing(theatre, who, 'Emma Bovary');
    await author.fill('basics', { looks: 'Tall, in blue.' });
    expect((await kept(id)).card).toEqual(before);
    await author.press('save');
    const { card } = await kept(id);
    expect(card).toEqual({
      ...before,
      extensions: {
        ...before.extensions,
        dramatis: { ...before.extensions.dramatis, public_sheet: 'Tall, in blue.' },
      },
    });
  });

  test('a text that no form holds is left out of it, and said', async () => {
    const { theatre, another, kept } = writers;
    const who = another();
    const id = await brought('Dorothea Brooke', who);
    const { server } = theatre;
    const { card } = await kept(id);
    const long = { ...card, description: 'D'.repeat(5000) };
    const desk = { server: server.id, by: { id: who.id, moderator: false } };
    await theatre.engine().cards.save(desk, long, { id });
    const author = await editing(theatre, who, 'Dorothea Brooke');
    expect(author.text()).toContain('Too long for a form, and kept as it is: Description (private)');
    const form = await author.open('basics');
    expect(JSON.stringify(form.modal)).not.toContain('"description"}');
    expect(() => theatre.double.submitModal(form, { description: 'short' })).toThrow(/has no field/);
    await author.send(form, { personality: 'earnest' });
    await author.press('save');
    expect((await kept(id)).card).toEqual({ ...long, personality: 'earnest' });
  });

  test('one field can be changed without any screen', async () => {
    const { theatre, another, kept } = writers;
    const who = another();
    const id = await brought('Jane Eyre', who);
    const { double, channel } = theatre;
    const asked = double.slash(channel, who, 'character edit', {
      name: 'Jane Eyre',
      field: 'motivation',
      text: 'NEW-CANARY',
    });
    expect((await double.replied(asked)).content).toContain('Changed');
    expect((await kept(id)).card.extensions.dramatis.motivation).toBe('NEW-CANARY');
  });

  test('is for who brought it and for moderators', async () => {
    const { theatre, another, kept } = writers;
    const id = await brought('Becky Sharp', another());
    const other = another();
    const { double, channel, alice } = theatre;
    for (const options of [{}, { field: 'looks', text: 'A FAKE' }]) {
      const asked = double.slash(channel, other, 'character edit', { name: 'Becky Sharp', ...options });
      const { content, ephemeral } = await double.replied(asked);
      expect(content).toContain('was brought by somebody else');
      expect(content).not.toContain('CANARY');
      expect(ephemeral).toBe(true);
    }
    const shipped = double.slash(channel, other, 'character edit', { name: 'Old Wenna' });
    expect((await double.replied(shipped)).content).toContain('was not brought here');
    const author = await editing(theatre, alice, 'Becky Sharp');
    await author.fill('basics', { looks: 'Green eyes.' });
    await author.press('save');
    expect((await kept(id)).card.extensions.dramatis.public_sheet).toBe('Green eyes.');
  });

  test('who was not first is told so, and overwrites nothing', async () => {
    const { theatre, another, kept } = writers;
    const who = another();
    const id = await brought('Isabel Archer', who);
    const author = await editing(theatre, who, 'Isabel Archer');
    const meanwhile = await editing(theatre, theatre.alice, 'Isabel Archer');
    await meanwhile.fill('basics', { looks: 'FIRST' });
    await meanwhile.press('save');
    await author.fill('basics', { looks: 'SECOND' });
    await author.press('save');
    expect(author.text()).toContain('Somebody changed this character meanwhile');
    expect((await kept(id)).card.extensions.dramatis.public_sheet).toBe('FIRST');
  });
});

describe('a draft', () => {
  test('is nobody else’s, and forged or stale ids do nothing', async () => {
    const { theatre, another, names } = writers;
    const { double, channel } = theatre;
    const who = another();
    const other = another();
    const author = await created(theatre, who, { name: 'Lucy Snowe', description: 'PRIVATE-CANARY' });
    const part = (what: string) => author.idOf('save').replace(/save$/u, what);
    // In the other's own message, as a client that was changed could send it.
    const theirs = await created(theatre, other, { name: 'Ginevra Fanshawe' });
    for (const what of ['save', 'mind', 'try', 'nonsense']) {
      const forged = double.forgeClick(theirs.message(), part(what), other);
      expect((await double.replied(forged)).content).toContain('This draft is over');
    }
    const { id } = double.say(channel, who, 'Anything.');
    const before = double.messages(channel);
    for (const what of ['discard', 'save', 'mind']) {
      const forged = double.forgeClick(id, part(what), who);
      expect((await double.replied(forged)).content).toContain('This button no longer does anything.');
    }
    // Nothing private is put into a message that everyone sees.
    expect(double.messages(channel)).toEqual(before);
    const nonsense = double.forgeClick(author.message(), part('nonsense'), who);
    expect((await double.replied(nonsense)).content).toContain('This button no longer does anything.');
    expect(await names()).not.toContain('Lucy Snowe');
    const { idOf } = author;
    const discarded = idOf('save');
    await author.press('discard');
    const late = double.forgeClick(author.message(), discarded, who);
    expect((await double.replied(late)).content).toContain('This draft is over');
    expect(await names()).not.toContain('Lucy Snowe');
  });

  test('ends where its author loses the role between two steps', async () => {
    const { theatre, role, names } = writers;
    const { double, server } = theatre;
    const who = double.addUser({ username: 'demoted' });
    double.addMember(server, who, { roles: [role] });
    const author = await created(theatre, who, { name: 'Lydia Gwilt' });
    const form = await author.open('mind');
    const save = author.idOf('save');
    double.changeMember(server, who, { roles: [] });
    const pressed = double.click(author.message(), save, who);
    expect((await double.replied(pressed)).content).toContain('may bring characters');
    const sent = double.submitModal(form, { motivation: 'CANARY' });
    expect((await double.replied(sent)).content).toContain('may bring characters');
    expect(await names()).not.toContain('Lydia Gwilt');
  });
});
