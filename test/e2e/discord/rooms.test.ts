import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scriptedModel } from '../../support/scripted-model.ts';
import { linesWithButtons, rowBearers } from './buttons-under.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';
import { mentionsAllowed } from './mentions-allowed.ts';

const EXECUTE = /^\/webhooks\/\d+\/[^/]+$/;

let theatre: Theatre;
let scene = '';
let cellar = '';
let turns = 0;
let holds: Promise<void> | undefined;

beforeAll(async () => {
  const scripted = scriptedModel({ turn: (name) => `Turn ${++turns} of ${name}.` });
  const model = {
    ...scripted,
    async *stream(...asked: Parameters<typeof scripted.stream>) {
      await holds;
      yield* scripted.stream(...asked);
    },
  };
  theatre = await openTheatre({
    pace: { typingEveryMs: 5 },
    engine: {
      models: { actor: model, director: model },
      limits: { gatherMs: 0, consideringAfterMs: 60_000 },
    },
  });
  const { double, channel, alice } = theatre;
  await theatre.start({ cast: 'Old Wenna, Tom Reddick', preset: 'called-only' });
  scene = `discord:${channel.id}`;
  await theatre.calm();
  cellar = double.addThread(channel, { name: 'Cellar', owner: alice }).id;
  await theatre.engine().ledger.openRoom(scene, { id: room(), name: 'Cellar' });
  await theatre.engine().ledger.move(scene, 'tom', room());
});
afterAll(() => theatre.close());

function room(): string {
  return `discord:${cellar}`;
}

async function turnIn(place: string, who: string): Promise<string> {
  await theatre.engine().next(place, who);
  await theatre.calm();
  return `Turn ${turns} of ${who === 'tom' ? 'Tom Reddick' : 'Old Wenna'}.`;
}

