import { afterAll, beforeAll, expect, test } from 'vitest';
import { render } from '../../../src/words/render.ts';
import type { OptionValues } from '../../doubles/discord/humans/command-data.ts';
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

/** What the manager is told, and nobody else; `last`: what is said at the end of a long answer. */
async function told(channel: Ref, name: string, options: OptionValues = {}, last = ''): Promise<string> {
  const { double, alice } = theatre;
  const asked = double.slash(channel, alice, `config ${name}`, options);
  await double.replied(asked);
  const words = () =>
    double
      .replies(asked)
      .map(({ content }) => content)
      .join('\n');
  await expect.poll(words).toContain(last);
  expect(double.replies(asked).every(({ ephemeral }) => ephemeral)).toBe(true);
  return words();
}

async function exported(channel: Ref): Promise<string> {
  const { double, alice } = theatre;
  const { message } = await double.replied(double.slash(channel, alice, 'config export'));
  const [file] = message?.attachments ?? [];
  expect(file?.name).toBe('dramatis-config.json');
  const answer = await fetch(file?.url ?? '');
  return answer.text();
}

const fileOf = (text: string) => ({ name: 'dramatis-config.json', data: Buffer.from(text) });

test('a category’s settings hold in its channels and in their threads, from the next turn on', async () => {
  const { double, server, alice, bob } = theatre;
  const category = double.addChannel(server, { type: 'category', name: 'Inns' });
  const inn = double.addChannel(server, { name: 'inn', parent: category });
  await theatre.start({ cast: 'Old Wenna', preset: 'conversation' }, inn);
  await theatre.calm(inn);
  expect(await told(inn, 'set', { name: 'turnsPerLine', value: '7', level: 'category' })).toBe(
    `turnsPerLine is 7 in the category <#${category.id}> now.`,
  );
  expect(await told(inn, 'show', {}, 'retentionDays')).toContain(`(from the category <#${category.id}>)`);
  const thread = double.addThread(inn, { name: 'upstairs', owner: alice });
  expect(await told(thread, 'show', {}, 'retentionDays')).toContain(`(from the category <#${category.id}>)`);
  const playing = await theatre.engine().info(`discord:${inn.id}`);
  expect(playing?.record.category).toBe(category.id);
  expect(playing?.turnsPerLine).toBe(7);

  const refused = await told(inn, 'set', { name: 'turnsPerLine', value: '70' });
  expect(refused).toContain('turnsPerLine is a whole number from 0 to 20');
  expect(() => double.slash(inn, bob, 'config reset', { level: 'category' })).toThrow('not offered');
  await told(inn, 'reset', { level: 'category' });
  expect((await theatre.engine().info(`discord:${inn.id}`))?.turnsPerLine).toBe(3);
});

test('settings and their values are suggested while one types', async () => {
  const { double, channel, alice } = theatre;
  const names = await double.autocomplete(channel, alice, 'config set', { name: 'peek' }, 'name');
  expect(names.map(({ value }) => value).slice(0, 2)).toEqual(['peek', 'peekRoles']);
  const values = await double.autocomplete(channel, alice, 'config set', { name: 'peek' }, 'value');
  expect(values.map(({ value }) => value)).toEqual(['nobody', 'owner', 'role', 'everyone', 'after']);
});

