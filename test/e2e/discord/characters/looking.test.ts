import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CardData } from '../../../../src/cast/cards/card-data.ts';
import { blankCard } from '../../../../src/engine/cards/card-fields.ts';
import type { OptionValues } from '../../../doubles/discord/humans/command-data.ts';
import type { User } from '../../../doubles/discord/world/entities.ts';
import { replaced } from '../press.ts';
import { closeWriters, openWriters, type Writers } from './writers.ts';

let writers: Writers;
beforeAll(async () => {
  writers = await openWriters();
});
afterAll(() => closeWriters(writers));

function card(name: string, change: Partial<CardData> = {}): CardData {
  return {
    ...blankCard(name),
    description: 'DESCRIPTION-CANARY',
    personality: 'PERSONALITY-CANARY',
    first_mes: '<role_thinking>GREETING-CANARY</role_thinking>Good day.',
    creator: 'A. Author',
    creator_notes: 'NOTES of the author',
    tags: ['TAGGED'],
    extensions: {
      dramatis: {
        ...blankCard('').extensions.dramatis,
        public_sheet: 'PUBLIC looks',
        motivation: 'MOTIVE-CANARY',
        background: 'BACKGROUND-CANARY',
        examples: ['EXAMPLE-CANARY'],
      },
    },
    ...change,
  };
}

async function brought(by: User, one: CardData): Promise<string> {
  const { theatre } = writers;
  const desk = { server: theatre.server.id, by: { id: by.id, moderator: false } };
  return (await theatre.engine().cards.save(desk, one)).character.id;
}

async function asked(user: User, name: string, options: OptionValues = {}) {
  const { double, channel } = writers.theatre;
  return double.replied(double.slash(channel, user, name, options));
}

describe('/character show', () => {
  test('tells everyone the public side, and who brought it the rest', async () => {
    const { theatre, another } = writers;
    const who = another();
    await brought(who, card('Ada Public'));
    for (const [user, reads] of [
      [theatre.bob, false],
      [another(), false],
      [who, true],
      [theatre.alice, true],
    ] as const) {
      const { content, ephemeral } = await asked(user, 'character show', { name: 'Ada Public' });
      expect(ephemeral).toBe(true);
      for (const words of ['PUBLIC looks', 'NOTES of the author', 'TAGGED', 'A. Author', 'Greetings: 1']) {
        expect(content).toContain(words);
      }
      expect(content).toContain(`brought by <@${who.id}>`);
      for (const words of [
        'DESCRIPTION-CANARY',
        'PERSONALITY-CANARY',
        'MOTIVE-CANARY',
        'BACKGROUND-CANARY',
      ]) {
        expect(content.includes(words)).toBe(reads);
      }
      // What it thinks and would say is nobody's to read here.
      expect(content).not.toMatch(/GREETING-CANARY|EXAMPLE-CANARY/u);
    }
  });

  test('shows the picture beside it', async () => {
    const { message } = await asked(writers.theatre.bob, 'character show', { name: 'Old Wenna' });
    expect(message?.attachments.map(({ name }) => name)).toEqual(['wenna.png']);
    const without = await asked(writers.theatre.bob, 'character show', { name: 'Ines' });
    expect(without.message?.attachments).toEqual([]);
  });

  test('of one for adults nothing is told elsewhere', async () => {
    const { another } = writers;
    const who = another();
    const grown = card('Ada Adult');
    await brought(who, {
      ...grown,
      extensions: { dramatis: { ...grown.extensions.dramatis, age: 40, age_restricted: true } },
    });
    const { content } = await asked(who, 'character show', { name: 'Ada Adult' });
    expect(content).toContain('For adults only');
    expect(content).not.toMatch(/PUBLIC looks|CANARY|NOTES/u);
  });
});

describe('/character list', () => {
  test('names everyone, page by page, with who brought each, and nothing else of them', async () => {
    const { theatre, another } = writers;
    const who = another();
    for (let n = 10; n < 30; n += 1) await brought(who, card(`Many Sisters ${n}`));
    const first = await asked(theatre.bob, 'character list', { find: 'Many Sisters' });
    expect(first.content).toContain(`• Many Sisters 10: brought by <@${who.id}>`);
    expect(first.content).toContain('20 characters, page 1 of 2.');
    expect(first.content).not.toMatch(/CANARY|PUBLIC/u);
    const next = await replaced(theatre, first.message, pageButton(first.message), theatre.bob);
    expect(next.content).toContain('page 2 of 2.');
    expect(next.content).toContain('Many Sisters 29');
    const typed = await asked(theatre.bob, 'character list', { find: 'Many Sisters', page: 2 });
    expect(typed.content).toBe(next.content);
    const all = await asked(theatre.bob, 'character list');
    expect(all.content).toContain('• Old Wenna: came with the bot');
  });
});