describe('a room of a scene', () => {
  test('shows what happens there in its thread, through its channel’s one webhook', async () => {
    const { double, channel } = theatre;
    const before = theatre.lines().length;
    const line = await turnIn(room(), 'tom');
    expect(theatre.lines(cellar)).toContain(`Tom Reddick: ${line}`);
    await theatre.engine().narrate(room(), 'Water drips.');
    expect(theatre.lines(cellar).at(-1)).toBe('Narrator: *Water drips.*');
    expect(theatre.lines()).toHaveLength(before);
    expect(double.webhooksIn(channel)).toHaveLength(1);
    const said = double.messages(cellar).find(({ content }) => content === line);
    expect(said?.avatarUrl).toContain('tom');
  });

  test('has buttons of its own, beside those of the main place', async () => {
    const below = await turnIn(room(), 'tom');
    const above = await turnIn(scene, 'wenna');
    await expect.poll(() => rowBearers(theatre, cellar).map(({ content }) => content)).toEqual([below]);
    await expect.poll(() => rowBearers(theatre).map(({ content }) => content)).toEqual([above]);
    await theatre.engine().past.swipe(room(), 'next', { id: theatre.alice.id, moderator: true });
    await expect
      .poll(() => linesWithButtons(theatre, cellar))
      .toContain(`Turn ${turns} of Tom Reddick. | ◀ 2/2 ↻ Next Stop ⋯`);
    expect(rowBearers(theatre).map(({ content }) => content)).toEqual([above]);
  });

  test('is where its people type', async () => {
    const { double } = theatre;
    const from = double.position();
    const typed = double.waitFor('typing-started', ({ userId }) => userId === double.botUserId, {
      since: from,
    });
    const gate = Promise.withResolvers<void>();
    holds = gate.promise;
    const turn = turnIn(room(), 'tom');
    expect((await typed).channelId).toBe(cellar);
    gate.resolve();
    holds = undefined;
    await turn;
    const after = double.requests.length;
    await theatre.engine().narrate(scene, 'Gulls.');
    expect(double.requests.slice(after).filter(({ path }) => path.endsWith('/typing'))).toEqual([]);
  });

  test('reads what is said there outside the story, small', async () => {
    const { double, bob } = theatre;
    await theatre
      .engine()
      .direction.outOfCharacter(room(), { id: bob.id, name: 'Bob' }, 'One moment,\nthe door.');
    const notice = double.messages(cellar).at(-1);
    expect(notice?.webhookId).toBeNull();
    expect(notice?.content).toMatch(/^-# .*One moment,\n-# the door\.$/);
    expect(notice?.mentions.users).toEqual([]);
  });

  test('stands on the card with who is in it, and what the hour is', async () => {
    await theatre.cardSays(`**In** <#${cellar}> Tom Reddick`);
    await theatre.cardSays('**Tom Reddick** · in Cellar');
    await theatre.engine().direction.setClock(scene, 21 * 60 + 5);
    await theatre.cardSays('**The story’s clock** day 1, 21:05');
    await theatre.engine().ledger.setCondition(scene, 'character:wenna', 'asleep');
    await theatre.cardSays('**Old Wenna** · asleep');
    await theatre.engine().ledger.setCondition(scene, 'character:wenna', 'awake');
  });

  test('says on the card who is next, and why', async () => {
    const gate = Promise.withResolvers<void>();
    holds = gate.promise;
    const turn = turnIn(scene, 'wenna');
    await theatre.cardSays('**Next** Old Wenna, called by hand');
    gate.resolve();
    holds = undefined;
    await turn;
    await expect.poll(() => theatre.card().text).not.toContain('**Next**');
  });

  test('is looked through after a line’s fate was unclear, and after a restart', async () => {
    const { double } = theatre;
    const fault = double.inject({ method: 'POST', match: EXECUTE, status: 502, afterEffect: true });
    double.gateway.hold();
    const line = await turnIn(room(), 'tom');
    double.gateway.release();
    expect(fault.hits()).toBe(1);
    expect(theatre.lines(cellar).filter((one) => one.endsWith(line))).toHaveLength(1);
    const above = theatre.lines();
    const below = theatre.lines(cellar);
    await theatre.restart();
    expect(theatre.lines()).toEqual(above);
    expect(theatre.lines(cellar)).toEqual(below);
    // Nothing of a room was missed in the main place, or the other way round.
    const standing = (await theatre.engine().replay(scene)).filter(({ place }) => place === room());
    expect(JSON.stringify(standing)).toContain(line);
  });

  test('is looked through by the next process where one ended before a line’s fate was known', async () => {
    const { double } = theatre;
    const lost = double.inject({ method: 'POST', match: EXECUTE, destroy: true, afterEffect: true });
    const unread = double.inject({
      method: 'GET',
      match: /^\/channels\/\d+\/messages$/,
      status: 500,
      times: 99,
    });
    double.gateway.hold();
    await theatre.engine().next(room(), 'tom');
    await expect.poll(lost.hits).toBe(1);
    await expect.poll(unread.hits).toBeGreaterThan(0);
    await theatre.restart(() => {
      unread.remove();
      double.gateway.release();
    });
    await theatre.calm();
    const line = `Turn ${turns} of Tom Reddick.`;
    await expect.poll(() => rowBearers(theatre, cellar).map(({ content }) => content)).toEqual([line]);
    expect(theatre.lines(cellar).filter((one) => one.endsWith(line))).toHaveLength(1);
  });

  test('that is deleted holds up nothing that happens elsewhere', async () => {
    const { double, logged } = theatre;
    double.removeChannel(cellar);
    await theatre.engine().narrate(room(), 'Nobody will ever read this.');
    expect(logged.map(({ event }) => event)).toContain('room-gone');
    await theatre.engine().narrate(scene, 'The lamp goes on burning.');
    await theatre.line('The lamp goes on burning.');
    expect((await theatre.engine().info(scene))?.record.status).toBe('playing');
    expect(theatre.double.unexpected).toEqual([]);
    expect(mentionsAllowed(theatre.double).careless).toEqual([]);
  });
});
