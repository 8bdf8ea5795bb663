import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scriptedModel } from '../../support/scripted-model.ts';
import { rowBearers } from './buttons-under.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';
import { mentionsAllowed } from './mentions-allowed.ts';

let theatre: Theatre;
let scene = '';
let turns = 0;
beforeAll(async () => {
  const model = scriptedModel({ turn: (name) => `Turn ${++turns} of ${name}.` });
  theatre = await openTheatre({
    pace: { eraseMs: 1 },
    engine: { models: { actor: model, director: model }, limits: { gatherMs: 0 } },
  });
  await theatre.start({ cast: 'Old Wenna, Tom Reddick', preset: 'called-only' });
  scene = `discord:${theatre.channel.id}`;
  await theatre.calm();
});
afterAll(() => theatre.close());

/** A turn of this character; its words and its beat. */
async function turnOf(who: string): Promise<{ text: string; n: number }> {
  await theatre.engine().next(scene, who);
  await theatre.calm();
  return { text: `Turn ${turns} of `, n: (await theatre.engine().past.swipes(scene))?.n ?? 0 };
}

function marker() {
  return theatre.double.messages(theatre.channel).findLast(({ content }) => content.includes('↩'));
}

function standing(): string[] {
  return theatre.double.messages(theatre.channel).map(({ content }) => content);
}

async function log(): Promise<string> {
  return JSON.stringify(await Array.fromAsync(theatre.store.read((await record()).log)));
}

async function record() {
  const info = await theatre.engine().info(scene);
  if (!info) throw new Error('There is no scene.');
  return info.record;
}

describe('a rewind', () => {
  test('leaves a small marker that names the line it goes back to, with the way there', async () => {
    const { double, channel, server } = theatre;
    const first = await turnOf('wenna');
    const bearer = rowBearers(theatre).at(-1);
    const second = await turnOf('tom');
    await theatre.engine().past.rewind(scene, first.n);
    const link = `https://discord.com/channels/${server.id}/${channel.id}/${bearer?.id}`;
    expect(marker()?.content).toBe(`-# ↩ The scene goes back to [what Old Wenna said](${link}).`);
    expect(marker()?.webhookId).toBeNull();
    // Nothing is taken away unasked.
    expect(standing().filter((text) => text.startsWith(second.text))).toHaveLength(1);
    await expect.poll(() => rowBearers(theatre).map(({ id }) => id)).toEqual([bearer?.id]);
    expect(double.pings).toEqual([]);
  });

  test('to a line that has versions counts them again', async () => {
    const { n } = await turnOf('tom');
    await theatre.engine().past.swipe(scene, 'next', { id: theatre.alice.id, moderator: true });
    const swiped = `Turn ${turns} of Tom Reddick.`;
    await turnOf('wenna');
    await theatre.engine().past.rewind(scene, n);
    await expect.poll(() => rowBearers(theatre).map(({ content }) => content)).toEqual([swiped]);
    expect(JSON.stringify(rowBearers(theatre)[0]?.components)).toContain('◀ 2/2');
  });

  test('takes what it leaves behind away when asked, newest first, and that is no deletion', async () => {
    const { double, channel, alice } = theatre;
    const { n } = await turnOf('wenna');
    const kept = standing();
    double.say(channel, alice, 'Tom, ABANDONED-BY-ALICE.');
    await theatre.line(/./, channel, double.position());
    await theatre.calm();
    await turnOf('wenna');
    const behind = double.messages(channel).slice(kept.length);
    const ours = behind.filter(({ webhookId }) => webhookId !== null).map(({ id }) => id);
    expect(ours).toHaveLength(2);
    const from = double.requests.length;
    await theatre.engine().past.rewind(scene, n, true);
    await expect.poll(() => theatre.logged.map(({ event }) => event)).toContain('rewind-erased');
    const gone = double.requests
      .slice(from)
      .filter(({ method, status }) => method === 'DELETE' && status === 204)
      .map(({ path }) => path.split('/').at(-1));
    expect(gone).toEqual([...ours].reverse());
    // The bot may not touch what people wrote; whoever may is asked to by nobody.
    expect(standing().at(kept.length)).toBe('Tom, ABANDONED-BY-ALICE.');
    // The abandoned branch stays whole: what we took away was taken back by nobody.
    expect(await log()).not.toContain('"retract"');
    expect(await log()).toContain('ABANDONED-BY-ALICE');
  });

  test('takes away what players wrote, too, where the bot may, also for the time after an outage', async () => {
    const { double, channel, server, alice } = theatre;
    double.setBotPermissions(server, [
      'ViewChannel',
      'SendMessages',
      'ManageWebhooks',
      'EmbedLinks',
      'AttachFiles',
      'ReadMessageHistory',
      'ManageMessages',
    ]);
    const { n } = await turnOf('tom');
    const said = double.say(channel, alice, 'Wenna, TAKEN-FROM-ALICE.');
    await theatre.line(/./, channel, double.position());
    await theatre.calm();
    await theatre.engine().past.rewind(scene, n, true);
    await expect.poll(() => standing(), { timeout: 10_000 }).not.toContain(said.content);
    await expect.poll(() => theatre.logged.filter(({ event }) => event === 'rewind-erased')).toHaveLength(2);
    await theatre.restart();
    expect(await log()).not.toContain('"retract"');
    expect(await log()).toContain('TAKEN-FROM-ALICE');
  });

  test('stops taking away when the bot closes, and goes on when it is back', async () => {
    const { double, channel } = theatre;
    const { n } = await turnOf('wenna');
    for (const who of ['tom', 'wenna', 'tom']) await turnOf(who);
    const before = double.messages(channel).length;
    const slow = double.inject({ method: 'DELETE', match: /^\/webhooks\//, delayMs: 300, times: 3 });
    await theatre.engine().past.rewind(scene, n, true);
    await expect.poll(() => slow.hits()).toBe(1);
    // The marker came, and no more than what was under way went.
    await theatre.restart(() => {
      expect(double.messages(channel).length).toBeGreaterThanOrEqual(before);
      slow.remove();
    });
    await expect.poll(() => double.messages(channel).length).toBe(before - 3 + 1);
    expect(standing().at(-1)).toContain('↩');
  });

  test('whose marker the process did not live to see moves the buttons at the next start', async () => {
    const { double, channel } = theatre;
    const { n } = await turnOf('wenna');
    const bearer = rowBearers(theatre).at(-1);
    await turnOf('tom');
    const marking = new RegExp(`^/channels/${channel.id}/messages$`);
    const lost = double.inject({ method: 'POST', match: marking, delayMs: 60_000 });
    const rewound = theatre
      .engine()
      .past.rewind(scene, n)
      .catch(() => undefined);
    await expect.poll(() => lost.hits()).toBe(1);
    await theatre.restart(() => lost.remove());
    await rewound;
    await expect.poll(() => rowBearers(theatre).map(({ id }) => id)).toEqual([bearer?.id]);
  });

  test('to the very beginning says so', async () => {
    await theatre.engine().past.restart(scene);
    expect(marker()?.content).toMatch(/The scene goes back to/);
    expect(theatre.double.unexpected).toEqual([]);
    expect(theatre.double.pings).toEqual([]);
    expect(mentionsAllowed(theatre.double).careless).toEqual([]);
  });
});
