import { afterEach, expect, test } from 'vitest';
import { createHandClock } from '../../../support/hand-clock.ts';
import { openTheatre, type Theatre, type TheatreOptions } from '../discord-theatre.ts';
import { allStored } from './stored-words.ts';

const PLURALKIT = '466378653216014359';
const DAY = 24 * 3600 * 1000;

let theatre: Theatre;
afterEach(async () => {
  await theatre.close();
});

async function begin(options: TheatreOptions = {}): Promise<void> {
  theatre = await openTheatre(options);
  await theatre.start({ cast: 'Old Wenna', preset: 'game-master' });
  await theatre.calm();
}

type User = Theatre['alice'];

/** What this person alone is answered; in the bot's direct messages unless told where. */
async function ask(
  user: User,
  command: string,
  values = {},
  place = theatre.double.dm(user),
): Promise<string> {
  const { content } = await theatre.double.replied(theatre.double.slash(place, user, command, values));
  return content;
}

async function playing(user: User, text: string): Promise<void> {
  const { double, channel } = theatre;
  expect(await ask(user, 'enter', {}, channel)).not.toContain('may not');
  double.say(channel, user, text);
  await expect.poll(() => allStored(theatre.store)).toContain(text);
  await theatre.calm();
}

test('who never joined is recorded nowhere, whatever they write where a scene plays', async () => {
  await begin();
  const { double, channel, alice } = theatre;
  const passer = double.addUser({ username: 'passer-by', globalName: 'Passing Pia' });
  double.addMember(theatre.server, passer, { nick: 'PiaOfTheMarsh' });
  double.say(channel, passer, 'CHATTER-ONE of nobody in particular.');
  double.say(channel, passer, 'CHATTER-TWO, still not with them.');
  double.type(channel, passer);
  // What comes after it was heard, so it was gone through.
  await playing(alice, 'LINE-OF-ALICE');
  const stored = await allStored(theatre.store);
  expect(stored).not.toMatch(/CHATTER|Pia/);
  expect(stored).not.toContain(passer.id);
  expect(JSON.stringify(theatre.logged)).not.toMatch(/CHATTER|LINE-OF-ALICE/);
});

test('in the bot’s direct messages a person sees, takes and deletes what is stored of them', async () => {
  await begin();
  const { double, bob, alice } = theatre;
  await playing(bob, 'WORDS-OF-BOB about the tide and the eleven barrels.');
  await playing(alice, 'LINE-OF-ALICE');
  expect(await ask(bob, 'privacy what')).toContain('1 line, ');
  const taken = await double.replied(double.slash(double.dm(bob), bob, 'privacy export'));
  expect(taken.message?.attachments.map(({ name }) => name)).toEqual(['dramatis-of-you.md']);

  expect(await ask(bob, 'privacy delete')).toContain('confirm: yes');
  expect(await allStored(theatre.store)).toContain('WORDS-OF-BOB');
  expect(await ask(bob, 'privacy delete', { confirm: true })).toContain('Deleted');
  const stored = await allStored(theatre.store);
  expect(stored).not.toContain('WORDS-OF-BOB');
  expect(stored).not.toContain(bob.id);
  expect(stored).toContain('LINE-OF-ALICE');
  expect(await ask(bob, 'privacy what')).toContain('Nothing that you wrote is stored.');
});

test('also by who may not play here, in the server itself', async () => {
  await begin();
  const { bob, channel } = theatre;
  await theatre.engine().access.block(theatre.server.id, bob.id, { by: theatre.alice.id });
  expect(await ask(bob, 'enter', {}, channel)).not.toContain('You are in');
  expect(await ask(bob, 'privacy what', {}, channel)).toContain('Nothing that you wrote is stored.');
});

test('who opts out leaves, and nothing of theirs is heard or stored until they opt in', async () => {
  await begin();
  const { double, channel, bob, alice } = theatre;
  await playing(bob, 'BEFORE-THAT.');
  const old = double.messages(channel).find(({ content }) => content === 'BEFORE-THAT.');
  expect(await ask(bob, 'privacy opt-out')).toContain('opted out');
  expect(await ask(bob, 'privacy delete', { confirm: true })).toContain('Deleted');
  double.say(channel, bob, 'AFTER-ONE, Wenna?');
  double.say(channel, bob, `<@${double.botUserId}> AFTER-TWO`);
  if (old) double.edit(old.id, bob, 'AFTER-THREE');
  expect(await ask(bob, 'say', { text: 'AFTER-FOUR' }, channel)).toContain('opted out');
  expect(await ask(bob, 'enter', {}, channel)).toContain('opted out');
  await playing(alice, 'LINE-OF-ALICE');
  const stored = await allStored(theatre.store);
  expect(stored).not.toMatch(/BEFORE-THAT|AFTER-/);
  // That they opted out is all there is of them.
  expect(stored.split(bob.id)).toHaveLength(2);
  expect(stored).toContain(`"consent/${bob.id}",{"optedOut":true`);

  await theatre.restart();
  double.say(channel, bob, 'AFTER-FIVE, Wenna?');
  expect(await ask(bob, 'privacy opt-in')).toContain('not counted');
  await playing(bob, 'HEARD-AGAIN.');
  expect(await allStored(theatre.store)).not.toContain('AFTER-');
});

