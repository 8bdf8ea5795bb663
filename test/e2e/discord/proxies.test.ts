import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SeenMessage } from '../../doubles/discord/messages/see-message.ts';
import type { User, Webhook } from '../../doubles/discord/world/entities.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';

const PLURALKIT = '466378653216014359';
const WAIT_MS = 120;

let theatre: Theatre;
let scene = '';
let proxy: Webhook;

beforeAll(async () => {
  const model = scriptedModel({});
  theatre = await openTheatre({
    pace: { proxyWaitMs: WAIT_MS },
    engine: { models: { actor: model, director: model }, limits: { gatherMs: 0 } },
  });
  const { double, server, channel, alice, bob } = theatre;
  const pluralKit = double.addUser({ username: 'PluralKit', bot: true });
  double.addMember(server, pluralKit);
  proxy = double.addWebhook(channel, {
    name: 'PluralKit Proxy Webhook',
    creator: pluralKit,
    applicationId: PLURALKIT,
  });
  await theatre.start({ cast: 'Old Wenna', preset: 'game-master' });
  scene = `discord:${channel.id}`;
  await theatre.engine().join(scene, { id: alice.id, name: 'Alice' });
  await theatre.engine().join(scene, { id: bob.id, name: 'Bob' });
  await theatre.calm();
});
afterAll(() => theatre.close());

/** `id/name: text` of what players said, oldest first. */
async function heard(): Promise<string[]> {
  return (await theatre.engine().replay(scene))
    .filter(({ kind, speaker }) => kind === 'line' && speaker?.id.startsWith('player:'))
    .map(
      ({ speaker, segments }) => `${speaker?.id}/${speaker?.name}: ${segments.map((s) => s.text).join(' ')}`,
    );
}

async function lastHeard(text: string): Promise<string> {
  await expect.poll(async () => (await heard()).at(-1)).toContain(text);
  return (await heard()).at(-1) ?? '';
}

/** Someone writes in a proxy's brackets; it posts that as the persona and takes the original away. */
function proxied(user: User, persona: string, text: string): { original: SeenMessage; posted: SeenMessage } {
  const { double, channel } = theatre;
  const original = double.say(channel, user, `${persona}[${text}]`);
  const posted = double.webhookSays(proxy, text, { username: persona });
  double.remove(original);
  return { original, posted };
}

async function allow(allowed: boolean): Promise<void> {
  const { double, channel, alice } = theatre;
  await double.replied(
    double.slash(channel, alice, 'config set', {
      name: 'proxies',
      value: allowed ? 'on' : 'off',
      level: 'server',
    }),
  );
}

