import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApplicationShelf } from '../../../src/stage/web/applications/application-shelf.ts';
import type { ClientMessage } from '../../../src/stage/web/protocol.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { smallLibrary } from '../../support/small-library.ts';
import { joinWithToken, type StageClient } from '../../unit/stage/web/stage-client.ts';
import { openWebHouse, type WebHouse } from '../../unit/stage/web/web-house.ts';
import { add } from './dialling.ts';

let house: WebHouse;
let game: StageClient;
let watcher: StageClient;

beforeAll(async () => {
  const store = await openStore('memory:');
  const shelf = createApplicationShelf(store);
  const actor = scriptedModel({
    turn: (name) =>
      `<system_thinking>A plan.</system_thinking><role_thinking>I am ${name}.</role_thinking><role_action>nod: nods once</role_action>Yes.`,
  });
  house = await openWebHouse(smallLibrary(), { store, engine: { models: { actor } } });
  game = await joinWithToken(house.url, await add(shelf, 'A game', ['play', 'direct', 'peek']));
  watcher = await joinWithToken(house.url, await add(shelf, 'A watcher', ['play']));
  await game.ask({
    type: 'open',
    start: { cast: ['wenna', 'tom'], setting: 'A tavern.' },
    as: { id: 'p1', name: 'Ada' },
    thoughts: true,
  });
});
afterAll(async () => {
  for (const client of [game, watcher]) await client.close();
  await house.close();
});

describe('a game', () => {
  test('says what its player says, and what happens before whom', async () => {
    expect(await game.ask({ type: 'say', text: 'Good evening.' })).toMatchObject({ type: 'heard' });
    const open = await game.ask({ type: 'perceive', text: 'A mug breaks.', witnesses: ['everyone'] });
    if (open.type !== 'heard') throw new Error(JSON.stringify(open));
    const beat = await game.seen('beat', ({ beat }) => beat.n === open.beat);
    expect(beat.beat).toMatchObject({ kind: 'narration', segments: [{ text: 'A mug breaks.' }] });
    const alone: ClientMessage = { type: 'perceive', text: 'PURSE', witnesses: ['tom', 'player'], key: 'k1' };
    const once = await game.ask(alone);
    expect(once).toMatchObject({ type: 'heard' });
    // Under one key it happens once.
    expect(await game.ask(alone)).toMatchObject({ beat: 'beat' in once ? once.beat : 0 });
    expect(await game.ask({ ...alone, key: 'k2', witnesses: ['everyone', 'tom'] })).toMatchObject({
      code: 'malformed',
    });
    expect(game.received.some((one) => one.type === 'beat' && JSON.stringify(one).includes('PURSE'))).toBe(
      false,
    );
  });

  test('has the names of its actions on beats and pieces, and the thoughts behind them', async () => {
    const actions = [{ name: 'nod' }, { name: 'draw_sword', means: 'bares steel' }];
    expect(await game.ask({ type: 'cues', actions })).toMatchObject({ type: 'done' });
    await game.ask({ type: 'next', who: 'tom' });
    const { beat } = await game.seen('beat', (one) => one.beat.segments.some(({ cue }) => cue !== undefined));
    expect(beat.segments).toEqual([
      { kind: 'action', text: 'nods once', cue: 'nod' },
      { kind: 'speech', text: 'Yes.' },
    ]);
    expect(await game.seen('partial', ({ segment }) => segment.cue === 'nod')).toBeDefined();
    const { thoughts } = await game.seen('thoughts', (one) => one.beat === beat.n);
    expect(thoughts).toEqual([{ kind: 'thought', text: `I am ${beat.speaker?.name}.` }]);
    const wrong = await game.ask({ type: 'cues', actions: [{ name: 'Draw sword' }] });
    expect(wrong).toMatchObject({ code: 'malformed', message: expect.stringContaining('small letters') });
  });

  test('is watched from without as from the main place', async () => {
    await watcher.ask({ type: 'open', scene: (await game.seen('opened')).scene.id });
    const before = watcher.received.length;
    await game.ask({ type: 'next', who: 'wenna' });
    const since = () => watcher.received.slice(before);
    await expect.poll(() => since().some(({ type }) => type === 'beat')).toBe(true);
    const typing = since().find((one) => one.type === 'typing' && one.who !== undefined);
    expect(typing).toMatchObject({ who: { name: 'Old Wenna' } });
    expect(typing).not.toHaveProperty('place');
    expect(since().filter(({ type }) => type === 'partial').length).toBeGreaterThan(0);
  });

  test('sets a deadline, and interrupts', async () => {
    expect(await game.ask({ type: 'pace', deadline_ms: 4000 })).toMatchObject({ type: 'done' });
    expect(await game.ask({ type: 'pace', deadline_ms: null })).toMatchObject({ type: 'done' });
    expect(await game.ask({ type: 'pace', deadline_ms: 10 })).toMatchObject({ code: 'malformed' });
    expect(await game.ask({ type: 'interrupt' })).toMatchObject({ type: 'done' });
  });

  test('saves, and goes on from there on the same socket', async () => {
    const saved = await game.ask({ type: 'save', name: 'At the bar' });
    if (saved.type !== 'saved') throw new Error(JSON.stringify(saved));
    await game.ask({ type: 'say', text: 'AFTER' });
    expect(await game.ask({ type: 'saves' })).toMatchObject({ saves: [saved.save] });
    const loaded = await game.ask({ type: 'load', save: saved.save.id });
    if (loaded.type !== 'opened') throw new Error(JSON.stringify(loaded));
    expect(loaded.reset).toBe(true);
    expect(JSON.stringify(loaded.beats)).toContain('A mug breaks.');
    expect(JSON.stringify(loaded.beats)).not.toContain('AFTER');
    const said = await game.ask({ type: 'say', text: 'OTHERWISE' });
    expect(said).toMatchObject({ type: 'heard' });
    expect(JSON.stringify(await house.engine.replay(loaded.scene.id))).toContain('OTHERWISE');
    expect(await game.ask({ type: 'load', save: 'none' })).toMatchObject({ code: 'player' });
  });

  test('takes people to other places', async () => {
    const moved = await game.ask({ type: 'move', who: 'tom', to: 'Cellar' });
    if (moved.type !== 'moved' || moved.place === undefined) throw new Error(JSON.stringify(moved));
    const cellar = moved.place;
    expect(await game.ask({ type: 'move', who: 'player', to: 'cellar' })).toMatchObject({ place: cellar });
    const opened = await game.ask({ type: 'open', scene: cellar, as: { id: 'p1', name: 'Ada' } });
    expect(opened).toMatchObject({ place: cellar });
    const back = await game.ask({ type: 'move', who: 'tom', to: 'main' });
    expect(back).toEqual({ type: 'moved', re: expect.any(String), who: 'tom' });
  });

  test('with a scope too small is told which it lacks', async () => {
    const scene = (await game.seen('opened')).scene.id;
    await watcher.ask({ type: 'open', scene });
    const messages: ClientMessage[] = [
      { type: 'perceive', text: 'x', witnesses: ['everyone'] },
      { type: 'cues', actions: [] },
      { type: 'pace', deadline_ms: null },
      { type: 'interrupt' },
      { type: 'save', name: 'x' },
      { type: 'saves' },
      { type: 'load', save: 'x' },
      { type: 'move', who: 'tom', to: 'main' },
    ];
    for (const message of messages) {
      expect(await watcher.ask(message)).toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('scope direct'),
      });
    }
  });
});
