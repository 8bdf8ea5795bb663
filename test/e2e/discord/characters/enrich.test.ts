import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Interaction } from '../../../doubles/discord/interactions/interaction.ts';
import type { Reply } from '../../../doubles/discord/interactions/replied.ts';
import type { SeenMessage } from '../../../doubles/discord/messages/see-message.ts';
import { everyComponent } from '../../../doubles/discord/rules/component-rules.ts';
import type { User } from '../../../doubles/discord/world/entities.ts';
import { answers, FERRY_TEXT, ferryCard, found } from '../../../unit/enrich/ferry.ts';
import { CARRIED, SCAR, TURN } from '../../../unit/enrich/findings.ts';
import { closeWriters, openWriters, type Writers } from './writers.ts';

const model = answers({
  description: found(SCAR, { quote: 'nowhere at all is this', lacking: 'x', add: 'INVENTED-CANARY' }),
  background: found(CARRIED),
  examples: found(TURN),
});

let writers: Writers;
beforeAll(async () => {
  writers = await openWriters({ engine: { models: { narrator: model } } });
});
afterAll(() => closeWriters(writers));

async function brought(by: User, name: string): Promise<string> {
  const { theatre } = writers;
  const desk = { server: theatre.server.id, by: { id: by.id, moderator: false } };
  const card = { ...ferryCard(), name };
  return (await theatre.engine().cards.save(desk, card)).character.id;
}

const NAMES = [
  'Oda Rennick',
  'Oda Marsh',
  'Oda Weir',
  'Oda Ford',
  'Oda Reed',
  'Oda Sluice',
  'Oda Bank',
  'Oda Moor',
  'Oda Mere',
];
let next = 0;

/** A proposal in one person’s hands: what all its messages say, and how to go on with the last one. */
async function proposed(user = writers.another()) {
  const { double, channel } = writers.theatre;
  const name = NAMES[next++] ?? 'Oda Last';
  const id = await brought(user, name);
  const text = { name: 'story.txt', data: FERRY_TEXT.replaceAll('Oda', name), contentType: 'text/plain' };
  const asked = double.slash(channel, user, 'character enrich', { name, text });
  await double.replied(asked);
  // The last of its messages is the one that is chosen in.
  const menu = () => double.replies(asked).find(({ components }) => components.length > 0);
  await expect.poll(menu).toBeDefined();
  const message = menu();
  if (!message) throw new Error('nothing was proposed');
  expect(double.replies(asked).every(({ ephemeral }) => ephemeral)).toBe(true);
  let now: SeenMessage = message;
  const idOf = (part: string) => {
    const ids = [...everyComponent(now.components as never)].flatMap((one) => one.custom_id ?? []);
    const wanted = ids.find((one) => one.endsWith(`:${part}`));
    if (!wanted) throw new Error(`no ${part} among ${ids.join(', ')}`);
    return wanted;
  };
  async function settle(
    step: Interaction,
    before = JSON.stringify([now.content, now.components]),
  ): Promise<Reply> {
    const reply = await double.replied(
      step,
      (one) =>
        one.kind !== 'update' || JSON.stringify([one.message?.content, one.message?.components]) !== before,
    );
    if (reply.kind === 'update' && reply.message) now = reply.message;
    return reply;
  }
  return {
    id,
    user,
    name,
    shown: () =>
      double
        .replies(asked)
        .map(({ content }) => content)
        .join('\n'),
    now: () => now,
    idOf,
    press: (part: string, as = user) => settle(double.click(now, idOf(part), as)),
    choose: (...values: string[]) => settle(double.select(now, idOf('choose'), user, values)),
    async open(part: string) {
      const opened = double.click(now, idOf(part), user);
      await double.replied(opened);
      return opened;
    },
    send: (opened: Interaction, words: string) => settle(double.submitModal(opened, { text: words })),
  };
}

