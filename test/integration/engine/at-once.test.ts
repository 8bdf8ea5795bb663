import { describe, expect, test } from 'vitest';
import type { StartScene } from '../../../src/engine/engine-api.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { answeringModel, promptOf } from '../../support/answering-model.ts';
import { heldModel } from '../../support/held-model.ts';
import { OWNER, type PlayHouse, playHouse, SCENE } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';

const CALLED: StartScene = {
  id: SCENE,
  stage: 'web',
  owner: OWNER,
  cast: ['wenna', 'tom', 'ines'],
  preset: 'called-only',
  seed: 1,
};

async function scene(options: Parameters<typeof playHouse>[0] = {}, start = {}): Promise<PlayHouse> {
  const house = await playHouse(options);
  await house.engine.start({ ...CALLED, ...start });
  await house.engine.idle(SCENE);
  return house;
}

/** A surface on which the post of a beat waits until the test lets it go. */
function slowSurface(words: string) {
  const stage = createRecordingStage();
  const posting = Promise.withResolvers<void>();
  const posted = Promise.withResolvers<void>();
  stage.beforeShow = async (beat) => {
    if (!beat.segments.some((segment) => segment.text.includes(words))) return;
    posting.resolve();
    await posted.promise;
  };
  return { stage, posting: posting.promise, letGo: posted.resolve };
}

