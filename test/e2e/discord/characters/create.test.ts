import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { created } from './author.ts';
import { closeWriters, openWriters, type Writers } from './writers.ts';

let writers: Writers;
beforeAll(async () => {
  writers = await openWriters();
});
afterAll(() => closeWriters(writers));

const ADA = {
  name: 'Ada Lovelace',
  looks: 'A countess in grey silk, ink on her cuffs.',
  description: 'DESCRIPTION-CANARY She reckons what engines might weave.',
  personality: 'PERSONALITY-CANARY quick, exact',
  greeting: '<role_thinking>THOUGHT-CANARY</role_thinking>*looks up* You are late.',
};

describe('/character create', () => {
  test('a character is written, saved and summoned', async () => {
    const { theatre, carol, names } = writers;
    await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
    const author = await created(theatre, carol, ADA);
    expect(author.text()).toContain('A countess in grey silk');
    expect(author.text()).toContain('nothing is kept before you save it');
    expect(author.text()).toContain('*looks up\\* You are late.');
    await author.fill('mind', { motivation: 'MOTIVE-CANARY to be read' });
    expect(author.text()).toContain('MOTIVE-CANARY');
    expect(await names()).not.toContain('Ada Lovelace');
    await author.press('save');
    expect(author.text()).toContain('**Ada Lovelace** is saved');
    expect(await names()).toContain('Ada Lovelace');
    const summoned = theatre.double.click(author.message(), author.idOf('ada-lovelace'), carol);
    expect((await theatre.double.replied(summoned)).content).toContain('Ada Lovelace is here.');
    await theatre.calm();
    expect(theatre.lines().join('\n')).toContain('You are late.');
  });

  test('what everyone sees stands apart from what stays private', async () => {
    const { theatre, another } = writers;
    const author = await created(theatre, another(), { ...ADA, name: 'Mary Somerville' });
    const [everyone = '', own = ''] = author.text().split('**Private');
    expect(everyone).toContain('A countess in grey silk');
    expect(everyone).not.toContain('CANARY');
    expect(own).toContain('DESCRIPTION-CANARY');
    expect(own).toContain('Not written yet: Motivation, Background, Manner of speech and Relations');
    await author.press('discard');
    expect(author.text()).toContain('Nothing was kept.');
  });

  test('every form holds what was written, and gives it to the card', async () => {
    const { theatre, another, kept } = writers;
    const author = await created(theatre, another(), { ...ADA, name: 'Caroline Herschel' });
    await author.fill('mind', {
      motivation: 'A comet of her own.',
      background: 'Hanover, then Bath.',
      manner: 'Counts aloud.',
      relations: 'William: her brother.',
      declines: '*turns back to the glass*\n---\nThe sky is clear tonight.',
    });
    await author.fill('lines', {
      greetings: 'Mind the lens.\n---\n*waves without looking*',
      examples: '> Did you sleep?\n> At all?\n<role_thinking>Sleep!</role_thinking>No.\n---\nNine comets.',
      scenario: 'A roof in Slough.',
    });
    await author.fill('facts', {
      nickname: 'Lina',
      aliases: 'Miss Herschel, Lina',
      tags: 'astronomer, history',
      age: '37',
      talkativeness: '0.2',
    });
    await author.press('save');
    expect((await kept('caroline-herschel')).card).toEqual({
      name: 'Caroline Herschel',
      nickname: 'Lina',
      description: ADA.description,
      personality: ADA.personality,
      scenario: 'A roof in Slough.',
      first_mes: ADA.greeting,
      mes_example: '',
      alternate_greetings: ['Mind the lens.', '*waves without looking*'],
      tags: ['astronomer', 'history'],
      extensions: {
        talkativeness: 0.2,
        dramatis: {
          aliases: ['Miss Herschel', 'Lina'],
          motivation: 'A comet of her own.',
          background: 'Hanover, then Bath.',
          manner: 'Counts aloud.',
          relations: 'William: her brother.',
          public_sheet: ADA.looks,
          examples: [
            { to: 'Did you sleep?\nAt all?', turn: '<role_thinking>Sleep!</role_thinking>No.' },
            'Nine comets.',
          ],
          declines: ['*turns back to the glass*', 'The sky is clear tonight.'],
          age: 37,
        },
      },
    });
  });

  test('a name that cannot be taken is told of before anything is saved', async () => {
    const { theatre, another, names } = writers;
    const author = await created(theatre, another(), { ...ADA, name: 'everyone' });
    expect(author.text()).toContain('⚠️');
    await author.press('save');
    expect(author.text()).toContain('nothing is kept before you save it');
    expect(await names()).not.toContain('everyone');
    await author.fill('basics', { name: 'Sophie Germain' });
    expect(author.text()).not.toContain('⚠️');
    await author.press('save');
    expect(await names()).toContain('Sophie Germain');
  });

  test('nobody passes for one of those who run the server', async () => {
    const { theatre, another, names } = writers;
    // With a Cyrillic “А” in it.
    for (const name of ['Alice', '\u0410lice']) {
      const author = await created(theatre, another(), { ...ADA, name });
      expect(author.text()).toContain('⚠️ Somebody who runs this server goes by a name like');
      await author.press('save');
    }
    expect((await names()).filter((name) => /lice/u.test(name))).toEqual([]);
  });

  test('what cannot be read is told, and the rest of the form is kept', async () => {
    const { theatre, another } = writers;
    const author = await created(theatre, another(), { ...ADA, name: 'Hypatia' });
    await author.fill('facts', { age: 'old enough', tags: 'philosopher' });
    expect(author.text()).toContain('Age is a number of years');
    expect(author.text()).toContain('tags: philosopher');
  });

  test('what was typed with the command stands in the form', async () => {
    const { theatre, another } = writers;
    const { double, channel } = theatre;
    const asked = double.slash(channel, another(), 'character create', {
      name: 'Maria Agnesi',
      looks: 'In black.',
    });
    const { modal } = await double.replied(asked);
    expect(JSON.stringify(modal)).toContain('"value":"Maria Agnesi"');
    const sent = double.submitModal(asked);
    const { message } = await double.replied(sent);
    expect(message?.text).toContain('## Maria Agnesi');
    expect(message?.text).toContain('In black.');
  });

  test('whoever presses twice at once saves once, and what is discarded is not saved', async () => {
    const { theatre, another, names } = writers;
    const { double } = theatre;
    const press = async (name: string, ...parts: string[]) => {
      const who = another();
      const author = await created(theatre, who, { ...ADA, name });
      const pressed = parts.map((part) => double.click(author.message(), author.idOf(part), who));
      const late = await Promise.all(pressed.slice(1).map((one) => double.replied(one)));
      for (const { content } of late) expect(content).toContain('This draft is over');
    };
    await press('Elizabeth Fulhame', 'save', 'save', 'save');
    await expect.poll(names).toContain('Elizabeth Fulhame');
    await press('Jane Marcet', 'discard', 'save');
    expect((await names()).filter((name) => /Fulhame|Marcet/u.test(name))).toEqual(['Elizabeth Fulhame']);
  });

  test('who only plays is told that they may not, before a form opens', async () => {
    const { theatre } = writers;
    const asked = theatre.double.slash(theatre.channel, theatre.bob, 'character create');
    expect((await theatre.double.replied(asked)).content).toContain('may bring characters');
  });
});
