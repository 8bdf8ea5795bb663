import { beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/engine/engine-api.ts';
import { gatherKeepsake } from '../../../../src/engine/keepsake/gather-keepsake.ts';
import { renderKeepsakeHtml } from '../../../../src/engine/keepsake/render-keepsake-html.ts';
import { renderKeepsakeMarkdown } from '../../../../src/engine/keepsake/render-keepsake-markdown.ts';
import type { Asker } from '../../../../src/engine/player.ts';
import { OWNER, playHouse, SCENE } from '../../../support/play-house.ts';
import { smallLibrary } from '../../../support/small-library.ts';

const owner: Asker = { id: OWNER.id, moderator: false };
const passer = { id: 'p2', moderator: false };
const moderator = { id: 'p3', moderator: true };
const library = smallLibrary();

describe('what is gathered', () => {
  let engine: Engine;
  beforeEach(async () => {
    ({ engine } = await playHouse({ library }));
    await engine.start({ id: SCENE, stage: 'web', owner: OWNER, script: 'harbour', seed: 1 });
    await engine.idle(SCENE);
  });

  const gather = (by: Asker = owner) => gatherKeepsake(engine, library, SCENE, by);

  test('the scene as it was seen and heard: people, setting, lines', async () => {
    const keepsake = await gather();
    expect(keepsake).toMatchObject({
      title: 'The last boat',
      setting: 'A ferry landing, ten minutes before the last boat.',
      cast: [
        { id: 'character:wenna', name: 'Old Wenna', sheet: 'PUBLIC-wenna' },
        { id: 'character:tom', name: 'Tom Reddick', sheet: 'PUBLIC-tom' },
      ],
      players: ['Mara'],
      ended: false,
    });
    const said = keepsake.beats.map(({ segments }) => segments.map(({ text }) => text).join(' '));
    expect(said.slice(0, 3)).toEqual(['Rain on the planks.', 'Late, Tom.', 'ties a knot Never.']);
  });

  test('thoughts only where everyone may read them, whoever asks', async () => {
    await engine.setPeek(SCENE, 'owner');
    for (const by of [owner, passer, moderator]) {
      const keepsake = await gather(by);
      expect(keepsake).not.toHaveProperty('thoughts');
      expect(renderKeepsakeHtml(keepsake) + renderKeepsakeMarkdown(keepsake)).not.toContain('THOUGHT');
    }
    await engine.setPeek(SCENE, 'everyone');
    const open = await gather(passer);
    expect([...(open.thoughts?.values() ?? [])]).toContainEqual(['THOUGHT-OPENING']);
    expect(renderKeepsakeHtml(open)).not.toMatch(/PLAN-|SECRET|PRIVATE-CARD|MOTIVE/);
  });

  test('where everyone may read them once it has ended, then', async () => {
    await engine.setPeek(SCENE, 'after');
    expect(await gather()).not.toHaveProperty('thoughts');
    await engine.end(SCENE);
    const ended = await gather();
    expect(ended.ended).toBe(true);
    expect(ended.thoughts?.size).toBeGreaterThan(0);
  });

  test('whispers are in no keepsake', async () => {
    await engine.setPeek(SCENE, 'everyone');
    await engine.whisper(SCENE, { player: OWNER, text: 'CANARY-WHISPER pay.', to: ['tom'] });
    await engine.idle(SCENE);
    expect(renderKeepsakeHtml(await gather())).not.toContain('CANARY-WHISPER');
  });

  test('of rooms a player has what they witnessed there; owner and moderators have all', async () => {
    const cellar = 'web:cellar';
    const cellarLines = async (by: Asker) =>
      (await gather(by)).beats
        .filter(({ place, kind }) => place === 'Cellar' && kind !== 'entrance')
        .map(({ segments }) => segments.map(({ text }) => text).join(' '));
    await engine.ledger.openRoom(SCENE, { id: cellar, name: 'Cellar' });
    await engine.narrate(cellar, 'A rat.');
    await engine.join(cellar, { id: passer.id, name: 'Jory' });
    await engine.narrate(cellar, 'A drip.');
    expect(await cellarLines(passer)).toEqual(['A drip.']);
    expect(await cellarLines({ id: 'p9', moderator: false })).toEqual([]);
    expect(await cellarLines(owner)).toEqual(['A rat.', 'A drip.']);
    expect(await cellarLines(moderator)).toEqual(['A rat.', 'A drip.']);
    // Who is out of earshot sees what is done.
    await engine.ledger.setCondition(SCENE, 'player:p2', 'apart');
    await engine.hear(cellar, { player: OWNER, text: '*lifts the lamp* CANARY-UNHEARD' });
    expect(await cellarLines(passer)).toContain('lifts the lamp');
    expect((await cellarLines(passer)).join()).not.toContain('CANARY-UNHEARD');
  });

  test('says so where there is nothing to keep', async () => {
    await expect(gatherKeepsake(engine, library, 'web:nowhere', owner)).rejects.toThrow(/No scene/);
    await engine.start({ id: 'web:empty', stage: 'web', owner: OWNER });
    await expect(gatherKeepsake(engine, library, 'web:empty', owner)).rejects.toThrow(/could be kept/);
  });
});