describe('a persona that a proxy speaks for', () => {
  test('is nobody until a moderator allows it', async () => {
    const { double, channel, alice } = theatre;
    double.webhookSays(proxy, 'UNHEARD Wenna?', { username: 'Mira' });
    double.say(channel, alice, 'Anyone?');
    await lastHeard('Anyone?');
    await allow(true);
    expect(await theatre.engine().servers.proxies(theatre.server.id)).toBe(true);
    expect(JSON.stringify(await heard())).not.toContain('UNHEARD');
  });

  test('is heard as its human, under its own name, and what it was made of is not', async () => {
    const { bob } = theatre;
    proxied(bob, 'Mira', 'Good evening to the house.');
    expect(await lastHeard('Good evening')).toBe(`player:${bob.id}/Mira: Good evening to the house.`);
    await theatre.calm();
    expect((await heard()).filter((line) => line.includes('Good evening'))).toHaveLength(1);
    const players = (await theatre.engine().info(scene))?.players ?? [];
    expect(players.map(({ actor }) => actor.id)).toEqual([`player:${theatre.alice.id}`, `player:${bob.id}`]);
  });

  test('is heard once also where its original is taken away late', async () => {
    const { bob, double, channel } = theatre;
    const original = double.say(channel, bob, 'Mira[The tide is late.]');
    const posted = double.webhookSays(proxy, 'The tide is late.', { username: 'Mira' });
    const later = setTimeout(() => double.remove(original), WAIT_MS * 3);
    expect(await lastHeard('The tide is late.')).toContain('Mira');
    clearTimeout(later);
    expect(await theatre.engine().past.beatOf(scene, original.id)).toBeUndefined();
    expect(await theatre.engine().past.beatOf(scene, posted.id)).toBeTypeOf('number');
  });

  test('stays apart from the personas of others', async () => {
    const { alice, bob, double, channel } = theatre;
    const one = double.say(channel, alice, 'Rook[Me first.]');
    const two = double.say(channel, bob, 'Mira[No, me.]');
    double.webhookSays(proxy, 'No, me.', { username: 'Mira' });
    double.webhookSays(proxy, 'Me first.', { username: 'Rook' });
    double.remove(two);
    double.remove(one);
    await lastHeard('Me first.');
    expect((await heard()).slice(-2)).toEqual([
      `player:${bob.id}/Mira: No, me.`,
      `player:${alice.id}/Rook: Me first.`,
    ]);
  });

  test('is not heard where nobody knows whose it is: they may be blocked, or have opted out', async () => {
    const { alice, double, channel } = theatre;
    double.webhookSays(proxy, 'Old Wenna, I came from nowhere.', { username: 'Stranger' });
    double.say(channel, alice, 'Who was that?');
    await lastHeard('Who was that?');
    expect(JSON.stringify(await heard())).not.toContain('from nowhere');
  });

  test('is edited and deleted like anyone', async () => {
    const { bob, double } = theatre;
    const { posted } = proxied(bob, 'Mira', 'I take that back.');
    await lastHeard('I take that back.');
    double.remove(posted);
    await expect.poll(async () => JSON.stringify(await heard())).not.toContain('I take that back.');
  });

  test('is put off when its human speaks plainly again', async () => {
    const { bob, double, channel } = theatre;
    double.say(channel, bob, 'This is me.');
    expect(await lastHeard('This is me.')).toBe(`player:${bob.id}/Bob: This is me.`);
  });
});

describe('where proxies are allowed', () => {
  test('what a member takes away at once was never said', async () => {
    const { alice, bob, double, channel } = theatre;
    const gone = double.say(channel, bob, 'UNSAID');
    double.remove(gone);
    double.say(channel, alice, 'Silence.');
    await lastHeard('Silence.');
    expect(JSON.stringify(await heard())).not.toContain('UNSAID');
    const log = await Array.fromAsync(theatre.store.read(`${scene}#1`));
    expect(JSON.stringify(log)).not.toMatch(/UNSAID|Mira\[|Rook\[/);
  });

  test('bots and webhooks of others stay nobody', async () => {
    const { alice, double, channel, server } = theatre;
    const robot = double.addUser({ username: 'robot', bot: true });
    double.addMember(server, robot);
    const other = double.addWebhook(channel, { creator: robot, applicationId: '111111111111111111' });
    double.say(channel, robot, 'UNHEARD beep');
    double.webhookSays(other, 'UNHEARD hook', { username: 'Mira' });
    double.say(channel, alice, 'Only us.');
    await lastHeard('Only us.');
    expect(JSON.stringify(await heard())).not.toContain('UNHEARD');
  });

  test('a moderator may end that', async () => {
    const { bob, double, channel } = theatre;
    await allow(false);
    double.webhookSays(proxy, 'UNHEARD again', { username: 'Mira' });
    double.say(channel, bob, 'Gone.');
    await lastHeard('Gone.');
    expect(JSON.stringify(await heard())).not.toContain('UNHEARD');
    expect(double.unexpected).toEqual([]);
  });
});

describe('the persona of someone who is blocked', () => {
  test('is not heard either, and its name is in no story', async () => {
    const { double, server, channel, alice, bob } = theatre;
    await allow(true);
    await theatre.engine().access.block(server.id, bob.id, { by: alice.id });
    proxied(bob, 'Nix', 'BLOCKED-WORD, Wenna?');
    await double.nextMessage(channel, ({ content }) => content.includes('a moderator blocked you'), {
      since: 0,
    });
    double.say(channel, alice, 'After that.');
    await lastHeard('After that.');
    const log = await Array.fromAsync(theatre.store.read(`${scene}#1`));
    expect(JSON.stringify(log)).not.toMatch(/BLOCKED-WORD|Nix/);
    await theatre.engine().access.unblock(server.id, bob.id);
  });
});