function pageButton(message: { components: readonly unknown[] } | null): string {
  const [found] = JSON.stringify(message?.components).match(/dramatis:characters:[^"]+/u) ?? [];
  if (!found) throw new Error('no other page');
  return found;
}

describe('/character delete', () => {
  test('asks once, and then it is gone', async () => {
    const { theatre, another, names } = writers;
    const { double } = theatre;
    const who = another();
    await brought(who, card('Gone Girl'));
    const { content, message } = await asked(who, 'character delete', { name: 'Gone Girl' });
    expect(content).toContain('Delete Gone Girl for good?');
    expect(await names()).toContain('Gone Girl');
    const sure = double.click(message?.id ?? '', 'dramatis:delete-card:gone-girl', who);
    expect((await double.replied(sure, (reply) => !reply.content.includes('?'))).content).toBe(
      'Gone Girl is deleted.',
    );
    expect(await names()).not.toContain('Gone Girl');
  });

  test('is for who brought it and for moderators, whatever is pressed', async () => {
    const { theatre, another, names } = writers;
    const { double, channel, alice } = theatre;
    await brought(another(), card('Here Still'));
    const other = another();
    for (const options of [{}, { sure: true }]) {
      const { content } = await asked(other, 'character delete', { name: 'Here Still', ...options });
      expect(content).toContain('was brought by somebody else');
    }
    const anything = double.say(channel, other, 'anything');
    for (const user of [other, theatre.bob]) {
      const forged = double.forgeClick(anything, 'dramatis:delete-card:here-still', user);
      expect((await double.replied(forged)).content).toMatch(/somebody else|may bring characters/u);
    }
    expect(await names()).toContain('Here Still');
    const shipped = await asked(alice, 'character delete', { name: 'Old Wenna', sure: true });
    expect(shipped.content).toContain('was not brought here');
    expect((await asked(alice, 'character delete', { name: 'Here Still', sure: true })).content).toBe(
      'Here Still is deleted.',
    );
  });

  test('suggests what may be deleted and nothing else', async () => {
    const { theatre, another } = writers;
    const who = another();
    await brought(who, card('Solely Mine'));
    const { double, channel } = theatre;
    const offered = await double.autocomplete(channel, who, 'character delete', {}, 'name');
    expect(offered.map(({ value }) => value)).toEqual(['Solely Mine']);
    const anyone = await double.autocomplete(
      channel,
      theatre.bob,
      'character show',
      { name: 'Solely' },
      'name',
    );
    expect(anyone.map(({ value }) => value)).toEqual(['Solely Mine']);
    expect(JSON.stringify([offered, anyone])).not.toContain('CANARY');
    const summoned = await double.autocomplete(channel, theatre.bob, 'summon', { name: 'Solely' }, 'name');
    expect(summoned.map(({ value }) => value)).toEqual(['Solely Mine']);
  });
});

test('❓ under a line tells who brought the character, who wrote it, and what everyone sees', async () => {
  const { theatre, another } = writers;
  const { double, bob, channel } = theatre;
  const who = another();
  const id = await brought(who, card('Rosa Reacted'));
  await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
  await theatre.engine().summon(`discord:${channel.id}`, id);
  await theatre.calm();
  const line = await theatre.line('Good day.');
  double.react(line.id, bob, '❓');
  const direct = double.dm(bob);
  await expect
    .poll(() =>
      double
        .messages(direct)
        .map(({ content }) => content)
        .join('\n'),
    )
    .toContain('PUBLIC looks');
  const told = double
    .messages(direct)
    .map(({ content }) => content)
    .join('\n');
  expect(told).toContain(`from a card that <@${who.id}> brought to this server.`);
  expect(told).toContain('The card was written by A. Author.');
  expect(told).not.toContain('CANARY');
});
