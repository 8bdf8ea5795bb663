import { describe, expect, test } from 'vitest';
import { promptOf } from '../../support/answering-model.ts';
import { OWNER, playHouse, SCENE } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';
import { scriptedModel } from '../../support/scripted-model.ts';

const BRYN = { id: 'p2', name: 'Bryn' } as const;
const BY = { id: OWNER.id, moderator: false };

async function played(parts: Parameters<typeof scriptedModel>[0] = {}) {
  const model = scriptedModel(parts);
  const house = await playHouse({ models: { actor: model, director: model, narrator: model } });
  const { engine } = house;
  await engine.start({ id: SCENE, stage: 'web', owner: OWNER, cast: ['wenna', 'tom', 'ines'], seed: 1 });
  await engine.idle(SCENE);
  const say = async (text: string, player: typeof OWNER | typeof BRYN = OWNER) => {
    const heard = await engine.hear(SCENE, { player, text });
    await engine.idle(SCENE);
    return heard;
  };
  const promptsOf = (name: string) =>
    model.asked.filter(({ of }) => of === name).map(({ request }) => promptOf(request));
  return { ...house, model, say, promptsOf };
}

describe('whispers', () => {
  test('reach their addressee alone, whose answer reaches the whisperer alone', async () => {
    const { engine, stage, promptsOf, say, model } = await played();
    await say('Good evening.', BRYN);
    const before = stage.pieces.length;
    await engine.whisper(SCENE, { player: OWNER, text: 'WHISPERED-WORD', to: ['tom'] });
    await engine.idle(SCENE);
    expect(stage.whispers).toEqual([expect.stringMatching(/^p1: Tom Reddick: Line \d+ of Tom Reddick\.$/)]);
    const answer = stage.whispers[0]?.slice('p1: Tom Reddick: '.length) ?? '';
    // Not even piece by piece while it is made, nor that anything is made.
    const room = JSON.stringify([stage.shown, stage.notices, stage.pieces.slice(before)]);
    expect(room).not.toMatch(/WHISPERED-WORD|typing Tom|partial Tom/);
    expect(room).not.toContain(answer);
    await say('Ines, anything new?');
    await say('Tom, and you?');
    for (const { of, request } of model.asked) {
      if (of === 'Tom Reddick') continue;
      expect(promptOf(request), of).not.toContain('WHISPERED-WORD');
      expect(promptOf(request), of).not.toContain(answer);
    }
    expect(promptsOf('Tom Reddick').at(-1)).toContain(answer);
    const mine = JSON.stringify(await engine.ledger.witnessedBy(SCENE, 'p1'));
    expect(mine).toContain(answer);
    expect(mine).not.toMatch(/T-\d/);
    expect(JSON.stringify(await engine.ledger.witnessedBy(SCENE, 'p2'))).not.toContain(answer);
  });

  test('whose answer the process did not live to hand over is handed over at the next start, once', async () => {
    const model = scriptedModel({});
    const dying = createRecordingStage('discord', true);
    const asked = Promise.withResolvers<void>();
    dying.whisper = () => {
      asked.resolve();
      // As a process that ends in the middle of it.
      return new Promise<boolean>(() => undefined);
    };
    const { engine, store } = await playHouse({ models: { actor: model, director: model }, stage: dying });
    await engine.start({ id: SCENE, stage: 'discord', server: 's1', owner: OWNER, cast: ['tom'], seed: 1 });
    await engine.whisper(SCENE, { player: OWNER, text: 'Psst.', to: ['tom'] });
    await asked.promise;
    const handed: string[] = [];
    for (const _start of ['first', 'second']) {
      const stage = createRecordingStage('discord', true);
      const again = await playHouse({ store, stage, models: {} });
      await again.engine.resume(SCENE);
      handed.push(...stage.whispers);
    }
    expect(handed).toEqual([expect.stringMatching(/^p1: Tom Reddick: Line \d+ of Tom Reddick\.$/)]);
  });

  test('to someone who left is refused, and nothing is recorded', async () => {
    const { engine } = await played();
    await engine.dismiss(SCENE, 'tom');
    const before = (await engine.info(SCENE))?.beats;
    await expect(engine.whisper(SCENE, { player: OWNER, text: 'psst', to: ['tom'] })).rejects.toThrow(
      /not in the scene/,
    );
    expect((await engine.info(SCENE))?.beats).toBe(before);
  });
});

