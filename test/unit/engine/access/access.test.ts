import { describe, expect, test } from 'vitest';
import type { PersonFacts } from '../../../../src/engine/access/access-api.ts';
import type { SettingPlace } from '../../../../src/engine/settings/settings-api.ts';
import { render } from '../../../../src/words/render.ts';
import { createHandClock } from '../../../support/hand-clock.ts';
import { playHouse } from '../../../support/play-house.ts';
import { createRecordingStage } from '../../../support/recording-stage.ts';

const SERVER = '111111111111111111';
const TAVERN = '222222222222222222';
const TALES = '333333333333333333';
const GUESTS = '444444444444444444';
const GUARDS = '555555555555555555';
const HERE = { level: 'server', id: SERVER, server: SERVER } as const;
const MARA: PersonFacts = { id: '777777777777777777', roles: [] };
const MINUTE = 60_000;

const tavern: SettingPlace = { stage: 'discord', server: SERVER, scene: `discord:${TAVERN}` };
const thread: SettingPlace = { ...tavern, scene: 'discord:888888888888888888', parent: TAVERN };

async function open() {
  const clock = createHandClock();
  const house = await playHouse({ stage: createRecordingStage('discord'), clock });
  const { access, settings } = house.engine;
  async function refusal(place: SettingPlace, person: PersonFacts = MARA): Promise<string> {
    const found = await access.standing(place, person);
    return found.refusal === undefined ? '' : render(found.refusal);
  }
  return { ...house, clock, access, settings, refusal };
}

describe('who may play', () => {
  test('everybody, where no list says otherwise; on local stages always', async () => {
    const { access, settings, refusal } = await open();
    expect(await access.standing(tavern, MARA)).toEqual({ moderator: false, creator: false });
    await settings.set(HERE, 'playerRoles', [GUESTS]);
    expect(await refusal({ stage: 'web', scene: 'web:one' })).toBe('');
  });

  test('members with a player’s role, and the people that are named', async () => {
    const { settings, refusal } = await open();
    await settings.set(HERE, 'playerRoles', [GUESTS]);
    expect(await refusal(tavern)).toBe(`Only members with one of these roles may play here: <@&${GUESTS}>.`);
    expect(await refusal(tavern, { ...MARA, roles: [GUESTS] })).toBe('');
    await settings.set(HERE, 'allowedPeople', [MARA.id]);
    expect(await refusal(tavern)).toBe('');
  });

  test('nobody with a blocked role, unless they are named or moderate', async () => {
    const { settings, refusal } = await open();
    await settings.setAll(HERE, { blockedRoles: [GUESTS], moderatorRoles: [GUARDS] });
    expect(await refusal(tavern, { ...MARA, roles: [GUESTS] })).toBe(
      'You have a role whose members may not play here.',
    );
    expect(await refusal(tavern, { ...MARA, roles: [GUESTS, GUARDS] })).toBe('');
  });

  test('in no blocked channel, nor in its threads', async () => {
    const { settings, refusal } = await open();
    await settings.set(HERE, 'blockedChannels', [TAVERN]);
    expect(await refusal(tavern)).toBe('No scenes are played in this channel.');
    expect(await refusal(thread)).toBe('No scenes are played in this channel.');
    expect(await refusal({ ...tavern, scene: 'discord:999999999999999999' })).toBe('');
  });

  test('in the channels for scenes, the threads in them, and what lies in such a category', async () => {
    const { settings, refusal } = await open();
    await settings.set(HERE, 'sceneChannels', [TALES]);
    expect(await refusal(tavern)).toBe(`No scenes are played in this channel, but in <#${TALES}>.`);
    expect(await refusal({ ...tavern, scene: `discord:${TALES}` })).toBe('');
    expect(await refusal({ ...thread, parent: TALES })).toBe('');
    expect(await refusal({ ...thread, category: TALES })).toBe('');
    await settings.set(HERE, 'blockedChannels', [TAVERN]);
    expect(await refusal({ ...thread, category: TALES })).toBe('No scenes are played in this channel.');
  });

  test('a role that was taken from somebody is theirs no more at the next step', async () => {
    const { access, settings } = await open();
    await settings.set(HERE, 'moderatorRoles', [GUARDS]);
    expect((await access.standing(tavern, { ...MARA, roles: [GUARDS] })).moderator).toBe(true);
    expect((await access.standing(tavern, MARA)).moderator).toBe(false);
  });
});

