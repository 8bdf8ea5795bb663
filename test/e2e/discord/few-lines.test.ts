import { afterEach, describe, expect, test } from 'vitest';
import { modelSettingsSchema } from '../../../src/model/model-settings.ts';
import { createOpenAiModel } from '../../../src/model/openai-model.ts';
import { BUTTONS } from '../../../src/stage/discord/card/buttons.ts';
import { herTurn } from '../../doubles/model/her-replies.ts';
import { type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';

let theatre: Theatre;
let mind: ModelDouble | undefined;
afterEach(async () => {
  await theatre.close();
  await mind?.close();
  mind = undefined;
});

/** What the bot itself said outside the story, but for the card. */
function notices(): string[] {
  const { double, channel } = theatre;
  return double
    .messages(channel)
    .filter(({ authorId, content }) => authorId === double.botUserId && content !== '')
    .map(({ content }) => content);
}

/** Alice calls Wenna, and whatever comes of it is over. */
async function calls(text: string): Promise<void> {
  const { double, channel, alice } = theatre;
  double.say(channel, alice, `Wenna, ${text}`);
  const scene = `discord:${channel.id}`;
  await expect.poll(async () => JSON.stringify(await theatre.engine().replay(scene))).toContain(text);
  await theatre.calm();
}

describe('outside the story little is said', () => {
  test('that the cast had its turns for today is told once in a while, not at every line', async () => {
    theatre = await openTheatre({ engine: { limits: { turnsPerServerDay: 1 } } });
    await theatre.start({ cast: 'Old Wenna', preset: 'conversation' });
    for (const text of ['one?', 'two?', 'three?', 'four?']) await calls(text);
    const told = notices().filter((text) => text.includes('turns for today'));
    expect(told).toHaveLength(1);
    expect(theatre.lines()).toHaveLength(2);
  });

  test('one moment at a time passes, and none that was made good', async () => {
    mind = await startModelDouble();
    const settings = modelSettingsSchema.parse({ name: 'double-1', baseUrl: mind.url, attempts: 1 });
    theatre = await openTheatre({ engine: { models: { actor: createOpenAiModel(settings) } } });
    const { double, channel, alice } = theatre;
    await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
    const down = { fault: 'status', status: 503, body: 'out of order' } as const;
    mind.reply(down, down, down);
    for (const text of ['one?', 'two?', 'three?']) await calls(text);
    const passed = double.messages(channel).filter(({ content }) => content === '*the moment passes*');
    expect(passed).toHaveLength(1);
    // Whoever presses Retry is told alone that it is no accident.
    mind.reply(down);
    const again = double.click(passed[0]?.id ?? '', BUTTONS.retry, alice);
    const { content, ephemeral } = await double.replied(again);
    expect(content).toContain('after 3 turns that failed');
    expect(ephemeral).toBe(true);
    await theatre.calm();

    mind.reply(herTurn({ speech: 'I am back.' }));
    const from = double.position();
    // The one that was pressed goes behind the one that takes its place.
    const standing = () =>
      double.messages(channel).filter(({ content }) => content === '*the moment passes*');
    await expect.poll(() => standing().map(({ id }) => id)).not.toContain(passed[0]?.id);
    const [fourth] = standing();
    double.click(fourth?.id ?? '', BUTTONS.retry, alice);
    await theatre.line('I am back.', channel, from);
    await expect.poll(notices).not.toContain('*the moment passes*');

    mind.reply(down);
    await calls('four?');
    expect(notices()).toContain('*the moment passes*');
    // Nobody presses Retry: the story goes on all the same, and the button with it.
    await calls('five?');
    await expect.poll(notices).not.toContain('*the moment passes*');
    const gone = double.requests.filter(({ method, status }) => method === 'DELETE' && status === 404);
    expect(gone).toEqual([]);
  });

  test('who joins under another name is told of like anyone', async () => {
    theatre = await openTheatre();
    await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
    const { double, channel, server } = theatre;
    const one = double.addUser({ username: 'newcomer', globalName: 'Newcomer' });
    double.addMember(server, one);
    const told = double.nextMessage(channel, ({ content }) =>
      content.includes('Lestrade has joined the scene'),
    );
    await double.replied(double.slash(channel, one, 'enter', { as: 'Lestrade' }));
    await told;
  });

  test('who joins is one line, whatever they do next', async () => {
    theatre = await openTheatre();
    const { double, channel, bob } = theatre;
    await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
    double.say(channel, bob, 'Wenna, good evening.');
    await double.nextMessage(channel, ({ content }) => content.includes('Bob has joined'), { since: 0 });
    await theatre.calm();
    await double.replied(double.click(theatre.card(), BUTTONS.join, bob));
    await double.replied(double.slash(channel, bob, 'say', { text: 'And again.' }));
    await double.replied(double.slash(channel, bob, 'scene enter'));
    await theatre.calm();
    expect(notices().filter((text) => text.includes('Bob'))).toHaveLength(1);
    expect(double.pings).toEqual([]);
  });

  test('that a scene was paused, goes on or has ended is a line for those who did not do it', async () => {
    theatre = await openTheatre();
    const { double, channel, alice } = theatre;
    await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
    const before = notices().length;
    for (const action of ['pause', 'continue', 'pause', 'end'])
      await double.replied(double.slash(channel, alice, `scene ${action}`));
    await expect.poll(() => notices().at(-1)).toContain('has ended');
    expect(notices().slice(before)).toEqual([
      expect.stringContaining('is paused'),
      expect.stringContaining('goes on'),
      expect.stringContaining('is paused'),
      expect.stringContaining('has ended'),
    ]);
    // A start of the bot is no news.
    await theatre.restart();
    expect(notices()).toHaveLength(before + 4);
  });

  test('of an outage nothing is said, neither when it begins nor when it is over', async () => {
    theatre = await openTheatre();
    const { double, channel } = theatre;
    await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
    const before = notices();
    const execute = /^\/webhooks\/\d+\/[^/]+$/;
    const down = double.inject({ method: 'POST', match: execute, status: 503, times: 100_000 });
    await theatre.engine().narrate(`discord:${channel.id}`, 'The lamp is lit.');
    down.remove();
    await theatre.line('The lamp is lit.');
    const status = async () => (await theatre.engine().info(`discord:${channel.id}`))?.record.status;
    await expect.poll(status).toBe('playing');
    await theatre.calm();
    expect(notices()).toEqual(before);
  });
});
