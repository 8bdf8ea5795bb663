import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CardData } from '../../../../src/cast/cards/card-data.ts';
import { writePngCard } from '../../../../src/cast/cards/png-card.ts';
import { readCard } from '../../../../src/cast/cards/read-card.ts';
import { blankCard } from '../../../../src/engine/cards/card-fields.ts';
import type { User } from '../../../doubles/discord/world/entities.ts';
import { created, editing } from './author.ts';
import { closeWriters, openWriters, type Writers } from './writers.ts';

let writers: Writers;
beforeAll(async () => {
  writers = await openWriters({ double: { attachmentBytes: 64 * 1024 * 1024 } });
});
afterAll(() => closeWriters(writers));

function card(name: string): CardData {
  return {
    ...blankCard(name),
    description: 'DESCRIPTION-CANARY {{char}} keeps the lighthouse.',
    first_mes: '*lifts the lamp* Who is there?',
    alternate_greetings: ['Mind the step.'],
    creator: 'A. Author',
    creator_notes: 'Play slowly.',
    tags: ['sea'],
    extensions: {
      'some/tool': { kept: ['as', 'it', null, 1] },
      dramatis: {
        ...blankCard('').extensions.dramatis,
        public_sheet: 'A man with a lamp.',
        motivation: 'MOTIVE-CANARY',
      },
    },
  };
}

const png = (one: CardData) => ({
  name: 'card.png',
  data: Buffer.from(writePngCard(one)),
  contentType: 'image/png',
});

/** Greetings that were made prose for other tools stand in the card as they were, too; YAML leaves out what is empty. */
function asRead({ first_mes, alternate_greetings, extensions, ...card }: CardData) {
  const { greetings = [first_mes, ...alternate_greetings], ...own } = extensions.dramatis;
  const filled = Object.entries(card).filter(([, value]) => value !== '' && String(value) !== '');
  return { ...Object.fromEntries(filled), greetings, extensions: { ...extensions, dramatis: own } };
}

async function imported(user: User, file: { name: string; data: Buffer | string; contentType?: string }) {
  const { double, channel } = writers.theatre;
  return double.replied(double.slash(channel, user, 'character import', { file }));
}

async function exported(user: User, options: { name: string; as?: string }) {
  const { double, channel } = writers.theatre;
  const reply = await double.replied(double.slash(channel, user, 'character export', options));
  const attachment = reply.message?.attachments[0];
  const answer = attachment && (await fetch(attachment.url));
  return { reply, name: attachment?.name ?? '', bytes: new Uint8Array((await answer?.arrayBuffer()) ?? []) };
}

describe('/character import', () => {
  test('a picture with a card in it comes to the stage', async () => {
    const { theatre, another, names } = writers;
    const who = another();
    await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
    const { message, ephemeral } = await imported(who, png(card('Amos Light')));
    expect(ephemeral).toBe(true);
    expect(message?.text).toContain('## Amos Light');
    expect(message?.text).toContain('Everyone sees: A man with a lamp.');
    expect(message?.text).toContain('Notes of the author: Play slowly.');
    expect(message?.text).toContain('Brought: Amos Light. Everyone who may play here can summon them.');
    expect(message?.text).not.toContain('CANARY');
    expect(message?.attachments).toHaveLength(1);
    expect(await names()).toContain('Amos Light');
    const summon = theatre.double.click(message?.id ?? '', 'dramatis:summon:amos-light', who);
    expect((await theatre.double.replied(summon)).content).toContain('Amos Light is here.');
    await theatre.calm();
    expect(theatre.lines().join('\n')).toContain('Who is there?');
  });

  test('several characters of one file are listed, and each can be summoned', async () => {
    const { another, names } = writers;
    const path = new URL('../../../fixtures/cards/coser-scene.json', import.meta.url);
    const before = await names();
    const { message } = await imported(another(), { name: 'scene.json', data: await readFile(path) });
    const come = (await names()).filter((name) => !before.includes(name));
    expect(come.length).toBeGreaterThan(1);
    for (const name of come) expect(message?.text).toContain(`Summon ${name} now`);
    expect(message?.text).toMatch(/^Brought: .+ and .+\. Everyone who may play here can summon them\.$/mu);
  });

  test('a lorebook is brought, too', async () => {
    const { theatre, another } = writers;
    const world = { name: 'The Deep', entries: { 0: { key: ['kraken'], content: 'LORE-CANARY', uid: 0 } } };
    const { message } = await imported(another(), { name: 'deep.json', data: JSON.stringify(world) });
    expect(message?.text).toMatch(/Lorebooks brought: .*\./u);
    expect(message?.text).not.toContain('CANARY');
    const library = await theatre.engine().cards.library(theatre.server.id);
    expect(library.worlds()).toHaveLength(1);
  });

  test('what is passed over is told, by field', async () => {
    const { another } = writers;
    const faulty = JSON.stringify({
      spec: 'chara_card_v2',
      data: { ...card('Bela Fault'), tags: 7, alternate_greetings: [{ no: 'text' }] },
    });
    const { message } = await imported(another(), { name: 'faulty.json', data: faulty });
    expect(message?.text).toContain('Passed over, or read otherwise');
    expect(message?.text).toContain('alternate\\_greetings');
  });

  test('a file that is none is refused in one line', async () => {
    const { another } = writers;
    const { content } = await imported(another(), { name: 'card.png', data: 'GIF89a, or so' });
    expect(content.split('\n')).toHaveLength(1);
    expect(content).not.toContain('reference');
  });

  test('a file over the limit is not even fetched', async () => {
    const { theatre, another } = writers;
    const { double } = theatre;
    const fetched = double.requests.length;
    const { content } = await imported(another(), {
      name: 'huge.json',
      data: Buffer.alloc(10 * 1024 * 1024 + 1),
    });
    expect(content).toBe('That file is too large: 10 MB is the most that is read.');
    expect(double.requests.slice(fetched).filter(({ path }) => path.includes('/attachments/'))).toEqual([]);
  });

  test('is for who may bring characters: nothing is fetched for others', async () => {
    const { theatre } = writers;
    const fetched = theatre.double.requests.length;
    const { content } = await imported(theatre.bob, png(card('Nobody Else')));
    expect(content).toContain('may bring characters');
    const since = theatre.double.requests.slice(fetched);
    expect(since.filter(({ path }) => path.includes('/attachments/'))).toEqual([]);
  });
});

