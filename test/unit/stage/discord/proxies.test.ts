import type { Message } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { createProxies, isProxied } from '../../../../src/stage/discord/gateway/proxies.ts';
import { createHandClock } from '../../../support/hand-clock.ts';

const TUPPERBOX = '431544605209788416';
const WAIT_MS = 2000;

type Facts = Partial<{
  id: string;
  author: string;
  content: string;
  replyTo: string;
  webhookId: string;
  applicationId: string;
  interactionMetadata: object;
}>;

/** What of a message is looked at. */
function message({ author = 'bob', content = '', replyTo, ...facts }: Facts): Message {
  const parts = {
    id: '1',
    channelId: 'c',
    guildId: 's',
    webhookId: null,
    applicationId: null,
    interactionMetadata: null,
    content,
    author: { id: author, bot: false },
    reference: replyTo === undefined ? null : { messageId: replyTo },
    ...facts,
  };
  return parts as unknown as Message;
}

const persona = (id: string, content: string) =>
  message({ id, content, author: 'w', webhookId: 'w', applicationId: TUPPERBOX });

function open({ allowed = true } = {}) {
  const clock = createHandClock();
  const { signal } = new AbortController();
  const servers = { proxies: async () => allowed };
  return { clock, proxies: createProxies({ servers, clock, waitMs: WAIT_MS, signal }) };
}

describe('isProxied', () => {
  test.each([
    ['a webhook of a proxy', { webhookId: 'w', applicationId: TUPPERBOX }, true],
    ['what a proxy answers to its own command', { webhookId: TUPPERBOX, applicationId: TUPPERBOX }, false],
    ['the like by another way', { webhookId: 'w', applicationId: TUPPERBOX, interactionMetadata: {} }, false],
    ['a webhook of another bot', { webhookId: 'w', applicationId: '1' }, false],
    ['a webhook of a person', { webhookId: 'w' }, false],
    ['a person', {}, false],
  ])('%s', (_what, facts, expected) => {
    expect(isProxied(message(facts))).toBe(expected);
  });
});

describe('proxies', () => {
  test('let a message be heard when it was not taken away in time', async () => {
    const { clock, proxies } = open();
    const said = message({ content: 'hello' });
    proxies.came(said);
    const stays = proxies.stays(said);
    await clock.asleep();
    await clock.pass(WAIT_MS);
    expect(await stays).toBe(true);
  });

  test.each([
    ['back', -86_400_000],
    ['on', 86_400_000],
  ])('hold a message up for no longer where the time is set a day %s', async (_where, ms) => {
    const { clock, proxies } = open();
    const said = message({ content: 'hello' });
    proxies.came(said);
    const stays = proxies.stays(said);
    await clock.asleep();
    clock.set(ms);
    await clock.pass(WAIT_MS);
    expect(await stays).toBe(true);
  });

  test('hold nothing up where they are not allowed', async () => {
    const { proxies } = open({ allowed: false });
    const said = message({ content: 'hello' });
    proxies.came(said);
    expect(await proxies.stays(said)).toBe(true);
    const posted = persona('2', 'hello');
    proxies.came(posted);
    expect(await proxies.speaks(posted)).toBe(false);
    expect(proxies.originOf(posted)).toBeUndefined();
  });

  test('wait longer for what a persona has said already', async () => {
    const { clock, proxies } = open();
    const said = message({ content: 'm[hello]' });
    proxies.came(said);
    const stays = proxies.stays(said);
    await clock.asleep();
    proxies.came(persona('2', 'hello'));
    await clock.pass(WAIT_MS + 1000);
    proxies.went(['1']);
    expect(await stays).toBe(false);
  });

  test('know whose a persona is: of those that fit the one that is gone, each once', async () => {
    const { clock, proxies } = open();
    const bobs = message({ id: '1', author: 'bob', content: 'b[hello]', replyTo: '9' });
    const eves = message({ id: '2', author: 'eve', content: 'hello' });
    for (const one of [bobs, eves]) proxies.came(one);
    proxies.went(['1']);
    expect(await proxies.stays(bobs)).toBe(false);
    const posted = persona('3', 'hello');
    proxies.came(posted);
    const stays = proxies.stays(eves);
    await clock.asleep();
    expect(proxies.originOf(posted)).toEqual({ author: 'bob', replyTo: '9' });
    await clock.pass(5000);
    expect(await stays).toBe(true);
    const again = persona('4', 'hello');
    proxies.came(again);
    expect(proxies.originOf(again)).toEqual({ author: 'eve' });
  });

  test('take nobody for a persona’s human who wrote something else, or long ago', async () => {
    const { clock, proxies } = open();
    const said = message({ content: 'b[hello]' });
    proxies.came(said);
    proxies.went(['1']);
    await proxies.stays(said);
    const other = persona('2', 'good-bye');
    proxies.came(other);
    expect(proxies.originOf(other)).toBeUndefined();
    await clock.pass(5001);
    const late = persona('3', 'hello');
    proxies.came(late);
    expect(proxies.originOf(late)).toBeUndefined();
  });

  test('forget what nobody can have meant any more, also where the time was set back', async () => {
    const { clock, proxies } = open();
    const said = message({ content: 'hello' });
    proxies.came(said);
    clock.set(-3_600_000);
    await clock.pass(16_000);
    proxies.came(message({ id: '2' }));
    // It is in nobody's mind now: it is heard at once, and whether it goes is not known here.
    proxies.went(['1']);
    expect(await proxies.stays(said)).toBe(true);
  });
});