test('a whole configuration is taken out as a file and put back; a bad file names its line and changes nothing', async () => {
  const { double, server, alice } = theatre;
  const yard = double.addChannel(server, { name: 'yard' });
  const sailors = double.addRole(server, { name: 'sailors' });
  await told(yard, 'set', { name: 'turnsPerLine', value: '6' });
  await told(yard, 'set', { name: 'playerRoles', value: `<@&${sailors.id}>`, level: 'server' });
  const file = await exported(yard);
  const whole = await theatre.engine().settings.whole(server.id);
  expect(JSON.parse(file)).toEqual({ version: 1, ...whole });

  const bad = file.replace('"turnsPerLine": 6', '"turnsPerLine": 600');
  const line = bad.slice(0, bad.indexOf(': 600')).split('\n').length;
  expect(await told(yard, 'import', { file: fileOf(bad) })).toContain(
    `Line ${line}: turnsPerLine is a whole number from 0 to 20.`,
  );
  expect(
    await told(yard, 'import', { file: { name: 'cat.png', data: Buffer.from([0xff, 0xfe]) } }),
  ).toContain('something else than text');
  expect(await told(yard, 'import', { file: fileOf(' '.repeat(300_000)) })).toContain('too large');
  expect(await theatre.engine().settings.whole(server.id)).toEqual(whole);

  await told(yard, 'reset', { level: 'server' });
  expect(await told(yard, 'import', { file: fileOf(file) })).toContain('were changed after this file');
  expect(await told(yard, 'import', { file: fileOf(file), anyway: true })).toContain('changed values: 1.');
  expect((await theatre.engine().settings.whole(server.id)).levels).toEqual(whole.levels);

  // Two who save at once from the same export: the second is told, and nothing of theirs is written.
  const same = await exported(yard);
  const wanted = [3, 4].map((most) => same.replace('"turnsPerLine": 6', `"turnsPerLine": ${most}`));
  const both = await Promise.all(
    wanted.map((text) => double.replied(double.slash(yard, alice, 'config import', { file: fileOf(text) }))),
  );
  const saved = both.map(({ content }) => content.includes('changed values: 1.'));
  expect(saved.filter(Boolean)).toHaveLength(1);
  expect(await told(yard, 'show', { name: 'turnsPerLine' })).toContain(`turnsPerLine ${saved[0] ? 3 : 4}:`);
});

test('roles that were deleted are shown as such and let nobody in; the log tells of every change', async () => {
  const { double, server, bob } = theatre;
  const court = double.addChannel(server, { name: 'court' });
  const guests = double.addRole(server, { name: 'guests' });
  expect(await told(court, 'set', { name: 'playerRoles', value: `<@&${guests.id}>` })).toContain(
    `playerRoles is <@&${guests.id}> in this channel now.`,
  );
  await theatre.restart(() => void server.roles.delete(guests.id));
  expect(await told(court, 'show', { name: 'playerRoles' })).toContain(`${guests.id} (deleted)`);
  expect(await told(court, 'show', {}, 'retentionDays')).toContain('⚠️ All these roles were deleted');
  const refused = await double.replied(double.slash(court, bob, 'cast'));
  expect(refused.content).toContain(`<@&${guests.id}>`);
  expect(await told(court, 'set', { name: 'playerRoles', value: guests.id })).toContain(
    `Not a role of this server: ${guests.id}.`,
  );
  expect(await told(court, 'reset', { level: 'channel', name: 'playerRoles' })).toContain('No longer set');

  const { engine } = theatre;
  await engine().audit.settled();
  const noted = (await engine().audit.recent(server.id)).map(({ text }) => render(text));
  expect(noted).toContain(`playerRoles in <#${court.id}> and its threads: not set → <@&${guests.id}>`);
  expect(noted).toContain(`playerRoles in <#${court.id}> and its threads: ${guests.id} (deleted) → not set`);
});

test('only what can be written in becomes the moderators’ channel', async () => {
  const { double, server, channel } = theatre;
  for (const type of ['category', 'forum'] as const) {
    const other = double.addChannel(server, { type, name: `a ${type}` });
    expect(await told(channel, 'set', { name: 'logChannel', value: other.id, level: 'server' })).toContain(
      'Nobody can write in that one',
    );
  }
  expect((await theatre.engine().settings.rulesOfServer(server.id)).logChannel).toBe('');
});

test('who does not manage the server is offered none of it', () => {
  const { double, channel, bob } = theatre;
  for (const name of ['show', 'export', 'import', 'set', 'reset']) {
    expect(() => double.slash(channel, bob, `config ${name}`)).toThrow('not offered');
  }
});
