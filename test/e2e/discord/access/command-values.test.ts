import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Command, CommandContext } from '../../../../src/engine/command/command.ts';
import type { SentFile } from '../../../doubles/discord/humans/people.ts';
import type { Ref } from '../../../doubles/discord/world/snowflake.ts';
import { openTheatre, type Theatre } from '../discord-theatre.ts';

const many = Array.from({ length: 40 }, (_, i) => ({ name: `Choice ${i}`, value: `c${i}` }));

let theatre: Theatre;
let seen: CommandContext | undefined;

const echo: Command = {
  name: 'echo',
  description: 'Says what it was handed',
  action: {
    description: 'Says what it was handed',
    options: [
      { name: 'text', description: 'A file', type: 'file' },
      { name: 'which', description: 'One of many', type: 'text', choices: many },
    ],
    allowed: 'everyone',
    alone: true,
    async run(context, { text, which }) {
      seen = context;
      await context.reply(`${text} ${which}`);
    },
  },
};

beforeAll(async () => {
  theatre = await openTheatre({ commands: [echo] });
});
afterAll(() => theatre.close());

async function echoed(values: Record<string, string | SentFile>, place: Ref = theatre.channel) {
  const { double, bob } = theatre;
  return (await double.replied(double.slash(place, bob, 'echo', values))).content;
}

test('a file is handed on as its text, whatever it is called', async () => {
  expect(await echoed({ text: { name: 'a.bin', data: 'Grüße' } })).toBe('Grüße undefined');
});

test('what is no text, or too much of it, is refused with what is wrong', async () => {
  const odd = { name: 'a.txt', data: Buffer.from([0xff, 0xfe, 0x00]) };
  expect(await echoed({ text: odd })).toBe('That file holds something else than text.');
  const large = { name: 'a.txt', data: 'x'.repeat(1_000_001) };
  expect(await echoed({ text: large })).toContain('too large');
});

test('of more choices than Discord takes those that fit are suggested, and nothing else is taken', async () => {
  const { double, channel, bob } = theatre;
  const suggested = await double.autocomplete(channel, bob, 'echo', { which: 'choice 3' }, 'which');
  expect(suggested.map(({ value }) => value)).toEqual(
    many.filter(({ name }) => name.startsWith('Choice 3')).map(({ value }) => value),
  );
  expect(await echoed({ which: 'c33' })).toBe('undefined c33');
  expect(await echoed({ which: 'c99' })).toContain('choose from the list');
});

test('what Discord knows of others and of what is there comes along, in servers alone', async () => {
  const { double, server, channel, alice, bob } = theatre;
  const role = double.addRole(server);
  const stranger = double.addUser({ username: 'stranger' });
  double.changeMember(server, bob, { roles: [role] });
  await echoed({});
  const { personFacts, known } = seen ?? {};
  expect(await personFacts?.(alice.id)).toMatchObject({ id: alice.id, manager: true, operator: false });
  expect(await personFacts?.(bob.id)).toMatchObject({
    manager: false,
    roles: expect.arrayContaining([role.id]),
  });
  expect(await personFacts?.(stranger.id)).toBeUndefined();
  expect(await personFacts?.('no id')).toBeUndefined();
  expect([known?.('role', role.id), known?.('role', '1')]).toEqual([true, false]);
  expect([known?.('channel', channel.id), known?.('channel', '1')]).toEqual([true, false]);
  expect(await echoed({}, double.dm(bob))).toBe('undefined undefined');
  expect(seen?.personFacts).toBeUndefined();
  expect(seen?.place).toEqual({ scene: `discord:${double.dm(bob).id}`, stage: 'discord' });
});

test('a thread is for adults only where its channel is, and knows the category of that', async () => {
  const { double, server, alice } = theatre;
  const category = double.addChannel(server, { type: 'category', name: 'late' });
  const bar = double.addChannel(server, { name: 'bar', nsfw: true, parent: category });
  const nook = double.addThread(bar, { owner: alice });
  await echoed({}, nook);
  expect(seen?.place).toMatchObject({ ageRestricted: true, parent: bar.id, category: category.id });
  double.changeChannel(bar, { nsfw: false });
  await echoed({}, nook);
  expect(seen?.place.ageRestricted).toBe(false);
});
