import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ref } from '../../doubles/discord/world/snowflake.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';
import { mentionsAllowed } from './mentions-allowed.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(async () => {
  expect(theatre.double.unexpected).toEqual([]);
  expect(theatre.double.pings).toEqual([]);
  expect(mentionsAllowed(theatre.double).careless).toEqual([]);
  await theatre.close();
});

test('a category’s settings hold in its channels and in their threads, from the next turn on', async () => {
  const { double, server, alice, bob } = theatre;
  const category = double.addChannel(server, { type: 'category', name: 'Inns' });
  const inn = double.addChannel(server, { name: 'inn', parent: category });
  const config = async (channel: Ref, name: string, options: Record<string, string> = {}) => {
    const { content, ephemeral } = await double.replied(
      double.slash(channel, alice, `config ${name}`, options),
    );
    expect(ephemeral).toBe(true);
    return content;
  };
  await theatre.start({ cast: 'Old Wenna', preset: 'conversation' }, inn);
  await theatre.calm(inn);
  expect(await config(inn, 'set', { name: 'turnsPerLine', value: '7', level: 'category' })).toBe(
    `turnsPerLine is 7 in <#${category.id}> now.`,
  );
  expect(await config(inn, 'show')).toContain(`(inherited from <#${category.id}>)`);
  const thread = double.addThread(inn, { name: 'upstairs', owner: alice });
  expect(await config(thread, 'show')).toContain(`(inherited from <#${category.id}>)`);
  const playing = await theatre.engine().info(`discord:${inn.id}`);
  expect(playing?.record.category).toBe(category.id);
  expect(playing?.turnsPerLine).toBe(7);

  const refused = await config(inn, 'set', { name: 'turnsPerLine', value: '70' });
  expect(refused).toContain('turnsPerLine is a whole number from 0 to 20.');
  expect(() => double.slash(inn, bob, 'config reset', { level: 'category' })).toThrow('not offered');
  await config(inn, 'reset', { level: 'category' });
  expect((await theatre.engine().info(`discord:${inn.id}`))?.turnsPerLine).toBe(3);
});
