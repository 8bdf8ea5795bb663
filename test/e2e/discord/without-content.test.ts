import { GatewayCloseCodes, GatewayIntentBits } from 'discord-api-types/v10';
import { afterEach, describe, expect, test } from 'vitest';
import { BUTTONS } from '../../../src/stage/discord/card/buttons.ts';
import { ANSWER_COMMAND } from '../../../src/stage/discord/interactions/command-json.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';

let theatre: Theatre;
afterEach(() => theatre.close());

async function log(): Promise<string> {
  return JSON.stringify(await theatre.engine().replay(`discord:${theatre.channel.id}`));
}

describe('without the Message Content intent', () => {
  test('logs in all the same, says so, and the card tells how to be heard', async () => {
    theatre = await openTheatre({ double: { allowedPrivileged: 0 } });
    expect(theatre.stage().reads()).toBe(false);
    expect(theatre.logged.find(({ event }) => event === 'message-content-refused')?.facts['do']).toContain(
      'Developer Portal',
    );
    await theatre.start({ cast: 'Old Wenna' });
    expect(theatre.card().text).toContain('mention @dramatis');
  });

  test('hears who mentions the bot, joined or not, and nobody else', async () => {
    theatre = await openTheatre({ double: { allowedPrivileged: 0 } });
    const { double, channel, alice, bob } = theatre;
    await theatre.start({ cast: 'Old Wenna, Tom Reddick' });
    double.say(channel, alice, 'UNHEARD-TEXT Wenna?');
    const from = double.position();
    double.say(channel, bob, 'Tom Reddick, is there a boat?', { mentions: [double.botUserId] });
    const line = await theatre.line(/./, channel, from);
    expect(line.author).toBe('Tom Reddick');
    await theatre.calm();
    const heard = await theatre.engine().replay(`discord:${channel.id}`);
    expect(heard.find(({ speaker }) => speaker?.name === 'Bob')?.segments).toEqual([
      { kind: 'speech', text: 'Tom Reddick, is there a boat?' },
    ]);
    expect(await log()).not.toContain('UNHEARD-TEXT');
    const said = double.messages(channel).filter(({ content }) => content.includes('Bob has joined'));
    expect(said).toHaveLength(1);
  });

  test('tells who joins, and who answers a line in vain, how to be heard', async () => {
    theatre = await openTheatre({ double: { allowedPrivileged: 0 } });
    const { double, channel, alice, bob } = theatre;
    await theatre.start({ cast: 'Old Wenna' });
    const joined = double.click(theatre.card(), BUTTONS.join, bob);
    expect((await double.replied(joined)).content).toContain('only read what mentions me (@dramatis)');
    await double.nextMessage(channel, ({ content }) => /Bob has joined.+mentions me/.test(content), {
      since: 0,
    });
    const greeting = await theatre.line('at your service');
    const from = double.position();
    double.say(channel, bob, 'UNHEARD-ANSWER', { replyTo: greeting });
    const told = await double.nextMessage(
      channel,
      ({ content }) => content.includes('Answer this character'),
      {
        since: from,
      },
    );
    expect(told.content).toContain(`<@${bob.id}>`);
    // Once is enough; and who answers another person wants nothing of the bot.
    const mine = double.say(channel, alice, 'Lunch?');
    double.say(channel, bob, 'Yes.', { replyTo: mine });
    double.say(channel, bob, 'And again.', { replyTo: greeting });
    double.say(channel, bob, 'Wenna?', { mentions: [double.botUserId] });
    await theatre.line(/./, channel, from);
    await theatre.calm();
    const times = double.messages(channel).filter(({ content }) => content.includes('Answer this character'));
    expect(times).toHaveLength(1);
    expect(double.pings).toEqual([]);
  });

  test('a line of a character is answered from its menu', async () => {
    theatre = await openTheatre({ double: { allowedPrivileged: 0 } });
    const { double, channel, bob } = theatre;
    await theatre.start({ cast: 'Old Wenna, Tom Reddick' });
    const greeting = await theatre.line('at your service');
    const asked = double.messageCommand(channel, bob, ANSWER_COMMAND, greeting);
    const { modal } = await double.replied(asked);
    expect(modal?.title).toBe('Answer Old Wenna');
    const from = double.position();
    const sent = double.submitModal(asked, { text: 'At mine? *laughs*' });
    expect((await double.replied(sent)).content).toBe('Said.');
    const mine = await theatre.line('At mine?', channel, from);
    expect(mine).toMatchObject({ author: 'Bob' });
    const answer = await double.nextMessage(channel, ({ webhookId }) => webhookId !== null, {
      after: mine.id,
    });
    expect(answer.author).toBe('Old Wenna');
    await theatre.calm();
  });

  test('what is no line of the scene is not answered', async () => {
    theatre = await openTheatre({ double: { allowedPrivileged: 0 } });
    const { double, channel, alice, bob } = theatre;
    await theatre.start({ cast: 'Old Wenna' });
    const other = double.say(channel, alice, 'Lunch?');
    const asked = double.messageCommand(channel, bob, ANSWER_COMMAND, other);
    const { content, ephemeral } = await double.replied(asked);
    expect(content).toContain('not a line of this scene');
    expect(ephemeral).toBe(true);
  });

  test('finds its own lines after a crash although Discord withholds what they say', async () => {
    theatre = await openTheatre({ double: { allowedPrivileged: 0 }, pace: { echoMs: 60_000 } });
    const { double, channel } = theatre;
    await theatre.start({ cast: 'Old Wenna', preset: 'game-master' });
    await theatre.calm();
    const scene = `discord:${channel.id}`;
    double.gateway.hold();
    double.inject({ method: 'POST', match: /^\/webhooks\/\d+\/[^/]+$/, destroy: true, afterEffect: true });
    const ended = theatre
      .engine()
      .narrate(scene, 'A bell rings.')
      .catch((error: Error) => error.name);
    await theatre.line('A bell rings.');
    await theatre.restart(() => double.gateway.release());
    expect(await ended).toBe('AbortError');
    expect(theatre.lines().filter((line) => line.includes('A bell rings.'))).toHaveLength(1);
  });
});

