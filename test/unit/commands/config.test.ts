import { describe, expect, test } from 'vitest';
import { config } from '../../../commands/config.ts';
import { SETTING_GROUPS, settingOf } from '../../../src/config/room-settings.ts';
import type { Choice, CommandValues, Place } from '../../../src/engine/command/command.ts';
import { render } from '../../../src/words/render.ts';
import { CHANNEL, type Desk, lineOf, openDesk, people, SERVER } from './typing.ts';

const IN_CATEGORY: Place = { ...CHANNEL, category: 'k1' };
const THREAD: Place = { ...IN_CATEGORY, scene: 'discord:t1', parent: 'c1', parentScene: CHANNEL.scene };
const OTHER: Place = { ...CHANNEL, scene: 'discord:c2' };

const ROLE = '222222222222222222';
const OTHER_ROLE = '333333333333333333';

describe('/config show', () => {
  test('names every setting, what it is and where it comes from', async () => {
    const { type } = await openDesk();
    const shown = await type('/config show');
    for (const { title, names } of SETTING_GROUPS) {
      expect(shown).toContain(`**${render(title)}**`);
      for (const name of names) expect(lineOf(shown, name)).toContain(render(settingOf(name).about));
    }
    expect(lineOf(shown, 'turnsPerLine')).toBe(
      'turnsPerLine 3: character turns after a player’s line (default)',
    );
    expect(lineOf(shown, 'gatherCapMs')).toContain('20 s');
    expect(lineOf(shown, 'interruptions')).toContain('2 (interrupt)');
  });

  test('of one setting also tells what it may be, and every level that sets it', async () => {
    const { type } = await openDesk();
    await type('/config set turnsPerLine 5 level: server');
    await type('/config set turnsPerLine 6');
    expect(await type('/config show turnsPerLine')).toBe(
      [
        'turnsPerLine 6: character turns after a player’s line (from this channel)',
        'turnsPerLine is a whole number from 0 to 20.',
        'It can be set for: scene, channel, category, server.',
        'Set in this channel: 6',
        'Set in this server: 5',
      ].join('\n'),
    );
    expect(await type('/config show turnsPerLife')).toMatch(/^refused: There is no setting “turnsPerLife”\./);
  });

  test('marks what was deleted, and says that its list still lets nobody else in', async () => {
    const { type } = await openDesk();
    let there: readonly string[] = [ROLE, OTHER_ROLE];
    const change = { known: (_kind: string, id: string) => there.includes(id) };
    await type(`/config set playerRoles <@&${ROLE}>,${OTHER_ROLE} level: server`, people.manager, change);
    const listed = async () => await type('/config show', people.manager, change);
    expect(lineOf(await listed(), 'playerRoles')).toContain(`<@&${ROLE}>, <@&${OTHER_ROLE}>: roles`);
    there = [ROLE];
    expect(lineOf(await listed(), 'playerRoles')).toContain(`<@&${ROLE}>, ${OTHER_ROLE} (deleted): roles`);
    expect(await listed()).not.toContain('⚠️');
    there = [];
    expect(await listed()).toContain('⚠️ All these roles were deleted: only the people in allowedPeople');
    expect(await type('/next', people.passer, change)).toMatch(/^refused: /);
  });

  test('is for who manages the server', async () => {
    const { type } = await openDesk();
    for (const line of [
      '/config show',
      '/config set turnsPerLine 1',
      '/config reset server',
      '/config export',
    ]) {
      expect(await type(line, people.starter)).toBe(
        'refused: Only members with Manage Server may do that here.',
      );
    }
  });
});

