import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTheatre, type Theatre } from './discord-theatre.ts';

const EXECUTE = /^\/webhooks\/\d+\/[^/]+$/;
const blocked = { status: 400, body: { code: 200000, message: 'Message was blocked by AutoMod.' } };

let theatre: Theatre;
let scene = '';
beforeEach(async () => {
  theatre = await openTheatre();
  await theatre.start({ cast: 'Old Wenna', preset: 'game-master' });
  scene = `discord:${theatre.channel.id}`;
});
afterEach(() => theatre.close());

async function log(): Promise<string> {
  return JSON.stringify(await theatre.engine().replay(scene));
}

async function narrate(text: string): Promise<string> {
  const { double, channel, alice } = theatre;
  const asked = double.slash(channel, alice, 'narrate', { text });
  return (await double.replied(asked)).content;
}

describe('a line that Discord will never take', () => {
  test.each([
    ['AutoMod', blocked],
    ['a link', { status: 400, body: { code: 240000, message: 'Harmful link.' } }],
    ['a rule of its own', { status: 400, body: { code: 50035, message: 'Invalid Form Body' } }],
  ])('for %s is told of in its place, and the scene goes on', async (_name, refusal) => {
    const { double, channel } = theatre;
    const fault = double.inject({ method: 'POST', match: EXECUTE, ...refusal });
    expect(await narrate('FORBIDDEN-WORDS')).toBe('So it happens.');
    expect(fault.hits()).toBe(1);
    const told = double.messages(channel).at(-1);
    expect(told?.content).toMatch(/^-# A line of the Narrator is not shown\. /);
    expect(told?.content).not.toContain('FORBIDDEN-WORDS');
    expect((await theatre.engine().info(scene))?.record.status).toBe('playing');
    await narrate('The tide turns.');
    expect(theatre.lines().at(-1)).toBe('Narrator: *The tide turns.*');
    await theatre.restart();
    await theatre.calm();
    expect(double.messages(channel).filter(({ content }) => content.includes('not shown'))).toHaveLength(1);
    expect(theatre.lines().filter((line) => line.includes('FORBIDDEN'))).toEqual([]);
  });

  test('is gone for everyone when somebody deletes what stands in its place', async () => {
    const { double, channel } = theatre;
    double.inject({ method: 'POST', match: EXECUTE, ...blocked });
    await narrate('FORBIDDEN-WORDS');
    expect(await log()).toContain('FORBIDDEN-WORDS');
    double.remove(double.messages(channel).at(-1)?.id ?? '');
    await expect.poll(log).not.toContain('FORBIDDEN-WORDS');
  });

  test('and has several parts is told of once', async () => {
    const { double, channel } = theatre;
    const text = 'The tide turns, and the ropes complain about it. '.repeat(50).slice(0, 2000);
    const fault = double.inject({ method: 'POST', match: EXECUTE, times: 2, ...blocked });
    await narrate(text);
    expect(fault.hits()).toBe(1);
    fault.remove();
    expect(double.messages(channel).filter(({ content }) => content.includes('not shown'))).toHaveLength(1);
  });
});

describe('a webhook that somebody moved to another channel', () => {
  test('says nothing there, and the line stands where it belongs', async () => {
    const { double, server, channel } = theatre;
    const elsewhere = double.addChannel(server, { name: 'elsewhere' });
    for (const webhook of double.webhooksIn(channel)) double.moveWebhook(webhook, elsewhere);
    await narrate('A lantern is lit.');
    await narrate('It goes out.');
    expect(theatre.lines().slice(-2)).toEqual(['Narrator: *A lantern is lit.*', 'Narrator: *It goes out.*']);
    expect(double.messages(elsewhere)).toEqual([]);
    expect(double.webhooksIn(channel)).toHaveLength(1);
  });

  test('is replaced where a thread needs it, too', async () => {
    const { double, server, alice } = theatre;
    const forum = double.addChannel(server, { type: 'forum', name: 'stories' });
    const elsewhere = double.addChannel(server, { name: 'elsewhere' });
    const { thread } = double.post(forum, alice, 'A dinner', 'Let us have a dinner here.');
    await theatre.start({ cast: 'Ines', preset: 'game-master' }, thread);
    for (const webhook of double.webhooksIn(forum)) double.moveWebhook(webhook, elsewhere);
    await double.replied(double.slash(thread, alice, 'narrate', { text: 'Soup is served.' }));
    expect(theatre.lines(thread).at(-1)).toBe('Narrator: *Soup is served.*');
    expect(double.messages(elsewhere)).toEqual([]);
  });
});
