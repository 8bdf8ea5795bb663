import { afterAll, beforeAll, expect, test } from 'vitest';
import { BUTTONS } from '../../../../src/stage/discord/card/buttons.ts';
import type { User } from '../../../doubles/discord/world/entities.ts';
import { openTheatre, type Theatre } from '../discord-theatre.ts';
import { pressed } from '../press.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
  await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
});
afterAll(() => theatre.close());

async function castFor(user: User): Promise<string> {
  return (await pressed(theatre, theatre.card(), BUTTONS.cast, user)).content;
}

test('the 15th press in half a minute is warned of, who goes on is held off; moderators never', async () => {
  const { bob, alice, double, channel } = theatre;
  for (let i = 1; i < 15; i += 1) expect(await castFor(bob)).toContain('Old Wenna');
  expect(await castFor(bob)).toContain('That is a lot at once.');
  expect(await castFor(bob)).toMatch(/^That was too much at once: you may go on <t:\d+:R>\.$/);
  expect((await double.replied(double.slash(channel, bob, 'leave'))).content).toContain('too much at once');
  for (let i = 0; i < 20; i += 1) expect(await castFor(alice)).toContain('Old Wenna');
  const lifted = double.slash(channel, alice, 'dramatis unblock', { person: bob.id });
  expect((await double.replied(lifted)).content).toContain('may play here again');
  expect(await castFor(bob)).toContain('Old Wenna');
});

test('so is the 15th line; what comes after the 16th is not heard', async () => {
  const { double, server, channel } = theatre;
  const carol = double.addUser({ username: 'carol' });
  double.addMember(server, carol);
  const log = async () => JSON.stringify(await theatre.engine().replay(`discord:${channel.id}`));
  for (let i = 1; i <= 17; i += 1) double.say(channel, carol, `Wenna, LINE-${i}.`);
  await double.nextMessage(channel, ({ content }) => content.includes('That is a lot at once.'), {
    since: 0,
  });
  double.say(channel, theatre.alice, 'Wenna, AFTERWARDS.');
  await expect.poll(log).toContain('AFTERWARDS');
  expect(await log()).toContain('LINE-16.');
  expect(await log()).not.toContain('LINE-17.');
});