describe('/config set', () => {
  test('without a level means the channel; its threads inherit it, other channels do not', async () => {
    const { type } = await openDesk();
    expect(await type('/config set turnsPerLine 5')).toBe('turnsPerLine is 5 in this channel now.');
    expect(lineOf(await type('/config show'), 'turnsPerLine')).toContain('(from this channel)');
    const inThread = await type('/config show', people.manager, { place: THREAD });
    expect(lineOf(inThread, 'turnsPerLine')).toBe(
      'turnsPerLine 5: character turns after a player’s line (inherited from <#c1>)',
    );
    const elsewhere = await type('/config show', people.manager, { place: OTHER });
    expect(lineOf(elsewhere, 'turnsPerLine')).toContain('(default)');
    expect(await type('/config set turnsPerLine 6', people.manager, { place: THREAD })).toBe(
      'turnsPerLine is 6 in <#c1> and its threads now.',
    );
  });

  test('at each level, and says where a closer one hides it', async () => {
    const { type } = await openDesk({}, IN_CATEGORY);
    await type('/scene start cast: Tom preset: called-only');
    expect(await type('/config set turnsPerLine 9 level: scene')).toBe(
      'turnsPerLine is 9 in this scene now.',
    );
    expect(await type('/config set turnsPerLine 4 level: server')).toBe(
      'turnsPerLine is 4 in this server now. Here it stays 9, from this scene.',
    );
    expect(await type('/config set gatherMs 3 s level: category')).toBe(
      'gatherMs is 3 s in the category <#k1> now.',
    );
    const shown = await type('/config show');
    expect(lineOf(shown, 'gatherMs')).toContain('(from the category <#k1>)');
    expect(lineOf(shown, 'turnsPerLine')).toContain('9: ');
  });

  test('takes words for a choice, and times with their unit', async () => {
    const { type } = await openDesk();
    expect(await type('/config set interruptions queue')).toBe(
      'interruptions is 0 (queue) in this channel now.',
    );
    expect(await type('/config set interruptions Interrupt')).toMatch(/^interruptions is 2 \(interrupt\)/);
    expect(await type('/config set value: "1 min" name: consideringAfterMs')).toMatch(/ is 60 s in/);
    expect(await type('/config set gatherMs 250')).toMatch(/ is 250 ms in/);
  });

  test.each([
    ['turnsPerLine 21', 'turnsPerLine is a whole number from 0 to 20.'],
    ['turnsPerLine -1', 'turnsPerLine is a whole number from 0 to 20.'],
    ['turnsPerLine 2.5', 'turnsPerLine is a whole number from 0 to 20.'],
    ['turnsPerLine 3s', 'turnsPerLine is a whole number from 0 to 20.'],
    ['turnsPerLine constructor', 'turnsPerLine is a whole number from 0 to 20.'],
    ['gatherMs 2min', 'gatherMs is a whole number of milliseconds from 0 to 60000, or a time such as 2.5 s.'],
    ['peek sometimes', 'peek is one of: nobody, owner, role, everyone, after.'],
    ['links 1', 'links is one of: plain, open.'],
    ['proxies maybe', 'proxies is on or off.'],
    ['logWhispers off', 'logWhispers can only be set for: server.'],
    ['turnsPerLine 1 character: Tom', 'turnsPerLine can only be set for: scene, channel, category, server.'],
    ['turnsPerLine 1 level: character', 'Say which character: fill in the option “character”.'],
    [
      'playerRoles everyone',
      'playerRoles is up to 50 roles: mention them or give their ids; “none” empties it.',
    ],
    ['playerRoles <@333333333333333333>', /^playerRoles is up to 50 roles/],
    ['model large', /^large cannot play here/],
    ['interruptions stop', 'interruptions is a whole number from 0 to 20, or one of: queue / interrupt.'],
  ])('refuses %s and names the bounds', async (typed, said) => {
    const { type } = await openDesk();
    const told = (await type(`/config set ${typed}`)).replace(/^refused: /, '');
    if (typeof said === 'string') expect(told).toBe(said);
    else expect(told).toMatch(said);
    expect(await type('/config show')).not.toMatch(/channel\)|server\)/);
  });

  test('takes every kind of value', async () => {
    const { type } = await openDesk();
    expect(await type('/config set proxies on level: server')).toBe('proxies is on in this server now.');
    expect(await type('/config set peek Everyone')).toBe('peek is everyone in this channel now.');
    expect(await type(`/config set value: "<@&${ROLE}> <@&${ROLE}>" name: blockedRoles`)).toBe(
      `blockedRoles is <@&${ROLE}> in this channel now.`,
    );
    expect(await type('/config set blockedRoles none')).toBe('blockedRoles is none in this channel now.');
    expect(await type(`/config set logChannel <#${ROLE}> level: server`)).toBe(
      `logChannel is <#${ROLE}> in this server now.`,
    );
    expect(await type('/config set peek nobody character: Tom')).toBe('peek is nobody for Tom Reddick now.');
    expect(lineOf(await type('/config show character: Tom'), 'peek ')).toContain('(from this character)');
    expect(lineOf(await type('/config show'), 'peek ')).toContain('everyone');
  });

  test('refuses roles and channels that are not there', async () => {
    const { type } = await openDesk();
    const change = { known: () => false };
    expect(await type(`/config set playerRoles ${ROLE} level: server`, people.manager, change)).toBe(
      `refused: Not a role of this server: ${ROLE}. Nothing was changed.`,
    );
    expect(await type(`/config set logChannel ${ROLE} level: server`, people.manager, change)).toBe(
      `refused: Not a channel of this server: ${ROLE}. Nothing was changed.`,
    );
  });

  test('suggests settings by name and by what they are about, and values that fit', async () => {
    const desk = await openDesk();
    expect((await suggested(desk, 'name', '')).length).toBe(25);
    expect((await suggested(desk, 'name', 'turnsper')).map(({ value }) => value)).toEqual([
      'turnsPerLine',
      'turnsPerPlayerHour',
      'turnsPerSceneDay',
      'turnsPerServerDay',
    ]);
    expect((await suggested(desk, 'name', 'PluralKit')).map(({ value }) => value)).toEqual(['proxies']);
    const values = async (name: string, partial = '') =>
      (await suggested(desk, 'value', partial, { name })).map(({ value }) => value);
    expect(await values('autoMod')).toEqual(['on', 'off']);
    expect(await values('peek', 'o')).toEqual(['nobody', 'owner', 'role', 'everyone']);
    expect(await values('interruptions')).toEqual(['queue', 'interrupt', '2', '0', '20']);
    expect(await values('playerRoles')).toEqual(['none']);
    expect(await values('nothing')).toEqual([]);
  });

  test('refuses a setting or a level that is not there', async () => {
    const { type } = await openDesk();
    expect(await type('/config set turnsPerLife 1')).toMatch(
      /^refused: There is no setting “turnsPerLife”\. There are: turnsPerLine, /,
    );
    expect(await type('/config set turnsPerLine 1 level: scene')).toBe(
      'refused: No scene is playing here. There are: channel, server.',
    );
    expect(await type('/config set turnsPerLine 1 level: category')).toBe(
      'refused: There is no category here. There are: channel, server.',
    );
  });
});