describe('a block', () => {
  test('holds in its server until it is lifted, and its reason is told apart', async () => {
    const { access, refusal } = await open();
    await access.block(SERVER, MARA.id, { by: 'm', reason: 'REASON' });
    const { refusal: told, reason } = await access.standing(tavern, MARA);
    expect(render(told ?? '')).toBe('You may not play in this server: a moderator blocked you.');
    expect(render(reason ?? '')).toBe('Reason: REASON');
    expect(await refusal({ ...tavern, server: '999999999999999999' })).toBe('');
    expect(await access.unblock(SERVER, MARA.id)).toBe(true);
    expect(await access.unblock(SERVER, MARA.id)).toBe(false);
    expect(await refusal(tavern)).toBe('');
  });

  test('takes a moderators’ role’s rights, not those of Manage Server or of the operator', async () => {
    const { access, settings } = await open();
    await settings.set(HERE, 'moderatorRoles', [GUARDS]);
    await access.block(SERVER, MARA.id, { by: 'm' });
    const guard = await access.standing(tavern, { ...MARA, roles: [GUARDS] });
    expect(guard).toMatchObject({ moderator: false, refusal: expect.anything() });
    for (const trusted of [{ manager: true }, { operator: true }]) {
      expect(await access.standing(tavern, { ...MARA, ...trusted })).toEqual({
        moderator: true,
        creator: true,
      });
    }
  });

  test('ends when its time is over, is listed until then, and is not made longer by a clock set back', async () => {
    const { access, clock, refusal } = await open();
    const { at, until } = await access.block(SERVER, MARA.id, { by: 'm', lasts: 10 * MINUTE });
    expect(until).toBe(at + 10 * MINUTE);
    await clock.pass(-60 * MINUTE);
    expect(await refusal(tavern)).toContain('You may not play in this server until');
    expect(await access.blocks(SERVER)).toHaveLength(1);
    await clock.pass(10 * MINUTE);
    expect(await refusal(tavern)).toBe('');
    expect(await access.blocks(SERVER)).toEqual([]);
  });
});

describe('asking for too much at once', () => {
  test('warns at the 15th in 30 seconds, then holds off for five minutes', async () => {
    const { access, clock, refusal, engine } = await open();
    for (let i = 1; i < 15; i += 1) expect(await access.act(SERVER, MARA)).toBe('fine');
    expect(await access.act(SERVER, MARA)).toBe('warned');
    expect(await refusal(tavern)).toBe('');
    expect(await access.act(SERVER, MARA)).toBe('held-off');
    expect(await refusal(tavern)).toContain('That was too much at once');
    expect(await access.act(SERVER, MARA)).toBe('held-off');
    await engine.audit.settled();
    expect(await engine.audit.recent(SERVER)).toMatchObject([{ kind: 'blocked', by: MARA.id }]);
    await clock.pass(5 * MINUTE);
    expect(await access.act(SERVER, MARA)).toBe('fine');
    expect(await refusal(tavern)).toBe('');
  });

  test('counts half a minute, one person and one server at a time', async () => {
    const { access, clock } = await open();
    for (let i = 0; i < 14; i += 1) await access.act(SERVER, MARA);
    expect(await access.act(SERVER, { id: 'other' })).toBe('fine');
    expect(await access.act('999999999999999999', MARA)).toBe('fine');
    await clock.pass(31_000);
    expect(await access.act(SERVER, MARA)).toBe('fine');
  });

  test('counts what is heard late at the time when it was said', async () => {
    const { access, clock } = await open();
    for (let i = 0; i < 40; i += 1) {
      expect(await access.act(SERVER, MARA, clock.now() - 1000 * MINUTE + i * MINUTE)).toBe('fine');
    }
  });

  test('never holds off who moderates', async () => {
    const { access, settings } = await open();
    await settings.set(HERE, 'moderatorRoles', [GUARDS]);
    const trusted = [{ roles: [GUARDS] }, { manager: true }, { operator: true }];
    for (const facts of trusted) {
      for (let i = 0; i < 40; i += 1) {
        expect(await access.act(SERVER, { id: JSON.stringify(facts), ...facts })).toBe('fine');
      }
    }
  });

  test('leaves a moderator’s block as it is', async () => {
    const { access } = await open();
    const set = await access.block(SERVER, MARA.id, { by: 'm' });
    for (let i = 0; i < 20; i += 1) await access.act(SERVER, MARA);
    expect(await access.blocked(SERVER, MARA.id)).toEqual(set);
  });
});
