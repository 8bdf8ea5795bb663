import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUTTONS } from '../../../src/stage/discord/card/buttons.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';
import { mentionsAllowed } from './mentions-allowed.ts';
import { newestLine } from './press.ts';

let theatre: Theatre;
let scene = '';
let cellar = '';
let turns = 0;

beforeAll(async () => {
  const model = scriptedModel({ turn: (name) => `Turn ${++turns} of ${name}.` });
  theatre = await openTheatre({
    pace: { eraseMs: 1 },
    engine: { models: { actor: model, director: model }, limits: { gatherMs: 0 } },
  });
  const { double, channel, alice } = theatre;
  await theatre.start({ cast: 'Old Wenna, Tom Reddick', preset: 'called-only' });
  scene = `discord:${channel.id}`;
  await theatre.calm();
  await double.replied(double.slash(channel, alice, 'scene room', { name: 'the cellar' }));
  cellar = double.threads(channel)[0]?.id ?? '';
  await double.replied(double.slash(channel, alice, 'move', { name: 'Tom Reddick', to: 'the cellar' }));
  await theatre.calm();
});
afterAll(() => theatre.close());

async function answerTo(text: string, place: string): Promise<string> {
  const { double, alice } = theatre;
  const from = double.position();
  double.say(place, alice, text);
  const { content } = await theatre.line(/^Turn/, place, from);
  await theatre.calm();
  return content;
}

async function placeOf(who: string): Promise<string | undefined> {
  const map = await theatre.engine().ledger.map(scene);
  return map.find(({ people }) => people.some(({ actor }) => actor.name === who))?.place;
}

async function log(): Promise<string> {
  return JSON.stringify(await theatre.engine().replay(scene));
}

describe('a thread that is a room of a scene', () => {
  test('is listened to: who writes there is there, and is answered there', async () => {
    await answerTo('Tom, are you down here?', cellar);
    expect(await placeOf('Alice')).toBe(`discord:${cellar}`);
    expect(await placeOf('Tom Reddick')).toBe(`discord:${cellar}`);
    const wenna = await theatre.engine().backstage.mind(scene, 'wenna');
    expect(JSON.stringify(wenna)).not.toContain('are you down here');
  });

  test('follows edits and deletions', async () => {
    const { double, alice } = theatre;
    const said = double.say(cellar, alice, 'It is warm.');
    await expect.poll(log).toContain('It is warm.');
    double.edit(said, alice, 'It is cold.');
    await expect.poll(log).toContain('It is cold.');
    double.remove(said);
    await expect.poll(log).not.toContain('It is cold.');
  });

  test('has buttons and commands that mean this room', async () => {
    const { double, alice } = theatre;
    const first = await answerTo('Tom, sing.', cellar);
    await expect.poll(() => newestLine(theatre, cellar).content).toBe(first);
    double.click(newestLine(theatre, cellar), BUTTONS.following, alice);
    await expect.poll(() => newestLine(theatre, cellar).content).not.toBe(first);
    const from = double.position();
    double.click(newestLine(theatre, cellar), BUTTONS.next, alice);
    expect((await theatre.line(/^Turn/, cellar, from)).author).toBe('Tom Reddick');
    await theatre.calm();
    const peek = double.messageCommand(cellar, alice, 'Peek', newestLine(theatre, cellar));
    expect((await double.replied(peek)).content).toContain('thought');
  });

  test('is read up on after the connection was lost, like the main place', async () => {
    const { double, alice } = theatre;
    const from = double.position();
    await theatre.restart(() => {
      double.say(cellar, alice, 'Tom, did you hear that?');
    });
    await theatre.line(/^Turn/, cellar, from);
    await theatre.calm();
    expect(await log()).toContain('did you hear that?');
  });

  test('that is deleted lets its scene play on, and its people come up', async () => {
    const { double, channel } = theatre;
    double.removeChannel(cellar);
    await theatre.line(/^\*Tom Reddick comes .*the cellar/, channel);
    await expect.poll(() => placeOf('Tom Reddick')).toBe('main');
    expect((await theatre.engine().info(scene))?.record.status).toBe('playing');
    await answerTo('Tom, you are up again?', channel.id);
    expect(await placeOf('Alice')).toBe('main');
  });

  test('that is deleted is no hindrance to a rewind past it', async () => {
    const { double, channel, alice, logged } = theatre;
    const inCellar = (await theatre.engine().replay(scene)).find(({ place }) => place !== undefined);
    const from = double.position();
    const rewound = double.slash(channel, alice, 'rewind', { to: String(inCellar?.n), erase: true });
    expect((await double.replied(rewound)).content).toContain('The scene goes on from');
    // He was in the cellar then, and there is no cellar any more.
    await double.nextMessage(channel, ({ content }) => /^\*Tom Reddick comes .*the cellar/.test(content), {
      since: from,
    });
    await expect.poll(() => placeOf('Tom Reddick')).toBe('main');
    await answerTo('Tom, once more?', channel.id);
    expect(logged.filter(({ event }) => event === 'task-failed' || event === 'scene-failed')).toEqual([]);
  });

  test('that is deleted while the bot is away is left when it comes back', async () => {
    const { double, channel, alice } = theatre;
    await double.replied(double.slash(channel, alice, 'scene room', { name: 'the loft' }));
    const loft = double.threads(channel)[0]?.id ?? '';
    await double.replied(double.slash(channel, alice, 'move', { name: 'Tom Reddick', to: 'the loft' }));
    expect(await placeOf('Tom Reddick')).toBe(`discord:${loft}`);
    await theatre.restart(() => double.removeChannel(loft));
    await expect.poll(() => placeOf('Tom Reddick')).toBe('main');
  });

  test('while a thread with a scene of its own ends it when it is deleted', async () => {
    const { double, channel, alice } = theatre;
    const thread = double.addThread(channel, { name: 'aside', owner: alice });
    await theatre.start({ cast: 'Ines' }, thread);
    double.removeChannel(thread);
    await expect
      .poll(async () => (await theatre.engine().info(`discord:${thread.id}`))?.record.status)
      .toBe('ended');
    expect((await theatre.engine().info(scene))?.record.status).toBe('playing');
    expect(double.unexpected).toEqual([]);
    expect(mentionsAllowed(double).careless).toEqual([]);
  });
});