describe('/config reset', () => {
  test('takes back one setting of a level, or all of them', async () => {
    const { type } = await openDesk();
    await type('/config set turnsPerLine 5 level: server');
    await type('/config set gatherMs 0 level: server');
    await type('/config set interruptions 1 level: server');
    expect(await type('/config reset server gatherMs')).toBe('No longer set in this server: gatherMs.');
    expect(await type('/config reset server gatherMs')).toMatch(/^Nothing of that is set in this server\./);
    expect(await type('/config reset server')).toBe(
      'No longer set in this server: turnsPerLine, interruptions.',
    );
    expect(await type('/config show')).not.toContain('server)');
  });
});

test('who changed what, from what and where, is in the moderators’ log', async () => {
  const { type, engine } = await openDesk();
  await type('/config set turnsPerLine 5');
  await type('/config set turnsPerLine 6');
  await type('/config reset channel turnsPerLine');
  await engine.audit.settled();
  const noted = await engine.audit.recent(SERVER);
  expect(noted.map(({ kind, by, text }) => [kind, by, render(text)])).toEqual([
    ['configured', 'id-manager', 'turnsPerLine in <#c1> and its threads: 6 → not set'],
    ['configured', 'id-manager', 'turnsPerLine in <#c1> and its threads: 5 → 6'],
    ['configured', 'id-manager', 'turnsPerLine in <#c1> and its threads: not set → 5'],
  ]);
});

test('on the page and in the terminal there are the scene and this machine', async () => {
  const { type } = await openDesk({}, { scene: 'web:one', stage: 'web' });
  expect(await type('/config set turnsPerLine 2')).toBe('turnsPerLine is 2 on this machine now.');
  await type('/scene start cast: Tom preset: called-only');
  expect(lineOf(await type('/config show'), 'turnsPerLine')).toContain('(from this machine)');
  expect(await type('/config set turnsPerLine 1')).toBe('turnsPerLine is 1 in this scene now.');
  expect(await type('/config set turnsPerLine 1 level: channel')).toBe(
    'refused: There is no channel here. There are: scene, server.',
  );
});

async function suggested(
  { context }: Desk,
  option: string,
  partial: string,
  typed: CommandValues = {},
): Promise<readonly Choice[]> {
  const found = config.actions?.['set']?.options.find(({ name }) => name === option);
  return (await found?.complete?.({ ...context(), typed }, partial)) ?? [];
}
