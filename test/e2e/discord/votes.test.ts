import { afterEach, beforeEach, expect, test } from 'vitest';
import { readChoices } from '../../../src/engine/choices/read-choices.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';

let theatre: Theatre;
let scene: string;
let turns = 0;

beforeEach(async () => {
  const model = scriptedModel({
    turn: (name) =>
      `<role_thinking>THOUGHT-CANARY</role_thinking>*nods* A turn-CANARY ${++turns} of ${name}. ${'On and on. '.repeat(long ? 300 : 0)}`,
  });
  theatre = await openTheatre({
    engine: { models: { actor: model, director: model }, limits: { gatherMs: 0 } },
  });
  await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
  scene = `discord:${theatre.channel.id}`;
  await theatre.calm();
});
afterEach(() => theatre.close());

let long = false;

async function turn(): Promise<{ id: string; all: string[] }> {
  const from = theatre.double.position();
  const before = new Set(theatre.double.messages(theatre.channel).map(({ id }) => id));
  await theatre.engine().next(scene, 'wenna');
  const { id } = await theatre.line(/A turn/, theatre.channel, from);
  await theatre.calm();
  const all = theatre.double.messages(theatre.channel).flatMap((one) => (before.has(one.id) ? [] : [one.id]));
  return { id, all };
}

async function command(user: Theatre['bob'], name: string, options = {}): Promise<string> {
  const { double, channel } = theatre;
  return (await double.replied(double.slash(channel, user, name, options))).content;
}

/** Joins the scene, and lets their choices be counted. */
async function takesPart(user: Theatre['bob'], choices = true): Promise<void> {
  await command(user, 'enter');
  if (choices) await command(user, 'privacy opt-in', { choices: true });
  await theatre.calm();
}

const thumbs = async () =>
  (await Array.fromAsync(readChoices(theatre.store, new AbortController().signal))).map(
    ({ what, by }) => `${what} ${by === theatre.bob.id ? 'Bob' : 'Alice'}`,
  );

test('👍 of who opted in is a vote, in whatever colour; it stays on the line and is taken back with it', async () => {
  const { bob, double } = theatre;
  await takesPart(bob);
  const first = await turn();
  const second = await turn();
  double.react(first.id, bob, '👍🏽');
  await expect.poll(thumbs).toEqual(['up Bob']);
  double.react(first.id, bob, '👎');
  await expect.poll(thumbs).toEqual(['down Bob']);
  // The older thumb is none any more, so that nothing goes with its reaction.
  double.unreact(first.id, bob, '👍🏽');
  double.react(second.id, bob, '👍');
  await expect.poll(thumbs).toEqual(['down Bob', 'up Bob']);
  expect(double.reactions(first.id)).toEqual(['👎']);
  double.unreact(first.id, bob, '👎');
  await expect.poll(thumbs).toEqual(['up Bob']);
});

test('of who did not opt in, or was not there, nothing is written down, and nobody is told anything', async () => {
  const { alice, bob, double } = theatre;
  await takesPart(bob, false);
  const { id } = await turn();
  const late = double.addUser({ username: 'late', globalName: 'Late' });
  double.addMember(theatre.server, late);
  await takesPart(alice);
  await takesPart(late);
  const line = await turn();
  const told = [bob, late].map((user) => double.ephemerals(user).length);
  double.react(line.id, bob, '👍');
  double.react(id, late, '👎');
  double.react(line.id, alice, '🎭');
  double.react(line.id, alice, '👎');
  await expect.poll(thumbs).toEqual(['down Alice']);
  expect([bob, late].map((user) => double.ephemerals(user).length)).toEqual(told);
  expect(double.messages(double.dm(bob))).toEqual([]);
  expect(double.reactions(line.id)).toEqual(['👍', '🎭', '👎']);
  expect((await Array.fromAsync(theatre.store.ids('choice'))).join()).not.toContain(bob.id);
});

test('of who may not play here any more nothing is counted, and what they gave before they can take back', async () => {
  const { alice, bob, double } = theatre;
  await takesPart(bob);
  await takesPart(alice);
  const first = await turn();
  const second = await turn();
  double.react(first.id, bob, '👍');
  await expect.poll(thumbs).toEqual(['up Bob']);
  await command(alice, 'dramatis block', { person: bob.id });
  double.react(second.id, bob, '👎');
  double.react(second.id, alice, '👍');
  await expect.poll(async () => (await thumbs()).toSorted()).toEqual(['up Alice', 'up Bob']);
  double.unreact(first.id, bob, '👍');
  await expect.poll(thumbs).toEqual(['up Alice']);
});

