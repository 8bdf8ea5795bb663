import { afterEach, describe, expect, test } from 'vitest';
import { openTheatre, type Theatre } from './discord-theatre.ts';

const EXECUTE = /^\/webhooks\/\d+\/[^/]+$/;

let theatre: Theatre;
afterEach(() => theatre.close());

/** What a scene's log holds, as everyone perceives it. */
async function log(): Promise<string[]> {
  const beats = await theatre.engine().replay(`discord:${theatre.channel.id}`);
  return beats.map(
    ({ speaker, segments }) => `${speaker?.name}: ${segments.map(({ text }) => text).join(' ')}`,
  );
}

describe('a bot that was stopped and started anew', () => {
  test('hears what was written meanwhile, in order and once, and goes on with the same scene', async () => {
    theatre = await openTheatre();
    const { double, channel, alice, bob } = theatre;
    await theatre.start({ cast: 'Old Wenna, Tom Reddick', preset: 'called-only' });
    double.say(channel, alice, 'First of all.');
    double.say(channel, alice, 'Wenna, one.');
    await theatre.line(/./);
    await theatre.calm();
    const lines = theatre.lines();
    await theatre.restart(() => {
      double.say(channel, alice, 'Two.');
      double.say(channel, bob, 'BYSTANDER-TEXT');
      double.say(channel, alice, 'Three, Tom?');
    });
    await theatre.calm();
    const heard = (await log()).filter((line) => line.startsWith('Alice'));
    expect(heard).toEqual([
      'Alice: First of all.',
      'Alice: Wenna, one.',
      'Alice: Two.',
      'Alice: Three, Tom?',
    ]);
    expect(theatre.lines().slice(0, lines.length)).toEqual(lines);
    expect(theatre.lines().at(-1)).toMatch(/^Tom Reddick: /);
    expect(JSON.stringify(await log())).not.toContain('BYSTANDER-TEXT');
    // Nothing new: a second start posts and hears nothing.
    const before = theatre.lines();
    await theatre.restart();
    await theatre.calm();
    expect(theatre.lines()).toEqual(before);
    expect((await log()).filter((line) => line.startsWith('Alice'))).toEqual(heard);
    expect(double.messages(channel).filter(({ text }) => text.includes('Join'))).toHaveLength(1);
  });

  test('knows what was edited and deleted meanwhile', async () => {
    theatre = await openTheatre();
    const { double, channel, alice } = theatre;
    await theatre.start({ cast: 'Old Wenna', preset: 'game-master' });
    const kept = double.say(channel, alice, 'I keep my word.');
    const edited = double.say(channel, alice, 'I came by cart.');
    const deleted = double.say(channel, alice, 'SECRET-OF-ALICE');
    double.say(channel, alice, 'A last word.');
    await expect.poll(log).toContain('Alice: A last word.');
    await theatre.restart(() => {
      double.edit(edited, alice, 'I came by boat.');
      double.remove(deleted);
    });
    const heard = (await log()).filter((line) => line.startsWith('Alice'));
    expect(heard).toEqual(['Alice: I keep my word.', 'Alice: I came by boat.', 'Alice: A last word.']);
    expect(double.message(kept).deleted).toBe(false);
    // The words are gone from storage too.
    let stored = '';
    for await (const beat of theatre.store.read(`discord:${channel.id}#1`)) stored += JSON.stringify(beat);
    expect(stored).not.toContain('SECRET-OF-ALICE');
    expect(stored).toContain('I came by boat.');
  });

  test('knows which lines of characters a moderator took away meanwhile', async () => {
    theatre = await openTheatre();
    const { double, channel, alice } = theatre;
    await theatre.start({ cast: 'Old Wenna', preset: 'game-master' });
    for (const text of ['The fog comes in.', 'FORGOTTEN-WORDS.', 'The fog lifts.', 'LAST-WORDS.'])
      await double.replied(double.slash(channel, alice, 'narrate', { text }));
    const toDelete = double.messages(channel).filter(({ content }) => content.includes('-WORDS'));
    expect(toDelete).toHaveLength(2);
    await theatre.restart(() => {
      for (const message of toDelete) double.remove(message);
    });
    const told = await log();
    expect(told.filter((line) => line.startsWith('Environment'))).toEqual([
      'Environment: The fog comes in.',
      'Environment: The fog lifts.',
    ]);
    const beats = (await theatre.engine().info(`discord:${channel.id}`))?.beats;
    await theatre.restart();
    expect((await theatre.engine().info(`discord:${channel.id}`))?.beats).toBe(beats);
  });

  test('knows of an edit also where it ended before it had noted that it heard the line', async () => {
    theatre = await openTheatre();
    const { double, channel, alice, store } = theatre;
    await theatre.start({ cast: 'Old Wenna', preset: 'game-master' });
    const before = await store.get('stage', `seen/${channel.id}`);
    const line = double.say(channel, alice, 'I came by cart.');
    await expect.poll(log).toContain('Alice: I came by cart.');
    await theatre.calm();
    await theatre.restart(async () => {
      await store.put('stage', `seen/${channel.id}`, before);
      double.edit(line, alice, 'I came by boat.');
    });
    const heard = (await log()).filter((text) => text.startsWith('Alice'));
    expect(heard).toEqual(['Alice: I came by boat.']);
  });

  test('knows of a deletion also where it ended before it had noted that it heard the line', async () => {
    theatre = await openTheatre();
    const { double, channel, alice, store } = theatre;
    await theatre.start({ cast: 'Old Wenna', preset: 'game-master' });
    const before = await store.get('stage', `seen/${channel.id}`);
    const gone = double.say(channel, alice, 'I came by cart.');
    double.say(channel, alice, 'It was raining.');
    await expect.poll(log).toContain('Alice: It was raining.');
    await theatre.calm();
    await theatre.restart(async () => {
      await store.put('stage', `seen/${channel.id}`, before);
      double.remove(gone);
    });
    const heard = (await log()).filter((text) => text.startsWith('Alice'));
    expect(heard).toEqual(['Alice: It was raining.']);
  });

  test('posts a line that was recorded and never posted, once', async () => {
    theatre = await openTheatre();
    const { double, channel, alice } = theatre;
    await theatre.start({ cast: 'Old Wenna', preset: 'game-master' });
    const fault = double.inject({ method: 'POST', match: EXECUTE, destroy: true, times: 100 });
    double.slash(channel, alice, 'narrate', { text: 'A lantern goes out.' });
    await double.waitFor('request-received', ({ request }) => EXECUTE.test(request.path));
    await theatre.restart(() => fault.remove());
    expect(theatre.lines().filter((line) => line.includes('A lantern goes out.'))).toHaveLength(1);
  });

  test('finds a line that was posted before anyone knew, and does not post it again', async () => {
    theatre = await openTheatre({ pace: { echoMs: 60_000 } });
    const { double, channel } = theatre;
    await theatre.start({ cast: 'Old Wenna', preset: 'game-master' });
    await theatre.calm();
    // It stands in the channel, and neither the answer nor the gateway gets through before the end.
    double.gateway.hold();
    double.inject({ method: 'POST', match: EXECUTE, destroy: true, afterEffect: true });
    const ended = theatre
      .engine()
      .narrate(`discord:${channel.id}`, 'A bell rings.')
      .catch((error: Error) => error.name);
    const posted = await theatre.line('A bell rings.');
    expect(await theatre.store.get('message', posted.id)).toBeUndefined();
    await theatre.restart(() => double.gateway.release());
    expect(await ended).toBe('AbortError');
    expect(theatre.lines().filter((line) => line.includes('A bell rings.'))).toHaveLength(1);
    expect(await theatre.store.get('message', posted.id)).toMatchObject({ scene: `discord:${channel.id}` });
  });

  test('posts only the rest of a line of which a part stands', async () => {
    theatre = await openTheatre();
    const { double, channel, alice } = theatre;
    await theatre.start({ cast: 'Old Wenna', preset: 'game-master' });
    const text = 'The tide turns, and the ropes complain about it. '.repeat(50).slice(0, 2000);
    await double.replied(double.slash(channel, alice, 'narrate', { text: 'Before.' }));
    // The first part gets through, the second does not.
    const first = double.nextMessage(channel, ({ content }) => content.startsWith('*The tide'));
    double.slash(channel, alice, 'narrate', { text });
    const part = await first;
    const fault = double.inject({ method: 'POST', match: EXECUTE, destroy: true, times: 100 });
    await theatre.restart(() => fault.remove());
    await theatre.calm();
    const parts = double
      .messages(channel)
      .filter(({ content }) => content.includes('ropes complain') || content.includes('tide turns'));
    expect(parts).toHaveLength(2);
    expect(parts[0]?.id).toBe(part.id);
    expect(new Set(parts.map(({ content }) => content)).size).toBe(2);
  });
});