describe('what the cast never hears', () => {
  test.each(['// brb', '((back in five))', '((back in five'])('%s', async (text) => {
    const { say } = await played();
    expect(await say(text)).toEqual({ heard: false, because: 'out-of-character' });
  });

  test('a player’s own thought and spoiler', async () => {
    const { say, promptsOf } = await played();
    await say('Tom, I am a friend. [THOUGHT-OF-PLAYER] ||SPOILER-OF-PLAYER||');
    expect(promptsOf('Tom Reddick').at(-1)).toContain('I am a friend.');
    expect(promptsOf('Tom Reddick').join()).not.toMatch(/OF-PLAYER/);
  });

  test('a thought of a player calls nobody', async () => {
    const { say, promptsOf } = await played({ next: () => 'Ines' });
    await say('[I wonder whether Tom lies] Good day.');
    expect(promptsOf('Tom Reddick')).toEqual([]);
    expect(promptsOf('Ines').length).toBeGreaterThan(0);
  });

  test('/ooc: the room reads it, no log and no prompt holds it', async () => {
    const { engine, stage, store, say, model } = await played();
    await engine.direction.outOfCharacter(SCENE, OWNER, 'OOC-WORDS');
    expect(stage.notices.at(-1)).toMatchObject({ kind: 'ooc', text: expect.stringContaining('OOC-WORDS') });
    await say('Tom?');
    expect(JSON.stringify(await Array.fromAsync(store.read(`${SCENE}#1`)))).not.toContain('OOC-WORDS');
    expect(model.asked.map(({ request }) => promptOf(request)).join()).not.toContain('OOC-WORDS');
  });
});

describe('what an owner plants', () => {
  test('is in that character’s mind for its next turns, and in no other', async () => {
    const { engine, say, promptsOf, stage } = await played();
    await engine.direction.plant(SCENE, 'tom', 'PLANTED-THOUGHT', 2);
    await say('Tom, one?');
    await say('Tom, two?');
    await say('Tom, three?');
    await say('Ines?');
    const had = promptsOf('Tom Reddick').map((prompt) => prompt.includes('PLANTED-THOUGHT'));
    expect(had).toEqual([true, true, false]);
    expect(promptsOf('Ines').join()).not.toContain('PLANTED-THOUGHT');
    expect(JSON.stringify([stage.shown, stage.notices])).not.toContain('PLANTED-THOUGHT');
  });

  test('a direction is read by the director and the Environment, never by the cast', async () => {
    const { engine, say, model } = await played({ next: () => 'random' });
    await engine.direction.steer(SCENE, 'STEERING-WORDS', 4);
    await say('Well, everyone?');
    await engine.narrate(SCENE);
    await engine.idle(SCENE);
    const read = (of: string) =>
      model.asked
        .filter((one) => one.of === of)
        .some(({ request }) => promptOf(request).includes('STEERING-WORDS'));
    expect(read('director')).toBe(true);
    expect(['Tom Reddick', 'Old Wenna', 'Ines'].some(read)).toBe(false);
  });

  test('a player’s secret is theirs alone', async () => {
    const { engine, say, model } = await played();
    await say('Good evening.', BRYN);
    await engine.ledger.setSecret(SCENE, 'p2', 'SECRET-AIM');
    expect(await engine.ledger.secretOf(SCENE, 'p2')).toBe('SECRET-AIM');
    expect(await engine.ledger.secretOf(SCENE, 'p1')).toBeUndefined();
    await say('Tom?');
    expect(model.asked.map(({ request }) => promptOf(request)).join()).not.toContain('SECRET-AIM');
  });
});