test('a reaction to any message of a long line is one vote for it', async () => {
  const { bob, double } = theatre;
  await takesPart(bob);
  long = true;
  const { all } = await turn();
  long = false;
  expect(all.length).toBeGreaterThan(1);
  for (const message of all) double.react(message, bob, '👍');
  await expect.poll(thumbs).toEqual(['up Bob']);
  double.unreact(all.at(-1) ?? '', bob, '👍');
  await expect.poll(thumbs).toEqual([]);
});

test('a line that was swiped since: the vote is of what stood, and goes with its reaction', async () => {
  const { alice, double } = theatre;
  await takesPart(alice);
  const { id } = await turn();
  double.react(id, alice, '👎');
  await expect.poll(thumbs).toEqual(['down Alice']);
  await command(alice, 'swipe');
  await expect.poll(async () => (await thumbs()).toSorted()).toEqual(['down Alice', 'swipe Alice']);
  double.react(id, alice, '👍');
  await expect
    .poll(async () => (await thumbs()).toSorted())
    .toEqual(['down Alice', 'swipe Alice', 'up Alice']);
  double.unreact(id, alice, '👎');
  await expect.poll(async () => (await thumbs()).toSorted()).toEqual(['swipe Alice', 'up Alice']);
});

test('in a scene that is over, and whose channel hosts another, a vote can still be taken back', async () => {
  const { alice, double } = theatre;
  await takesPart(alice);
  const { id } = await turn();
  double.react(id, alice, '👍');
  await expect.poll(thumbs).toEqual(['up Alice']);
  await theatre.engine().end(scene);
  await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
  await theatre.calm();
  double.unreact(id, alice, '👍');
  await expect.poll(thumbs).toEqual([]);
});

test('the card says whose choices are counted, from when to when; taking the wish back deletes them', async () => {
  const { bob, double } = theatre;
  await takesPart(bob, false);
  await command(bob, 'privacy opt-in', { choices: true });
  await theatre.cardSays('**Choices** of Bob are counted: which version of a line, never its words');
  expect(await command(bob, 'scene info')).toContain(
    'Choices of Bob are counted (which version, never the words).',
  );
  const { id } = await turn();
  double.react(id, bob, '👍');
  await expect.poll(thumbs).toEqual(['up Bob']);
  expect(await command(bob, 'privacy what')).toContain('1 choice');
  expect(await command(bob, 'privacy opt-in')).toContain('Your choices are not counted');
  expect(await thumbs()).toEqual([]);
  await expect.poll(() => theatre.card().text).not.toContain('Choices');
  // The reaction is theirs and stands; nothing is written of it any more.
  expect(double.reactions(id)).toEqual(['👍']);
  await command(bob, 'privacy opt-in', { choices: true });
  double.unreact(id, bob, '👍');
  expect(await command(bob, 'rate', { thumb: 'down' })).toContain('Counted: 👎');
  await command(bob, 'privacy opt-out');
  expect(await thumbs()).toEqual([]);
});

test('/rate counts where somebody opted in, and tells others how to', async () => {
  const { alice, bob } = theatre;
  await takesPart(bob, false);
  await turn();
  expect(await command(bob, 'rate', { thumb: 'up' })).toContain('/privacy opt-in choices: yes');
  expect(await thumbs()).toEqual([]);
  await takesPart(alice);
  await turn();
  expect(await command(alice, 'rate', { thumb: 'up' })).toMatch(/Counted: 👍 for #\d+/);
  expect(await thumbs()).toEqual(['up Alice']);
  expect(await command(alice, 'rate', { thumb: 'none' })).toContain('Taken back');
  expect(await thumbs()).toEqual([]);
});

test('nothing of a line is kept with a vote for it, nor sent anywhere', async () => {
  const { alice, double } = theatre;
  await takesPart(alice);
  const { id } = await turn();
  double.react(id, alice, '👍');
  await expect.poll(thumbs).toEqual(['up Alice']);
  for (const key of await Array.fromAsync(theatre.store.ids('choice'))) {
    const stored = `${key} ${JSON.stringify(await theatre.store.get('choice', key))}`;
    expect(stored).not.toMatch(/CANARY|nods|Wenna|Alice/u);
  }
  expect(double.requests.map(({ text }) => text).join('\n')).not.toContain('THOUGHT-CANARY');
});
