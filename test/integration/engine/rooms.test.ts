import { describe, expect, test } from 'vitest';
import { promptOf } from '../../support/answering-model.ts';
import { loreHouse } from '../../support/lore-house.ts';
import { OWNER, playHouse, SCENE } from '../../support/play-house.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { smallBook } from '../../support/small-book.ts';

const CELLAR = 'web:cellar';
const BRYN = { id: 'p2', name: 'Bryn' } as const;

async function twoRooms(parts: Parameters<typeof scriptedModel>[0] = {}) {
  const model = scriptedModel(parts);
  const house = await playHouse({ models: { actor: model, director: model } });
  const { engine } = house;
  await engine.start({ id: SCENE, stage: 'web', owner: OWNER, cast: ['wenna', 'tom', 'ines'], seed: 1 });
  await engine.idle(SCENE);
  await engine.ledger.openRoom(SCENE, { id: CELLAR, name: 'the cellar' });
  await engine.ledger.move(SCENE, 'tom', CELLAR);
  const say = async (id: string, text: string, player: typeof OWNER | typeof BRYN = OWNER) => {
    await engine.hear(id, { player, text });
    await engine.idle(SCENE);
  };
  const promptsOf = (name: string) =>
    model.asked.filter(({ of }) => of === name).map(({ request }) => promptOf(request));
  return { ...house, model, say, promptsOf };
}