test('an edit after opting out takes the old words away, too', async () => {
  await begin();
  const { double, channel, bob } = theatre;
  await playing(bob, 'OLD-WORDS.');
  const old = double.messages(channel).find(({ content }) => content === 'OLD-WORDS.');
  if (!old) throw new Error('It does not stand there.');
  await ask(bob, 'privacy opt-out');
  double.edit(old.id, bob, 'NEW-WORDS');
  await expect.poll(() => allStored(theatre.store)).not.toContain('OLD-WORDS');
  expect(await allStored(theatre.store)).not.toContain('NEW-WORDS');
});

test('a server that was left is deleted after a time of grace, unless it takes the bot back', async () => {
  const clock = createHandClock(Date.now());
  await begin({ engine: { clock } });
  const { double, server, alice } = theatre;
  await playing(alice, 'WORDS-IN-THE-HARBOUR');
  const { privacy } = theatre.engine();

  double.kick(server, double.botUserId);
  await expect.poll(() => allStored(theatre.store)).toContain(`left/${server.id}`);
  await clock.pass(13 * DAY);
  expect(await privacy.sweep()).toEqual({ warned: 0, erased: 0 });
  double.inviteBot(server);
  await expect.poll(() => allStored(theatre.store)).not.toContain(`left/${server.id}`);
  await clock.pass(2 * DAY);
  expect(await privacy.sweep()).toEqual({ warned: 0, erased: 0 });

  // While it does not run, it is told of nothing.
  await theatre.restart(() => double.kick(server, double.botUserId));
  await expect.poll(() => allStored(theatre.store)).toContain(`left/${server.id}`);
  await clock.pass(14 * DAY);
  expect(await theatre.engine().privacy.sweep()).toEqual({ warned: 0, erased: 1 });
  const stored = await allStored(theatre.store);
  expect(stored).not.toContain('WORDS-IN-THE-HARBOUR');
  expect(stored).not.toContain(server.id);
});

test('a scene that was quiet for long is handed out in its channel, and then deleted', async () => {
  const clock = createHandClock(Date.now());
  await begin({ engine: { clock } });
  const { double, channel, alice } = theatre;
  await playing(alice, 'WORDS-LONG-AGO');
  const { privacy } = theatre.engine();
  await clock.pass(82 * DAY);
  expect(await privacy.sweep()).toEqual({ warned: 0, erased: 0 });
  await clock.pass(2 * DAY);
  expect(await privacy.sweep()).toEqual({ warned: 1, erased: 0 });
  const warning = double.messages(channel).at(-1);
  expect(warning?.content).toContain('In 7 days it is deleted');
  expect(warning?.attachments.map(({ name }) => name.endsWith('.md'))).toEqual([true]);
  expect(await privacy.sweep()).toEqual({ warned: 0, erased: 0 });
  await clock.pass(7 * DAY);
  expect(await privacy.sweep()).toEqual({ warned: 0, erased: 1 });
  expect(await allStored(theatre.store)).not.toContain('WORDS-LONG-AGO');
  expect(double.unexpected).toEqual([]);
});

test('who was erased does not come back as who they were before a proxy spoke for them', async () => {
  await begin({ pace: { proxyWaitMs: 50 } });
  const { double, channel, server, bob } = theatre;
  await theatre.engine().settings.set({ level: 'server', id: server.id, server: server.id }, 'proxies', true);
  const pluralKit = double.addUser({ username: 'PluralKit', bot: true });
  double.addMember(server, pluralKit);
  const proxy = double.addWebhook(channel, {
    name: 'PluralKit',
    creator: pluralKit,
    applicationId: PLURALKIT,
  });
  await ask(bob, 'persona set', { name: 'Old Rob', sheet: 'SHEET-OF-BOB' }, channel);
  const original = double.say(channel, bob, 'Mira[As another.]');
  double.webhookSays(proxy, 'As another.', { username: 'Mira' });
  double.remove(original);
  await expect.poll(() => allStored(theatre.store)).toContain('As another.');
  expect(await allStored(theatre.store)).toContain('SHEET-OF-BOB');
  await ask(bob, 'privacy delete', { confirm: true });
  await playing(bob, 'HERE-AGAIN.');
  expect(await allStored(theatre.store)).not.toMatch(/SHEET-OF-BOB|Old Rob/);
});
