import { afterEach, describe, expect, test } from 'vitest';
import { modelSettingsSchema } from '../../../src/model/model-settings.ts';
import { createOpenAiModel } from '../../../src/model/openai-model.ts';
import { herTurn } from '../../doubles/model/her-replies.ts';
import { type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import { openTheatre, type Theatre, type TheatreOptions } from './discord-theatre.ts';

const EXECUTE = /^\/webhooks\/\d+\/[^/]+$/;
const TYPING = /\/typing$/;

let theatre: Theatre;
let mind: ModelDouble | undefined;
afterEach(async () => {
  await theatre.close();
  await mind?.close();
  mind = undefined;
});

async function openWithMind(options: TheatreOptions = {}): Promise<ModelDouble> {
  mind = await startModelDouble();
  const settings = modelSettingsSchema.parse({ name: 'double-1', baseUrl: mind.url, attempts: 1 });
  theatre = await openTheatre({ ...options, engine: { models: { actor: createOpenAiModel(settings) } } });
  await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
  return mind;
}

describe('typing', () => {
  test('is over before the line stands, also where Discord is slow to take the sign', async () => {
    const model = await openWithMind();
    const { double, channel, alice } = theatre;
    const slow = double.inject({ method: 'POST', match: TYPING, delayMs: 150 });
    model.reply(async () => {
      await expect.poll(slow.hits).toBe(1);
      return herTurn({ speech: 'At once.' });
    });
    const order: string[] = [];
    const from = double.position();
    const typed = double
      .waitFor('typing-started', ({ userId }) => userId === double.botUserId, { since: from })
      .then(() => order.push('typing'));
    const said = theatre.line('At once.', channel, from).then(() => order.push('line'));
    double.say(channel, alice, 'Wenna?');
    await Promise.all([typed, said]);
    expect(order).toEqual(['typing', 'line']);
    await theatre.calm();
  });

  test('keeps no line waiting where Discord does not take the sign at all', async () => {
    const model = await openWithMind({ pace: { timeoutMs: 20_000 } });
    const { double, channel, alice } = theatre;
    const stuck = double.inject({ method: 'POST', match: TYPING, delayMs: 15_000 });
    model.reply(async () => {
      await expect.poll(stuck.hits).toBe(1);
      return herTurn({ speech: 'All the same.' });
    });
    double.say(channel, alice, 'Wenna?');
    await theatre.line('All the same.');
    await theatre.calm();
  });

  test('goes on after a sign that Discord was too busy for', async () => {
    const model = await openWithMind({ pace: { typingEveryMs: 5 } });
    const { double, channel, alice } = theatre;
    const busy = double.inject({ method: 'POST', match: TYPING, status: 503 });
    const from = double.position();
    const typing = double.waitFor('typing-started', ({ userId }) => userId === double.botUserId, {
      since: from,
    });
    model.reply(async () => {
      await typing;
      return herTurn({ speech: 'Here I am.' });
    });
    double.say(channel, alice, 'Wenna?');
    await theatre.line('Here I am.');
    expect(busy.hits()).toBe(1);
    await theatre.calm();
  });
});

describe('in bad weather', () => {
  test('a storm of refusals delays the lines, each of which stands once and in order', async () => {
    theatre = await openTheatre({ double: { rateLimits: { clockScale: 0.01 } } });
    const { double, channel } = theatre;
    await theatre.start({ cast: 'Old Wenna', preset: 'game-master' });
    const scene = `discord:${channel.id}`;
    const storm = { status: 429, headers: { 'retry-after': '0.01' }, body: { retry_after: 0.01 } };
    const told: string[] = [];
    const telling: Promise<void>[] = [];
    for (let wave = 1; wave <= 12; wave += 1) {
      if (wave % 3 === 0) double.inject({ method: 'POST', match: EXECUTE, times: 4, ...storm });
      told.push(`Narrator: *Wave ${wave}.*`);
      telling.push(theatre.engine().narrate(scene, `Wave ${wave}.`));
    }
    await Promise.all(telling);
    expect(theatre.lines().filter((line) => line.startsWith('Narrator'))).toEqual(told);
    expect(theatre.stage().health().refusals.get(429)).toBeGreaterThanOrEqual(12);
  });

  test('where every answer takes its time, commands are answered and lines stand once', async () => {
    theatre = await openTheatre({ pace: { timeoutMs: 20_000 } });
    const { double, channel, alice } = theatre;
    const slow = double.inject({ match: /./, delayMs: 250, times: 1000 });
    const answer = await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
    expect(answer).toContain('On stage: Old Wenna.');
    const from = double.position();
    double.say(channel, alice, 'Wenna, in this weather?');
    await theatre.line(/./, channel, from);
    await theatre.calm();
    slow.remove();
    expect(theatre.lines().filter((line) => line.startsWith('Old Wenna'))).toHaveLength(2);
  });
});