describe('where the intent is taken away while it runs', () => {
  test('goes on without it, hears who mentions the bot, and says so on the card', async () => {
    theatre = await openTheatre();
    const { double, channel, alice } = theatre;
    await theatre.start({ cast: 'Old Wenna' });
    expect(theatre.stage().reads()).toBe(true);
    double.setAllowedPrivileged(0);
    const from = double.position();
    double.gateway.forgetSessions();
    double.gateway.close(GatewayCloseCodes.SessionTimedOut);
    await theatre.cardSays('mention @dramatis');
    expect(theatre.stage().reads()).toBe(false);
    double.say(channel, alice, 'Wenna, are you there?', { mentions: [double.botUserId] });
    expect((await theatre.line(/./, channel, from)).author).toBe('Old Wenna');
    await theatre.calm();
    expect(GatewayIntentBits.MessageContent).toBe(32768);
  });

  test('and Discord is down at that moment, it is tried again until it works', async () => {
    theatre = await openTheatre();
    const { double, channel, alice } = theatre;
    await theatre.start({ cast: 'Old Wenna' });
    double.setAllowedPrivileged(0);
    const from = double.position();
    const down = double.inject({ method: 'GET', match: /^\/gateway\/bot$/, status: 503, times: 4 });
    double.gateway.forgetSessions();
    double.gateway.close(GatewayCloseCodes.SessionTimedOut);
    await theatre.cardSays('mention @dramatis');
    expect(down.hits()).toBeGreaterThan(1);
    double.say(channel, alice, 'Wenna, are you there?', { mentions: [double.botUserId] });
    expect((await theatre.line(/./, channel, from)).author).toBe('Old Wenna');
    await theatre.calm();
  });
});
