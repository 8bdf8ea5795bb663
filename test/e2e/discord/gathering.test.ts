import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHandClock } from '../../support/hand-clock.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';

const GATHER_MS = 2500;
const CAP_MS = 20_000;
/** Discord shows for so long that someone types. */
const TYPING_MS = 10_000;

const clock = createHandClock();
let theatre: Theatre;
let scene = '';
const prompts: string[] = [];

beforeAll(async () => {
  const model = scriptedModel({
    turn: (name, { messages }) => {
      prompts.push(messages.map(({ content }) => content).join('\n'));
      return `Turn ${prompts.length} of ${name}.`;
    },
  });
  theatre = await openTheatre({
    engine: {
      clock,
      models: { actor: model, director: model },
      limits: { gatherMs: GATHER_MS, gatherCapMs: CAP_MS },
    },
  });
  const { alice, bob, channel } = theatre;
  await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
  scene = `discord:${channel.id}`;
  await theatre.engine().join(scene, { id: alice.id, name: 'Alice' });
  await theatre.engine().join(scene, { id: bob.id, name: 'Bob' });
  await theatre.calm();
});
afterAll(() => theatre.close());

/** Says it, and waits until it is heard; so is all that happened before. */
async function say(text: string): Promise<void> {
  const { id } = theatre.double.say(theatre.channel, theatre.alice, text);
  await expect.poll(() => theatre.engine().past.beatOf(scene, id)).toBeTypeOf('number');
}

/** Lets time pass until the cast has answered. */
async function answerAfter(ms: number): Promise<void> {
  const from = theatre.double.position();
  await clock.pass(ms);
  await theatre.line(/^Turn/, theatre.channel, from);
  await theatre.calm();
}

describe('lines in a burst', () => {
  test('have one answer, to all of them', async () => {
    const before = prompts.length;
    await say('Wenna, two things.');
    await clock.pass(GATHER_MS - 1);
    await say('Where is the boat, and whose is it?');
    await answerAfter(GATHER_MS);
    expect(prompts).toHaveLength(before + 1);
    expect(prompts.at(-1)).toContain('two things');
    expect(prompts.at(-1)).toContain('whose is it?');
  });

  test('are waited for while a player types, and no longer than the cap', async () => {
    const { double, channel, bob } = theatre;
    const before = prompts.length;
    await say('Wenna, wait for Bob.');
    double.type(channel, bob);
    await say('He always has a word.');
    // Long after the usual pause this is still one burst.
    await clock.pass(TYPING_MS - GATHER_MS);
    double.type(channel, bob);
    await say('Any moment now.');
    await answerAfter(CAP_MS - TYPING_MS + GATHER_MS);
    expect(prompts).toHaveLength(before + 1);
    for (const text of ['wait for Bob', 'always has a word', 'Any moment now']) {
      expect(prompts.at(-1)).toContain(text);
    }
  });

  test('are not held up by those who only pass by, or by bots', async () => {
    const { double, channel, server } = theatre;
    await clock.pass(TYPING_MS);
    const eve = double.addUser({ username: 'eve' });
    const robot = double.addUser({ username: 'robot', bot: true });
    for (const user of [eve, robot]) double.addMember(server, user);
    const before = prompts.length;
    await say('Wenna, and now?');
    double.type(channel, eve);
    double.type(channel, robot);
    await say('Well?');
    await answerAfter(GATHER_MS);
    expect(prompts).toHaveLength(before + 1);
  });
});

describe('what is said out of character', () => {
  test('is no line, and nothing answers it or remarks on it', async () => {
    const { double, channel, alice } = theatre;
    const before = prompts.length;
    const aside = ['// Wenna, brb, the phone', '((Wenna is great, isn’t she?))'].map((text) =>
      double.say(channel, alice, text),
    );
    await say('Wenna, hello again.');
    await answerAfter(GATHER_MS);
    expect(prompts).toHaveLength(before + 1);
    expect(prompts.at(-1)).not.toMatch(/the phone|is great/);
    for (const { id } of aside) expect(await theatre.engine().past.beatOf(scene, id)).toBeUndefined();
    const ours = double.messages(channel).filter(({ authorId }) => authorId === double.botUserId);
    expect(ours.map(({ content }) => content).join('\n')).not.toContain('out of character');
    expect(double.unexpected).toEqual([]);
  });
});