describe('/character export', () => {
  test.each(['v3', 'v2', 'png', 'yaml'])('%s holds every field that came in', async (as) => {
    const { another, kept } = writers;
    const who = another();
    const name = `Round ${as}`;
    await imported(who, png(card(name)));
    const id = `round-${as}`;
    const { name: fileName, bytes } = await exported(who, { name, as });
    expect(fileName).toBe(`${id}.${{ v3: 'json', v2: 'json', png: 'png', yaml: 'yaml' }[as]}`);
    const back = readCard(bytes, fileName);
    const { card: before } = await kept(id);
    expect(back.card.extensions['some/tool']).toEqual(before.extensions['some/tool']);
    for (const field of [
      'description',
      'personality',
      'scenario',
      'tags',
      'creator',
      'creator_notes',
    ] as const) {
      expect(back.card[field] ?? '').toEqual(before[field] ?? '');
    }
    expect(back.card.extensions.dramatis.motivation).toBe('MOTIVE-CANARY');
    expect(back.character.greeting).toBe('<role_action>lifts the lamp</role_action>Who is there?');
    // Deleted and brought back from that file, it is what it was.
    const desk = { server: writers.theatre.server.id, by: { id: who.id, moderator: false } };
    await writers.theatre.engine().cards.remove(desk, id);
    await imported(who, { name: fileName, data: Buffer.from(bytes) });
    expect(asRead((await kept(id)).card)).toEqual(asRead(before));
  });

  test('of what somebody else brought is for moderators: it holds what is private', async () => {
    const { theatre, another } = writers;
    await imported(another(), png(card('Cora Closed')));
    const { reply } = await exported(another(), { name: 'Cora Closed' });
    expect(reply.content).toContain('whoever brought it may export it');
    expect(reply.message?.attachments).toEqual([]);
    const { bytes } = await exported(theatre.alice, { name: 'Cora Closed' });
    expect(Buffer.from(bytes).toString()).toContain('MOTIVE-CANARY');
  });
});

describe('a picture', () => {
  test('is put in by a form, shown with the draft, kept, and taken away again', async () => {
    const { theatre, another, kept } = writers;
    const who = another();
    const author = await created(theatre, who, { name: 'Pia Portrait' });
    expect(author.message().attachments).toEqual([]);
    const picture = writePngCard(card('Somebody Else'));
    await author.fill('picture', {
      picture: [{ name: 'me.png', data: Buffer.from(picture) }],
      notes: 'Be kind.',
    });
    expect(author.message().attachments).toHaveLength(1);
    await author.press('save');
    const saved = await kept('pia-portrait');
    expect(saved.card['creator_notes']).toBe('Be kind.');
    expect(saved.picture?.length).toBeGreaterThan(0);
    // Nothing of a card that lay in the picture is kept with it.
    expect(Buffer.from(saved.picture ?? []).toString('latin1')).not.toContain('chara');

    const again = await editing(theatre, who, 'Pia Portrait');
    expect(again.message().attachments).toHaveLength(1);
    await again.fill('picture', { 'no-picture': true });
    expect(again.message().attachments).toEqual([]);
    await again.press('save');
    expect((await kept('pia-portrait')).picture).toBeUndefined();
  });

  test('that is none is refused, and the draft goes on', async () => {
    const { theatre, another } = writers;
    const author = await created(theatre, another(), { name: 'Quin Quarto' });
    await author.fill('picture', { picture: [{ name: 'me.png', data: 'no picture at all' }] });
    expect(author.text()).toContain('⚠️ Discord shows a PNG, a JPEG or a WebP');
    const huge = { name: 'me.png', data: Buffer.alloc(10 * 1024 * 1024 + 1) };
    await author.fill('picture', { picture: [huge] });
    expect(author.text()).toContain('⚠️ That file is too large: 10 MB is the most that is read.');
    await author.press('save');
    expect(author.text()).toContain('**Quin Quarto** is saved');
  });
});