describe('/character enrich', () => {
  test('whoever presses twice at once takes it once', async () => {
    const { idOf, now, user, id } = await proposed();
    const { double } = writers.theatre;
    const pressed = [1, 2].map(() => double.click(now(), idOf('all'), user));
    const [, late] = await Promise.all(pressed.map((one) => double.replied(one)));
    expect(late?.content).toContain('This proposal is over');
    const background = async () => (await writers.kept(id)).card.extensions.dramatis.background;
    await expect.poll(background).not.toBe('');
    const examples = (await writers.kept(id)).card.extensions.dramatis.examples;
    expect(new Set(examples.map((one) => JSON.stringify(one))).size).toBe(examples.length);
  });

  test('shows the difference with its sources, and keeps nothing before it is taken', async () => {
    const { shown, press, now, id } = await proposed();
    expect(shown()).toContain('+ She is a broad woman of forty, with a scar across her left palm.');
    expect(shown()).toContain('From: “a broad woman of forty with a scar across her left palm”');
    expect(shown()).toContain('+ <role_thinking>He asks for Pell again.');
    expect(shown()).toContain('no passage that it quotes is in the card or the text');
    expect(shown()).not.toContain('INVENTED-CANARY');
    const { card: before } = await writers.kept(id);
    expect(before.description).not.toContain('scar');
    await press('all');
    expect(now().content).toContain('is saved with what you took');
    expect(now().components).toEqual([]);
    const { card } = await writers.kept(id);
    expect(card.description).toBe(
      `${before.description}\nShe is a broad woman of forty, with a scar across her left palm.`,
    );
    expect(card.extensions.dramatis.background).toContain('carried her brother Pell');
    expect(card.extensions.dramatis.examples).toHaveLength(3);
  });

  test('takes what is chosen, in a person’s own words where they want', async () => {
    const { choose, open, send, press, now, id } = await proposed();
    await choose('0');
    const form = await open('edit');
    await send(form, 'Forty, and broad as her boat.');
    expect(now().content).toContain('+ Forty, and broad as her boat.');
    await press('take');
    const { card } = await writers.kept(id);
    expect(card.description).toMatch(/Low Sallow\.\nForty, and broad as her boat\.$/u);
    expect(card.extensions.dramatis.background).toBe('');
  });

  test('an example that nobody could see or hear is not taken from a form', async () => {
    const { choose, open, send, now } = await proposed();
    await choose('2');
    await send(await open('edit'), '<role_thinking>CANARY, I think</role_thinking>');
    expect(now().content).toContain('That is no turn');
  });

  test('asks which one to edit, and what to take', async () => {
    const { press, choose, now } = await proposed();
    await press('take');
    expect(now().content).toContain('Nothing is chosen yet.');
    await choose('0', '1');
    await press('edit');
    expect(now().content).toContain('Choose the one to edit');
  });

  test('what somebody changed meanwhile stays', async () => {
    const { press, id, user, name } = await proposed();
    const { engine, server } = writers.theatre;
    const desk = { server: server.id, by: { id: user.id, moderator: false } };
    await engine().cards.save(desk, { ...ferryCard(), name, description: 'Somebody rewrote this.' }, { id });
    await press('all');
    const { card } = await writers.kept(id);
    expect(card.description).toMatch(/^Somebody rewrote this\.\nShe is a broad woman/u);
  });

  test('left, it is over', async () => {
    const { press, now, id, idOf, user } = await proposed();
    const { double } = writers.theatre;
    const button = idOf('all');
    const before = now();
    await press('leave');
    expect(now().content).toBe('Nothing was changed.');
    const again = await double.replied(double.forgeClick(before, button, user));
    expect(again.content).toContain('This proposal is over');
    expect((await writers.kept(id)).card.description).not.toContain('scar');
  });

  test('rank is asked at each step', async () => {
    const user = writers.another();
    const { press, id } = await proposed(user);
    const { double, server } = writers.theatre;
    double.changeMember(server, user, { roles: [] });
    const reply = await press('all');
    expect(reply.content).toContain('Only those who may bring characters');
    expect((await writers.kept(id)).card.description).not.toContain('scar');
  });

  test('nobody else can use it, and nothing that it did not offer is done', async () => {
    const { idOf, now, id } = await proposed();
    const { double } = writers.theatre;
    const stranger = writers.another();
    const forged = await double.replied(double.forgeClick(now(), idOf('all'), stranger));
    expect(forged.content).toContain('This proposal is over');
    const other = await proposed();
    const menu = await double.replied(
      double.forgeSelect(other.now(), other.idOf('choose'), other.user, ['7']),
    );
    expect(menu.content).toContain('no longer does anything');
    const button = other.idOf('all').replace(/all$/u, 'everything');
    const pressed = await double.replied(double.forgeClick(other.now(), button, other.user));
    expect(pressed.content).toContain('no longer does anything');
    await other.choose('0');
    const form = await other.open('edit');
    const wrong = other.idOf('all').replace(/all$/u, 'form-9');
    const sent = await double.replied(double.submitModal(form, { text: 'forged' }, wrong));
    expect(sent.content).toContain('no longer does anything');
    expect((await writers.kept(id)).card.description).not.toContain('scar');
  });

  test('with accept it is taken at once, and only that is said', async () => {
    const user = writers.another();
    const { double, channel } = writers.theatre;
    const id = await brought(user, 'Oda Swift');
    const text = {
      name: 'story.txt',
      data: FERRY_TEXT.replaceAll('Oda', 'Oda Swift'),
      contentType: 'text/plain',
    };
    const reply = await double.replied(
      double.slash(channel, user, 'character enrich', { name: 'Oda Swift', text, accept: 'description' }),
    );
    expect(reply.ephemeral).toBe(true);
    expect(reply.content).toContain('Saved');
    const { card } = await writers.kept(id);
    expect(card.description).toContain('a scar across her left palm');
    expect(card.extensions.dramatis.background).toBe('');
  });

  test('is not for cards of others', async () => {
    const { double, channel } = writers.theatre;
    await brought(writers.another(), 'Oda Foreign');
    const reply = await double.replied(
      double.slash(channel, writers.another(), 'character enrich', { name: 'Oda Foreign' }),
    );
    expect(reply.content).toContain('brought by somebody else');
  });
});