describe('rooms of a scene', () => {
  test('whoever is not there does not know: neither prompts, views, director nor Environment cross the door', async () => {
    const { engine, say, promptsOf, model } = await twoRooms();
    await say(SCENE, 'Wenna, the key is under STONE-MAIN.');
    await say(CELLAR, 'Tom, I hid the letter in CASK-CELLAR.', BRYN);
    await say(SCENE, 'Ines, what of it?');
    expect(promptsOf('Tom Reddick').length).toBeGreaterThan(0);
    expect(promptsOf('Tom Reddick').join()).toContain('CASK-CELLAR');
    expect(promptsOf('Tom Reddick').join()).not.toContain('STONE-MAIN');
    expect([...promptsOf('Old Wenna'), ...promptsOf('Ines')].join()).not.toContain('CASK-CELLAR');
    expect(promptsOf('Ines').join()).toContain('STONE-MAIN');
    for (const { of, request } of model.asked.filter(({ of: part }) => part === 'director')) {
      const prompt = promptOf(request);
      expect(prompt.includes('STONE-MAIN') && prompt.includes('CASK-CELLAR'), of).toBe(false);
    }
    const mind = await engine.backstage.mind(SCENE, 'wenna');
    expect(JSON.stringify(mind)).not.toContain('CASK-CELLAR');
  });

  test('macros name nobody who is elsewhere and never came by', async () => {
    const macros = 'With {{user}}: {{group}}; {{notChar}}. {{persona}}';
    const wenna = { keys: ['key'], text: `OF-WENNA ${macros}` };
    const { engine, say, promptsOf } = await loreHouse({
      wenna: { description: macros, book: smallBook(wenna) },
      cast: ['wenna'],
    });
    await engine.ledger.openRoom(SCENE, { id: CELLAR, name: 'the cellar' });
    await engine.summon(CELLAR, 'tom');
    await engine.ledger.setPersona(CELLAR, BRYN, { name: 'Bryn', sheet: 'BRYN-SHEET' });
    await engine.ledger.setPersona(SCENE, OWNER, { name: 'Mara', sheet: 'MARA-SHEET' });
    await say('Wenna, the key?');
    const [prompt = ''] = promptsOf('Old Wenna');
    expect(prompt).toContain('OF-WENNA With Mara: Old Wenna; Mara. MARA-SHEET');
    expect(prompt).not.toMatch(/Bryn|BRYN|Tom/);
    await engine.ledger.move(SCENE, 'wenna', CELLAR);
    await engine.hear(CELLAR, { player: BRYN, text: 'Wenna, the key?' });
    await engine.idle(SCENE);
    expect(promptsOf('Old Wenna').at(-1)).toMatch(/OF-WENNA With Mara and Bryn: Old Wenna, Tom Reddick;/);
  });

  test('lines of a room are shown in it, and only its people answer there', async () => {
    const { say, stage } = await twoRooms();
    await say(CELLAR, 'Anyone down here?', BRYN);
    const below = stage.shown.filter((beat) => beat.place === CELLAR && beat.kind === 'line');
    expect(below.map((beat) => beat.speaker?.name)).toEqual(['Bryn', 'Tom Reddick']);
  });

  test('nobody speaks in a room where nobody said anything', async () => {
    const { say, stage } = await twoRooms();
    await say(SCENE, 'Good evening.');
    await say(SCENE, 'Well?');
    expect(stage.shown.filter((beat) => beat.place === CELLAR && beat.kind === 'line')).toEqual([]);
  });

  test('why somebody is next in a room is told in it, and not in the main place', async () => {
    const asked: Promise<readonly (string | undefined)[]>[] = [];
    const { engine, say } = await twoRooms({
      turn: () => {
        const told = [SCENE, CELLAR].map(async (id) => (await engine.info(id))?.why);
        asked.push(Promise.all(told));
        return 'Here I am.';
      },
    });
    await say(CELLAR, 'Tom?', BRYN);
    expect(await asked[0]).toEqual([undefined, 'who was called']);
  });

  test('menus of beats offer what happened in the place where they are opened', async () => {
    const { engine, say } = await twoRooms();
    await say(SCENE, 'UP-HERE.');
    await say(CELLAR, 'DOWN-HERE.', BRYN);
    const offered = async (id: string) => JSON.stringify(await engine.ledger.recent(id, 50));
    expect(await offered(SCENE)).toContain('UP-HERE');
    expect(await offered(SCENE)).not.toContain('DOWN-HERE');
    expect(await offered(CELLAR)).toContain('DOWN-HERE');
    expect(await offered(CELLAR)).not.toContain('UP-HERE');
  });

  test('who speaks in a room has gone there; who stays behind sees them go', async () => {
    const { engine, say, stage } = await twoRooms();
    await say(SCENE, 'I will look below.');
    await say(CELLAR, 'Tom?');
    const map = await engine.ledger.map(SCENE);
    expect(map.find(({ place }) => place === CELLAR)?.people.map(({ actor }) => actor.name)).toEqual([
      'Tom Reddick',
      'Mara',
    ]);
    const seen = stage.shown.filter((beat) => beat.kind === 'exit').map((beat) => beat.place ?? 'main');
    expect(seen).toEqual(['main', 'main']);
  });

  test('a character is told of what it missed as somebody’s version, and knows it as told', async () => {
    const { engine, say, promptsOf } = await twoRooms();
    await say(SCENE, 'Wenna, the boat is GONE-AWAY.');
    await engine.ledger.inform(SCENE, { to: 'tom', from: 'wenna', text: 'The boat was STOLEN-SAYS-WENNA.' });
    await say(CELLAR, 'Tom, have you heard?', BRYN);
    const prompt = promptsOf('Tom Reddick').at(-1) ?? '';
    expect(prompt).toContain('STOLEN-SAYS-WENNA');
    expect(prompt).toMatch(/Old Wenna tells Tom Reddick/);
    expect(prompt).not.toContain('GONE-AWAY');
    expect(promptsOf('Ines').join()).not.toContain('STOLEN-SAYS-WENNA');
  });

  test('asleep perceives nothing, apart sees and does not hear, and both wake to what comes after', async () => {
    const { engine, say, promptsOf } = await twoRooms();
    await engine.ledger.setCondition(SCENE, 'character:ines', 'asleep');
    await engine.ledger.setCondition(SCENE, 'character:wenna', 'apart');
    await say(SCENE, '*lifts LANTERN-SEEN* The code is WORD-HEARD.');
    await engine.ledger.setCondition(SCENE, 'character:ines', 'awake');
    await engine.ledger.setCondition(SCENE, 'character:wenna', 'awake');
    await say(SCENE, 'Ines?');
    await say(SCENE, 'Wenna?');
    expect(promptsOf('Ines').join()).not.toMatch(/LANTERN-SEEN|WORD-HEARD/);
    expect(promptsOf('Old Wenna').join()).toContain('LANTERN-SEEN');
    expect(promptsOf('Old Wenna').join()).not.toContain('WORD-HEARD');
  });

  test('/knows tells an asker of what they witnessed themselves, the owner of what was open; never a thought', async () => {
    const { engine, say } = await twoRooms();
    await say(SCENE, 'Wenna, remember the RED-LAMP.');
    await say(CELLAR, 'Tom, keep the BLUE-LAMP.', BRYN);
    await engine.whisper(CELLAR, { player: BRYN, text: 'The GREEN-LAMP is ours.', to: ['tom'] });
    await engine.idle(SCENE);
    const words = async (card: string, id: string, moderator = false) =>
      JSON.stringify(await engine.ledger.knows(SCENE, card, { id, moderator }, 'lamp'));
    expect(await words('tom', 'p2')).toMatch(/BLUE-LAMP.*GREEN-LAMP/);
    expect(await words('tom', 'p1')).toContain('BLUE-LAMP');
    expect(await words('tom', 'p1')).not.toContain('GREEN-LAMP');
    expect(await words('wenna', 'p2')).not.toContain('RED-LAMP');
    expect(await words('tom', 'p9')).toBe('[]');
    // Who told it by hand may know that they did; others are told nothing of it.
    await engine.ledger.inform(SCENE, { to: 'wenna', text: 'The TOLD-LAMP is broken.', from: 'tom' });
    expect(await words('wenna', 'p1')).toContain('TOLD-LAMP');
    expect(await words('wenna', 'p2')).not.toContain('TOLD-LAMP');
    expect(await words('tom', 'p2')).not.toMatch(/"thought"|T-\d/);
  });

  test('of a room that is gone everyone comes to the main place, also where a rewind would put them back', async () => {
    const { engine, say } = await twoRooms();
    await say(CELLAR, 'Tom, wait here.', BRYN);
    const to = (await engine.past.swipes(CELLAR))?.n ?? 0;
    await engine.ledger.closeRoom(CELLAR);
    const places = async () =>
      (await engine.ledger.map(SCENE)).map(({ people }) => people.map(({ actor }) => actor.name));
    expect(await places()).toEqual([['Old Wenna', 'Tom Reddick', 'Ines', 'Mara', 'Bryn']]);
    expect(await engine.hear(CELLAR, { player: BRYN, text: 'Tom?' })).toMatchObject({ because: 'no-scene' });
    await expect(engine.ledger.move(SCENE, 'tom', CELLAR)).rejects.toThrow(/no such room/);
    await engine.past.rewind(SCENE, to);
    expect(await places()).toEqual([['Old Wenna', 'Tom Reddick', 'Ines', 'Mara', 'Bryn']]);
  });

  test('a room is found again after a restart, and is none when its scene has ended', async () => {
    const { engine, store, stage } = await twoRooms();
    await engine.close();
    const model = scriptedModel({});
    const again = await playHouse({ store, stage, models: { actor: model, director: model } });
    expect(await again.engine.hear(CELLAR, { player: BRYN, text: 'Tom, still there?' })).toMatchObject({
      heard: true,
    });
    await again.engine.idle(SCENE);
    await again.engine.end(SCENE);
    expect(await again.engine.hear(CELLAR, { player: BRYN, text: 'Tom?' })).toEqual({
      heard: false,
      because: 'no-scene',
    });
  });
});
