import { describe, expect, test } from 'vitest';
import type { Place } from '../../../src/engine/command/command.ts';
import { CHANNEL, openDesk, people } from './typing.ts';

const IN_CATEGORY: Place = { ...CHANNEL, category: 'k1' };
const THREAD: Place = { ...IN_CATEGORY, scene: 'discord:t1', parent: 'c1', parentScene: CHANNEL.scene };
const OTHER: Place = { ...CHANNEL, scene: 'discord:c2' };

function lineOf(shown: string, name: string): string | undefined {
  return shown.split('\n').find((line) => line.startsWith(name));
}

describe('/config show', () => {
  test('names every setting, what it is and where it comes from', async () => {
    const { type } = await openDesk();
    const shown = await type('/config show');
    expect(shown.split('\n')).toHaveLength(7);
    expect(shown.length).toBeLessThan(2000);
    expect(lineOf(shown, 'turnsPerLine')).toBe(
      'turnsPerLine 3: character turns after a player’s line (default)',
    );
    expect(lineOf(shown, 'gatherCapMs')).toContain('20 s');
    expect(lineOf(shown, 'interruptions')).toContain('2 (interrupt)');
  });

  test('is for moderators', async () => {
    const { type } = await openDesk();
    for (const line of ['/config show', '/config set turnsPerLine 1', '/config reset server']) {
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
    expect(await type('/config set gatherMs 3 s level: category')).toBe('gatherMs is 3 s in <#k1> now.');
    const shown = await type('/config show');
    expect(lineOf(shown, 'gatherMs')).toContain('(inherited from <#k1>)');
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
    ['gatherMs 2min', 'gatherMs is a whole number from 0 to 60000, or a time such as 2.5 s.'],
    ['interruptions stop', 'interruptions is a whole number from 0 to 20, or queue or interrupt.'],
  ])('refuses %s and names the bounds', async (typed, said) => {
    const { type } = await openDesk();
    expect(await type(`/config set ${typed}`)).toBe(`refused: ${said}`);
    expect(await type('/config show')).not.toContain('channel)');
  });

  test('refuses a setting or a level that is not there', async () => {
    const { type } = await openDesk();
    expect(await type('/config set turnsPerLife 1')).toMatch(/^name is one of: turnsPerLine, /);
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
