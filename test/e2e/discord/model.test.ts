import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modelSettingsSchema } from '../../../src/model/model-settings.ts';
import { createOpenAiModel } from '../../../src/model/openai-model.ts';
import { BUTTONS } from '../../../src/stage/discord/card/buttons.ts';
import { adversarialTurns, herTurn } from '../../doubles/model/her-replies.ts';
import { type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';
import { mentionsAllowed } from './mentions-allowed.ts';

const EXECUTE = /^\/webhooks\/\d+\/[^/]+$/;

let theatre: Theatre;
let mind: ModelDouble;
beforeAll(async () => {
  mind = await startModelDouble();
  const model = createOpenAiModel(
    modelSettingsSchema.parse({ name: 'double-1', baseUrl: mind.url, attempts: 1 }),
  );
  theatre = await openTheatre({
    pace: { typingEveryMs: 5 },
    engine: {
      models: { actor: model, director: model, narrator: model },
      limits: { turnsPerLine: 2, consideringAfterMs: 60_000 },
    },
    modelPlace: () => 'on this machine',
  });
});
afterAll(async () => {
  await theatre.close();
  await mind.close();
});

describe('a scene that a model plays', () => {
  test('says on its card which, and where', async () => {
    await theatre.start({ cast: 'Old Wenna, Tom Reddick', preset: 'conversation' });
    await theatre.cardSays('**Lines are sent to** double-1, on this machine');
    await theatre.cardSays('**Budget** 2 turns');
  });

  test('plays its turns as whole messages, to the end of the budget', async () => {
    const { double, channel, alice } = theatre;
    const before = theatre.lines().length;
    double.say(channel, alice, 'Wenna, what happened here?');
    await theatre.line('(line 2)');
    await theatre.calm();
    const lines = theatre.lines().slice(before);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^Old Wenna: \*.+\* .+\(line 1\)$/);
    expect(lines[1]).toMatch(/^Tom Reddick: \*.+\* .+\(line 2\)$/);
  });

  test('types while a turn is being made, and stops before it stands', async () => {
    const { double, channel, alice } = theatre;
    const from = double.position();
    let signs = 0;
    // Discord takes the first sign back after a while, so that it must be given again.
    const typing = double.waitFor(
      'typing-started',
      ({ userId }) => userId === double.botUserId && ++signs === 2,
    );
    mind.reply(async () => {
      await typing;
      return herTurn({ speech: 'I had to think.' });
    });
    const first = double.requests.length;
    double.say(channel, alice, 'Tom Reddick, and you?');
    await theatre.line('I had to think.', channel, from);
    const paths = double.requests.slice(first).map(({ path }) => path);
    const posted = paths.findIndex((path) => EXECUTE.test(path));
    const typed = paths.slice(0, posted).filter((path) => path.endsWith('/typing'));
    expect(typed.length).toBeGreaterThanOrEqual(2);
    await theatre.calm();
  });

  test('a turn that cannot be used is one neutral line, and Retry makes another', async () => {
    const { double, channel, alice } = theatre;
    const from = double.position();
    const [bad] = adversarialTurns('Tom Reddick', 'Old Wenna', 'retry').filter(
      ({ name }) => name === 'nothing visible',
    );
    mind.reply(bad?.text ?? '', bad?.text ?? '');
    double.say(channel, alice, 'Tom Reddick, say something.');
    const notice = await double.nextMessage(channel, ({ content }) => content === '*the moment passes*', {
      since: from,
    });
    await theatre.calm();
    mind.reply(herTurn({ speech: 'Something.' }));
    const pressed = double.click(notice, BUTTONS.retry, alice);
    expect((await theatre.line('Something.', channel, from)).author).toBe('Tom Reddick');
    await double.waitFor('message-deleted', ({ message }) => message.id === notice.id, { since: from });
    expect(double.replies(pressed)).toEqual([]);
    await theatre.calm();
  });

  test('one whose endpoint is down passes the moment, and the scene goes on with nothing lost', async () => {
    const { double, channel, alice } = theatre;
    const from = double.position();
    mind.reply({ fault: 'status', status: 401, body: { error: { message: 'KEY-IN-ERROR' } } });
    double.say(channel, alice, 'Old Wenna, are you well?');
    await double.nextMessage(channel, ({ content }) => content === '*the moment passes*', { since: from });
    await theatre.calm();
    double.say(channel, alice, 'Old Wenna, I said: are you well?');
    expect((await theatre.line(/./, channel, from)).author).toBe('Old Wenna');
    await theatre.calm();
    const beats = JSON.stringify(await theatre.engine().replay(`discord:${channel.id}`));
    expect(beats).toContain('Old Wenna, are you well?');
  });

  test('what a model says rings for nobody and formats nothing', async () => {
    const { double, channel, alice } = theatre;
    mind.reply(
      herTurn({
        action: 'shouts **loud**',
        speech: `@everyone @here <@${alice.id}> [boo](https://x.example)`,
      }),
    );
    double.say(channel, alice, 'Old Wenna, call them.');
    const line = await theatre.line('boo');
    expect(line.content).toContain('\\[boo\\]');
    expect(line.mentions).toEqual({ users: [], roles: [], everyone: false });
    await theatre.calm();
  });

  test('what models do wrong reaches nobody', async () => {
    const { double, channel, alice } = theatre;
    const hidden: string[] = [];
    for (const turn of adversarialTurns('Old Wenna', 'Tom Reddick', 'room')) {
      hidden.push(...turn.hidden);
      const reply = {
        text: turn.text,
        ...(turn.reasoning === undefined ? {} : { reasoning: turn.reasoning }),
      };
      // Both attempts, then rest.
      mind.reply(reply);
      double.say(channel, alice, `Old Wenna, tell me of ${hidden.length}.`);
      const scene = `discord:${channel.id}`;
      await expect
        .poll(async () => JSON.stringify(await theatre.engine().replay(scene)))
        .toContain(`of ${hidden.length}.`);
      await theatre.calm();
    }
    expect(hidden.length).toBeGreaterThan(20);
    const sent = double.everythingSent();
    for (const canary of hidden) expect(sent).not.toContain(canary);
  });

  test('nothing hidden is ever in what Discord receives, in another’s prompt, or (plans) in any prompt', () => {
    const { double } = theatre;
    const sent = double.everythingSent();
    const { plan, thought } = mind.canaries;
    expect(plan.length).toBeGreaterThan(5);
    expect(sent).not.toMatch(
      /PLAN-CANARY|THOUGHT-CANARY|PRIVATE-CARD|MOTIVE-|EXAMPLE-THOUGHT|GREETING-THOUGHT/,
    );
    expect(sent).not.toContain('KEY-IN-ERROR');
    for (const { promptText } of mind.prompts) expect(promptText).not.toContain('PLAN-CANARY');
    for (const { speaker, canary } of thought) {
      const others = mind.prompts.filter(({ promptText }) => promptText.includes(`${canary} `));
      for (const { promptText } of others) expect(promptText).toContain(`Your character: ${speaker}`);
    }
    expect(double.pings).toEqual([]);
    expect(double.unexpected).toEqual([]);
    expect(mentionsAllowed(double).careless).toEqual([]);
    expect(JSON.stringify(theatre.logged)).not.toMatch(/CANARY|KEY-IN-ERROR|\(line \d|what happened here/);
  });
});

describe('a slow model', () => {
  test('is spoken for after a while, and the words go when the turn stands', async () => {
    const slow = await startModelDouble();
    const model = createOpenAiModel(modelSettingsSchema.parse({ name: 'double-2', baseUrl: slow.url }));
    const stage = await openTheatre({
      engine: { models: { actor: model }, limits: { consideringAfterMs: 1 } },
    });
    const { double, channel, alice } = stage;
    await stage.start({ cast: 'Old Wenna', preset: 'called-only' });
    const considers = double.nextMessage(channel, ({ content }) => content === '*Old Wenna considers…*');
    slow.reply(async () => {
      await considers;
      return herTurn({ speech: 'Now.' });
    });
    const from = double.position();
    double.say(channel, alice, 'Wenna?');
    await stage.line('Now.', channel, from);
    const { id } = await considers;
    await double.waitFor('message-deleted', ({ message }) => message.id === id, { since: from });
    await stage.close();
    await slow.close();
  });

  test('is stopped by a command', async () => {
    const slow = await startModelDouble();
    const model = createOpenAiModel(modelSettingsSchema.parse({ name: 'double-3', baseUrl: slow.url }));
    const stage = await openTheatre({ engine: { models: { actor: model } } });
    const { double, channel, alice } = stage;
    await stage.start({ cast: 'Old Wenna', preset: 'called-only' });
    slow.reply({ fault: 'stall' });
    double.say(channel, alice, 'Wenna?');
    await slow.received(1);
    const stopped = double.slash(channel, alice, 'stop');
    expect((await double.replied(stopped)).content).toContain('Stopped.');
    await stage.calm();
    await stage.close();
    await slow.close();
  });
});