describe('while a beat is being posted', () => {
  test('/stop ends the exchange after it', async () => {
    const { stage, posting, letGo } = slowSurface('Said');
    const models = { actor: answeringModel(), director: answeringModel() };
    const { engine } = await scene({ stage, models }, { preset: 'conversation' });
    await engine.hear(SCENE, { player: OWNER, text: 'Tom and Wenna, speak.' });
    await posting;
    const stopped = engine.stop(SCENE);
    letGo();
    expect(await stopped).toBe(true);
    await engine.idle(SCENE);
    expect(stage.lines().slice(-2)).toEqual([
      'Mara: Tom and Wenna, speak.',
      expect.stringMatching(/^Tom Reddick: Said/),
    ]);
  });

  test('a line that comes meanwhile is heard after it, and both are answered in order', async () => {
    const { stage, posting, letGo } = slowSurface('Said');
    const { engine } = await scene({ stage, models: { actor: answeringModel() } });
    await engine.hear(SCENE, { player: OWNER, text: 'Tom?' });
    await posting;
    const second = engine.hear(SCENE, { player: OWNER, text: 'Ines?' });
    letGo();
    expect(await second).toMatchObject({ heard: true });
    await engine.idle(SCENE);
    expect(
      stage
        .lines()
        .map((line) => line.split(':')[0])
        .slice(-4),
    ).toEqual(['Mara', 'Tom Reddick', 'Mara', 'Ines']);
  });

  test('closing waits for the post, and nothing is made after it', async () => {
    const { stage, posting, letGo } = slowSurface('Said');
    const { engine } = await scene({ stage, models: { actor: answeringModel() } });
    await engine.hear(SCENE, { player: OWNER, text: 'Tom and Ines?' });
    await posting;
    let closed = false;
    const closing = engine.close().then(() => {
      closed = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(closed).toBe(false);
    letGo();
    await closing;
    expect(stage.lines().at(-1)).toMatch(/^Tom Reddick: Said/);
    await expect(engine.summon(SCENE, 'ines')).rejects.toThrow(/abort/i);
  });
});

describe('while a turn is being made', () => {
  test('pause breaks it off, and the scene goes on from the same line', async () => {
    const actor = heldModel();
    const { engine, stage } = await scene({ models: { actor } });
    await engine.hear(SCENE, { player: OWNER, text: 'Tom?' });
    await actor.asked(1);
    await engine.pause(SCENE);
    await engine.idle(SCENE);
    expect(actor.aborted()).toBe(1);
    expect(stage.lines().at(-1)).toBe('Mara: Tom?');
    await engine.unpause(SCENE);
    await actor.asked(2);
    actor.answer(2, 'Here.');
    await engine.idle(SCENE);
    expect(stage.lines().at(-1)).toBe('Tom Reddick: Here.');
  });

  test('a dismissed character never finishes it, and whoever else was called answers', async () => {
    const actor = heldModel();
    const { engine, stage } = await scene({ models: { actor } });
    await engine.hear(SCENE, { player: OWNER, text: 'Tom and Ines?' });
    await actor.asked(1);
    await engine.dismiss(SCENE, 'tom');
    expect(promptOf(await actor.asked(2))).toContain('Your character: Ines');
    actor.answer(2, 'I am still here.');
    await engine.idle(SCENE);
    expect(stage.lines().at(-1)).toBe('Ines: I am still here.');
  });

  test('one who is dismissed while the director thinks is not given the turn', async () => {
    const director = heldModel();
    const actor = answeringModel();
    const { engine, stage } = await scene({ models: { actor, director } }, { preset: 'conversation' });
    await engine.hear(SCENE, { player: OWNER, text: 'Good evening.' });
    await director.asked(1);
    await engine.dismiss(SCENE, 'tom');
    await director.asked(2);
    director.answer(2, '{"reasoning":"","next_speaker":"Ines"}');
    await director.asked(3);
    director.answer(3, '{"reasoning":"","next_speaker":"Mara"}');
    await engine.idle(SCENE);
    expect(stage.lines().at(-1)).toMatch(/^Ines: Said/);
  });

  test('other minds connected meanwhile get prompts of their own layout from the next turn on', async () => {
    const director = heldModel();
    const plain = answeringModel();
    const her = answeringModel({ profile: 'her' });
    const { engine } = await scene({ models: { actor: plain, director } }, { preset: 'conversation' });
    await engine.hear(SCENE, { player: OWNER, text: 'Good evening.' });
    await director.asked(1);
    engine.useModels({ actor: her, director });
    director.answer(1, '{"reasoning":"","next_speaker":"Ines"}');
    await director.asked(2);
    director.answer(2, '{"reasoning":"","next_speaker":"Mara"}');
    await engine.hear(SCENE, { player: OWNER, text: 'Ines?' });
    await director.asked(3);
    director.answer(3, '{"reasoning":"","next_speaker":"Mara"}');
    await engine.idle(SCENE);
    expect(promptOf(her.asked.at(-1))).toContain('===Requirements===');
    for (const request of plain.asked) expect(promptOf(request)).not.toContain('===Requirements===');
  });

  test('an edit of what it answers makes it anew, and a prompt never holds both wordings', async () => {
    const actor = heldModel();
    const { engine, stage } = await scene({ models: { actor } });
    await engine.hear(SCENE, { player: OWNER, text: 'Tom, FIRST-WORDING?', source: 'm1' });
    await actor.asked(1);
    await engine.amend(SCENE, 'm1', 'Tom, second wording?');
    const prompt = promptOf(await actor.asked(2));
    expect(prompt).toContain('second wording');
    expect(prompt).not.toContain('FIRST-WORDING');
    actor.answer(1, 'To FIRST-WORDING I say no.');
    actor.answer(2, 'To that I say no.');
    await engine.idle(SCENE);
    expect(stage.lines().at(-1)).toBe('Tom Reddick: To that I say no.');
  });

  test('a deletion of what it answers takes the answer back before anyone saw it', async () => {
    const actor = heldModel();
    const { engine, stage } = await scene({ models: { actor } });
    await engine.hear(SCENE, { player: OWNER, text: 'Tom, TO-BE-DELETED?', source: 'm1' });
    await actor.asked(1);
    await engine.retract(SCENE, 'm1');
    expect(promptOf(await actor.asked(2))).not.toContain('TO-BE-DELETED');
    actor.answer(2, 'Well?');
    await engine.idle(SCENE);
    expect(JSON.stringify(stage.shown.slice(-1))).not.toContain('TO-BE-DELETED');
  });

  test('closing breaks it off and waits until it has ended', async () => {
    const actor = heldModel();
    const { engine } = await scene({ models: { actor } });
    await engine.hear(SCENE, { player: OWNER, text: 'Tom?' });
    await actor.asked(1);
    await engine.close();
    expect(actor.aborted()).toBe(1);
  });

  test('a turn is shown once to those who follow drafts, and one of them that fails stops nothing', async () => {
    const { engine, stage } = await scene({ models: { actor: answeringModel() } });
    const seen: number[] = [];
    engine.backstage.onDraft(() => {
      throw new Error('a listener broke');
    });
    engine.backstage.onDraft((draft) => seen.push(draft.beat ?? 0));
    await engine.hear(SCENE, { player: OWNER, text: 'Tom and Ines?' });
    await engine.idle(SCENE);
    expect(seen).toEqual(stage.shown.slice(-2).map((beat) => beat.n));
  });
});

describe('starting', () => {
  test('twice at once gives one scene', async () => {
    const { engine, stage } = await playHouse();
    const starts = await Promise.allSettled([engine.start(CALLED), engine.start(CALLED)]);
    expect(starts.map((start) => start.status)).toEqual(['fulfilled', 'rejected']);
    expect(stage.lines()).toHaveLength(1);
  });

  test('in a place that waits for its surface holds up no other place', async () => {
    const { stage, posting, letGo } = slowSurface('Old Wenna at your service');
    const { engine } = await playHouse({ stage });
    const slow = engine.start(CALLED);
    await posting;
    await engine.start({ ...CALLED, id: 'web:two', cast: ['tom'] });
    letGo();
    await slow;
    expect(stage.lines().map((line) => line.split(':')[0])).toEqual(['Tom Reddick', 'Old Wenna']);
  });

  test('finds the scene begun whoever speaks meanwhile, where another ended before', async () => {
    const { engine, store } = await scene();
    await engine.end(SCENE);
    const restart = engine.start(CALLED);
    const heard = [];
    for (let n = 0; n < 40; n += 1) {
      heard.push(engine.hear(SCENE, { player: { id: 'p2', name: 'Bo' }, text: `Tom, ${n}?` }));
      await Promise.resolve();
    }
    await Promise.all([restart, ...heard]);
    await engine.idle(SCENE);
    const kinds = (await Array.fromAsync(store.read(`${SCENE}#2`))).map((beat) => beat.kind);
    expect(kinds.slice(0, 5)).toEqual(['setting', 'entrance', 'entrance', 'entrance', 'entrance']);
    expect(kinds).toContain('line');
  });

  test('leaves the record of its place to the new scene, whatever is still asked of the old one', async () => {
    const { engine, store } = await scene();
    await engine.end(SCENE);
    const late = [engine.leave(SCENE, OWNER.id), engine.stop(SCENE)];
    const restart = engine.start(CALLED);
    late.push(engine.stop(SCENE));
    await Promise.all([restart, ...late]);
    await engine.idle(SCENE);
    expect(await store.get('scene', SCENE)).toMatchObject({ log: `${SCENE}#2`, status: 'playing' });
    expect(await store.get('scene', `${SCENE}#1`)).toMatchObject({ log: `${SCENE}#1`, status: 'ended' });
  });

  test('is waited for when the engine closes', async () => {
    const { stage, posting, letGo } = slowSurface('Old Wenna at your service');
    const { engine, store } = await playHouse({ stage });
    const start = engine.start(CALLED);
    await posting;
    const closing = engine.close();
    letGo();
    await Promise.all([closing, start]);
    expect(await store.get('scene', SCENE)).toMatchObject({ log: `${SCENE}#1` });
  });
});

describe('halting a server', () => {
  test('stops what is made in all its scenes at once, though one of them waits for its surface', async () => {
    const { stage, posting, letGo } = slowSurface('Said');
    const discord = { ...stage, name: 'discord' as const };
    const actor = heldModel();
    const { engine } = await playHouse({ stage: discord, models: { actor }, listedServers: '*' });
    for (const id of ['discord:a', 'discord:b']) {
      await engine.start({ ...CALLED, id, stage: 'discord', server: 's1' });
      await engine.hear(id, { player: OWNER, text: 'Tom?' });
    }
    await actor.asked(2);
    actor.answer(1, 'Said this.');
    await posting;
    const halting = engine.servers.halt('s1');
    while (actor.aborted() === 0) await new Promise((resolve) => setImmediate(resolve));
    letGo();
    expect(await halting).toBe(2);
    for (const id of ['discord:a', 'discord:b']) {
      await engine.idle(id);
      expect((await engine.info(id))?.record.status).toBe('paused');
    }
  });

  test('stops a scene that is just being started there', async () => {
    const { stage, posting, letGo } = slowSurface('Old Wenna at your service');
    const discord = { ...stage, name: 'discord' as const };
    const { engine } = await playHouse({ stage: discord });
    const start = engine.start({ ...CALLED, id: 'discord:a', stage: 'discord', server: 's1' });
    await posting;
    const halting = engine.servers.halt('s1');
    letGo();
    await Promise.all([start, halting]);
    expect((await engine.info('discord:a'))?.record.status).toBe('paused');
  });
});

describe('after a restart', () => {
  test.each([
    ['someone left', (house: PlayHouse) => house.engine.leave(SCENE, OWNER.id)],
    ['someone was dismissed', (house: PlayHouse) => house.engine.dismiss(SCENE, 'ines')],
    ['someone joined', (house: PlayHouse) => house.engine.join(SCENE, { id: 'p2', name: 'Bo' })],
    ['a line was edited', (house: PlayHouse) => house.engine.amend(SCENE, 'm1', 'Good morning.')],
    ['a line was deleted', (house: PlayHouse) => house.engine.retract(SCENE, 'm1')],
    ['someone came in', (house: PlayHouse) => house.engine.summon(SCENE, 'ines')],
    ['something was narrated', (house: PlayHouse) => house.engine.narrate(SCENE, 'Rain.')],
  ] as const)('a scene that rested when %s goes on resting', async (what, change) => {
    const store = await openStore('memory:');
    const first = await playHouse({ store, models: { actor: answeringModel() } });
    // It would go on, and was stopped.
    await first.engine.start({ ...CALLED, cast: ['wenna', 'tom'], preset: 'theatre' });
    await first.engine.hear(SCENE, { player: OWNER, text: 'Good evening.', source: 'm1' });
    await first.engine.stop(SCENE);
    if (what === 'someone was dismissed') await first.engine.summon(SCENE, 'ines');
    await change(first);
    await first.engine.close();
    const again = await playHouse({ store, models: { actor: answeringModel() } });
    await again.engine.resume(SCENE);
    await again.engine.idle(SCENE);
    expect(again.stage.lines()).toEqual([]);
  });
});