describe('the Environment', () => {
  const leaves = JSON.stringify({
    narration: 'The cellar door swings to.',
    changes: [{ who: 'Tom Reddick', what: 'leaves', how: 'Tom leaves by the cellar door.' }],
  });

  test('tells who leaves; they perceive nothing from then on, until that is undone', async () => {
    const { engine, say, promptsOf, stage } = await played({ world: () => leaves });
    await engine.narrate(SCENE);
    await engine.idle(SCENE);
    const exit = stage.shown.find((beat) => beat.kind === 'exit');
    expect(exit).toMatchObject({ inferred: true, segments: [{ text: 'Tom leaves by the cellar door.' }] });
    await say('He is gone. The PASSWORD-SPOKEN is safe.');
    expect(JSON.stringify(await engine.backstage.mind(SCENE, 'tom'))).not.toContain('PASSWORD-SPOKEN');
    expect(await engine.past.undo(SCENE, exit?.n ?? 0)).toBe('Tom Reddick');
    const mind = JSON.stringify(await engine.backstage.mind(SCENE, 'tom'));
    expect(mind).toContain('PASSWORD-SPOKEN');
    expect(mind).not.toContain('cellar door.');
    await say('Tom, you heard that?');
    expect(promptsOf('Tom Reddick').at(-1)).toContain('PASSWORD-SPOKEN');
    await expect(engine.past.undo(SCENE, exit?.n ?? 0)).rejects.toThrow(/Too late/);
  });

  test('a wrong step aside is undone with what was said meanwhile', async () => {
    const aside = JSON.stringify({
      narration: 'Tom drifts to the window.',
      changes: [{ who: 'Tom Reddick', what: 'steps aside', how: '' }],
    });
    const { engine, say, stage } = await played({ world: () => aside });
    await engine.narrate(SCENE);
    await engine.idle(SCENE);
    const { n = 0 } = stage.shown.find(({ inferred }) => inferred) ?? {};
    await say('*waves* The PASSWORD-SPOKEN is safe.');
    expect(JSON.stringify(await engine.backstage.mind(SCENE, 'tom'))).not.toContain('PASSWORD-SPOKEN');
    await engine.past.undo(SCENE, n);
    expect(JSON.stringify(await engine.backstage.mind(SCENE, 'tom'))).toContain('PASSWORD-SPOKEN');
  });

  test('an answer that is no JSON is narration all the same, and changes nobody', async () => {
    const { engine, stage } = await played({ world: () => 'The rain grows louder.' });
    await engine.narrate(SCENE);
    await engine.idle(SCENE);
    expect(stage.lines().at(-1)).toBe('Environment: The rain grows louder.');
  });
});

describe('personas and peeks', () => {
  test('a persona is who speaks, what others know of it, and only in this scene', async () => {
    const { engine, say, promptsOf } = await played();
    const actor = await engine.ledger.setPersona(SCENE, OWNER, {
      name: 'Captain Hale',
      sheet: 'SHEET-OF-HALE',
    });
    expect(actor.name).toBe('Captain Hale');
    await say('Tom, at ease.');
    expect(promptsOf('Tom Reddick').at(-1)).toMatch(/SHEET-OF-HALE/);
    expect(promptsOf('Tom Reddick').at(-1)).toContain('Captain Hale: Tom, at ease.');
    await engine.ledger.setPersona(SCENE, OWNER, undefined);
    await say('Tom, as you were.');
    expect(promptsOf('Tom Reddick').at(-1)).toContain('Mara: Tom, as you were.');
  });

  test('a persona cannot bear the name of a cast member', async () => {
    const { engine } = await played();
    const actor = await engine.ledger.setPersona(SCENE, OWNER, { name: 'Tom Reddick' });
    expect(actor.name).not.toBe('Tom Reddick');
  });

  test('thoughts are read by those whom the policy lets', async () => {
    const { engine, say } = await played();
    const heard = await say('Tom?');
    const n = heard.heard ? heard.beat + 1 : 0;
    const other = { id: 'p2', moderator: false };
    expect((await engine.peek(SCENE, n, BY)).map(({ text }) => text)).toEqual(['T-1']);
    await expect(engine.peek(SCENE, n, other)).rejects.toThrow(/owner and moderators/);
    await engine.setPeek(SCENE, 'nobody');
    await expect(engine.peek(SCENE, n, BY)).rejects.toThrow(/nobody/);
    await engine.setPeek(SCENE, 'everyone');
    expect((await engine.peek(SCENE, n, other)).map(({ text }) => text)).toEqual(['T-1']);
    await expect(engine.why(SCENE, n, other)).rejects.toThrow(/moderator/);
    expect(await engine.why(SCENE, n, BY)).toMatchObject({ by: 'scripted', attempts: 1 });
  });
});
