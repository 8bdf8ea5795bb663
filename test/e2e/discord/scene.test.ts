import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUTTONS } from '../../../src/stage/discord/card/buttons.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';
import { mentionsAllowed } from './mentions-allowed.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

describe('a scene in a channel', () => {
  test('opens with its card, then a greeting under the character’s own name and picture', async () => {
    const { double, channel } = theatre;
    const answer = await theatre.start({ cast: 'Old Wenna, Tom Reddick', setting: 'A quay in the *rain*.' });
    expect(answer).toContain('On stage: Old Wenna, Tom Reddick.');
    expect(answer).toContain('Say something');
    const [card, ...rest] = double.messages(channel);
    expect(card?.id).toBe(theatre.card().id);
    const greeting = rest.find(({ webhookId }) => webhookId !== null);
    expect(greeting).toMatchObject({ author: 'Old Wenna', content: '*nods* Old Wenna at your service.' });
    expect(greeting?.avatarUrl).toMatch(/\/cdn\/attachments\/[^?]*wenna\.png$/);
  });

  test('tells on its card what anyone should know', async () => {
    await theatre.cardSays('Tom Reddick');
    const { text, attachments } = theatre.card();
    expect(text).toContain('A quay in the \\*rain\\*.');
    expect(text).toContain('**Old Wenna**');
    expect(text).toContain('**Players** Alice');
    expect(text).toContain('**Mode** Conversation');
    expect(text).toContain('**Thoughts** the scene’s owner and moderators may read them');
    expect(text).toContain('**Budget** 3 turns');
    expect(text).toContain('**Lines are sent to** nobody: the scripted demo');
    expect(text).toMatch(/Join\nPause\nCast\nEnd\nLet them\nSomeone else…\nNarrator\nHold$/);
    expect(attachments.map(({ name }) => name).sort()).toEqual(['tom.png', 'wenna.png']);
  });

  test('answers what a player writes', async () => {
    const { double, channel, alice } = theatre;
    const from = double.position();
    double.say(channel, alice, 'Tom Reddick, does the boat leave?');
    const line = await theatre.line(/./, channel, from);
    await theatre.calm();
    expect(line.author).toBe('Tom Reddick');
  });

  test('hears nothing of those who only pass by, and one who calls a character by name joins with one public line', async () => {
    const { double, channel, bob } = theatre;
    const before = theatre.lines().length;
    double.say(channel, bob, 'BYSTANDER-TEXT where did I park?');
    const from = double.position();
    double.say(channel, bob, 'Wenna, who are you?');
    await theatre.line(/./, channel, from);
    await theatre.calm();
    expect(theatre.lines().length).toBeGreaterThan(before);
    const replay = JSON.stringify(await theatre.engine().replay(`discord:${channel.id}`));
    expect(replay).toContain('who are you?');
    expect(replay).not.toContain('BYSTANDER-TEXT');
    const joined = double
      .messages(channel)
      .filter(({ content }) => content.includes('Bob has joined the scene'));
    expect(joined).toHaveLength(1);
  });

  test('follows a reply to a character’s line to that character', async () => {
    const { double, channel, alice } = theatre;
    const greeting = double.messages(channel).find(({ author }) => author === 'Old Wenna');
    const from = double.position();
    double.say(channel, alice, 'Are you sure?', { replyTo: greeting?.id ?? '' });
    expect((await theatre.line(/./, channel, from)).author).toBe('Old Wenna');
    await theatre.calm();
  });

  test('brings a third on stage at once, by a suggested name', async () => {
    const { double, channel, alice } = theatre;
    const [first] = await double.autocomplete(channel, alice, 'summon', { name: 'In' }, 'name');
    expect(first?.name).toMatch(/^Ines/);
    const from = double.position();
    const summoned = double.slash(channel, alice, 'summon', { name: String(first?.value) });
    expect((await double.replied(summoned)).content).toContain('Ines is here.');
    expect((await theatre.line('comes in', channel, from)).author).toBe('Narrator');
    const greeting = await theatre.line('at your service', channel, from);
    expect(greeting.author).toBe('Ines');
    // Without a picture of her own, one of Discord's; never none.
    expect(greeting.avatarUrl).toMatch(/\/embed\/avatars\/\d\.png$/);
    await theatre.cardSays('**Ines**');
  });

  test('puts what is said by command under the player’s name', async () => {
    const { double, channel, alice } = theatre;
    const said = double.slash(channel, alice, 'say', { text: 'Old Wenna, hold the boat.' });
    expect((await double.replied(said)).content).toBe('Said.');
    expect((await theatre.line('hold the boat')).author).toBe('Alice');
    await theatre.calm();
  });

  test('pauses and goes on by its buttons, for those who may', async () => {
    const { double, channel, alice, bob } = theatre;
    const refused = double.click(theatre.card(), BUTTONS.pause, bob);
    expect((await double.replied(refused)).content).toContain('Only the one who started');
    const paused = double.click(theatre.card(), BUTTONS.pause, alice);
    expect((await double.replied(paused)).content).toContain('paused');
    await theatre.cardSays('Continue');
    const goesOn = double.click(theatre.card(), BUTTONS.goOn, alice);
    expect((await double.replied(goesOn)).content).toContain('goes on');
    await theatre.cardSays('Pause');
    const cast = double.click(theatre.card(), BUTTONS.cast, bob);
    const { content, ephemeral } = await double.replied(cast);
    expect(content).toContain('On stage: Old Wenna, Tom Reddick, Ines.');
    expect(ephemeral).toBe(true);
    expect(double.messages(channel).some((message) => message.content.includes('On stage:'))).toBe(false);
  });

  test('lets someone join by the button', async () => {
    const { double, server, channel } = theatre;
    const carol = double.addUser({ username: 'carol', globalName: 'Carol' });
    double.addMember(server, carol);
    const joined = double.click(theatre.card(), BUTTONS.join, carol);
    expect((await double.replied(joined)).content).toContain('You are in the scene as Carol');
    await theatre.cardSays('Carol');
    const from = double.position();
    double.say(channel, carol, 'And here I am.');
    await theatre.line(/./, channel, from);
    await theatre.calm();
    expect(JSON.stringify(await theatre.engine().replay(`discord:${channel.id}`))).toContain(
      'And here I am.',
    );
  });

  test('ends after being asked twice, and its card says so', async () => {
    const { double, channel, alice } = theatre;
    const earlier = theatre.card();
    const asked = await double.replied(double.click(earlier, BUTTONS.end, alice));
    expect(asked.content).toContain('for good');
    const ended = double.click(asked.message ?? '', BUTTONS.endForGood, alice);
    expect((await double.replied(ended)).content).toContain('has ended');
    const lines = theatre.lines().length;
    double.say(channel, alice, 'Tom? Wenna? Anyone?');
    const again = await theatre.start({ cast: 'Ines' });
    expect(again).toContain('On stage: Ines.');
    await theatre.calm();
    expect(theatre.lines().slice(lines)).toEqual(['Ines: *nods* Ines at your service.']);
    // At once started anew, and the card of the scene before has no button left all the same.
    await expect.poll(() => double.message(earlier).text).toContain('· ended');
    expect(double.message(earlier).text).not.toMatch(/Join|Continue|Pause/);
    expect(theatre.card().id).not.toBe(earlier.id);
  });

  test('a button of an earlier scene’s card does nothing to the one that plays', async () => {
    const { double, channel, alice } = theatre;
    const first = theatre.card();
    // Someone who has not seen the change yet, or a change that never got through.
    double.inject({ method: 'PATCH', match: new RegExp(`/messages/${first.id}$`), status: 403, times: 100 });
    await double.replied(double.slash(channel, alice, 'scene end'));
    await theatre.start({ cast: 'Ines' });
    expect(theatre.card().id).toBe(first.id);
    const pressed = double.click(first, BUTTONS.pause, alice);
    expect((await double.replied(pressed)).content).toContain('earlier scene');
    expect((await theatre.engine().info(`discord:${channel.id}`))?.record.status).toBe('playing');
  });

  test('rings for nobody, hides what is hidden, and asks Discord for nothing it does not know', () => {
    const { double } = theatre;
    expect(double.pings).toEqual([]);
    expect(double.unexpected).toEqual([]);
    const sent = double.everythingSent();
    expect(sent).not.toMatch(/THOUGHT|PRIVATE-CARD|MOTIVE|SECRET|system_thinking|role_thinking/);
    const { messages, careless } = mentionsAllowed(double);
    expect(messages).toBeGreaterThan(20);
    expect(careless).toEqual([]);
  });

  test('made one webhook for the channel, and keeps its key out of the log', () => {
    const { double, channel, logged } = theatre;
    const webhooks = double.webhooksIn(channel);
    expect(webhooks).toHaveLength(1);
    expect(JSON.stringify(logged)).not.toContain(webhooks[0]?.token);
    expect(JSON.stringify(logged)).not.toContain(double.token);
  });
});
