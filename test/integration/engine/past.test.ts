import { describe, expect, test } from 'vitest';
import { promptOf } from '../../support/answering-model.ts';
import { OWNER, playHouse, SCENE } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';
import { scriptedModel } from '../../support/scripted-model.ts';

const BY = { id: OWNER.id, moderator: false };
const STRANGER = { id: 'p7', moderator: false };

async function played(keeps = true) {
  const model = scriptedModel({});
  const stage = createRecordingStage('discord', keeps);
  const house = await playHouse({ models: { actor: model, director: model }, stage });
  const { engine } = house;
  await engine.start({
    id: SCENE,
    stage: 'discord',
    server: 's1',
    owner: OWNER,
    cast: ['wenna', 'tom', 'ines'],
    preset: 'called-only',
    seed: 1,
  });
  await engine.idle(SCENE);
  let messages = 0;
  const say = async (text: string) => {
    const heard = await engine.hear(SCENE, { player: OWNER, text, source: `said-${++messages}` });
    await engine.idle(SCENE);
    return heard.heard ? heard.beat : 0;
  };
  const promptsOf = (name: string) =>
    model.asked.filter(({ of }) => of === name).map(({ request }) => promptOf(request));
  return { ...house, model, say, promptsOf };
}

describe('swipes', () => {
  test('a new version is drafted from what the first was drafted from, and is what everybody witnessed', async () => {
    const { engine, say, promptsOf, stage } = await played();
    const asked = await say('Tom, is there a boat?');
    const swiped = await engine.past.swipe(SCENE, 'next', BY);
    expect(swiped).toEqual({ n: asked + 1, version: 2, versions: 2 });
    expect(await engine.why(SCENE, swiped.n, BY)).toMatchObject({ why: 'Tom Reddick was called' });
    const [first, second] = promptsOf('Tom Reddick');
    expect(second).toBe(first);
    const thoughts = await engine.backstage.thoughts(SCENE, asked + 1);
    expect(thoughts.map(({ text }) => text)).toEqual(['T-2']);
    expect(stage.updates.at(-1)).toEqual({ n: asked + 1, text: 'Line 2 of Tom Reddick.' });
    await say('Ines, did you hear him?');
    expect(promptsOf('Ines').at(-1)).toContain('Line 2 of Tom Reddick.');
    expect(promptsOf('Ines').at(-1)).not.toContain('Line 1 of Tom Reddick.');
    expect(promptsOf('Ines').at(-1)).not.toMatch(/T-\d/);
  });

  test('go back and forth among what was drafted, and stop at the first', async () => {
    const { engine, say } = await played();
    await say('Tom?');
    await engine.past.swipe(SCENE, 'next', BY);
    expect(await engine.past.swipe(SCENE, 'previous', BY)).toMatchObject({ version: 1, versions: 2 });
    expect(await engine.past.swipe(SCENE, 'next', BY)).toMatchObject({ version: 2, versions: 2 });
    await engine.past.swipe(SCENE, 'previous', BY);
    await expect(engine.past.swipe(SCENE, 'previous', BY)).rejects.toThrow(/first version/);
  });

  test('belong to whom the line answers, the owner and moderators, and to the newest line', async () => {
    const { engine, say } = await played();
    await say('Tom?');
    const { n = 0 } = (await engine.past.swipes(SCENE)) ?? {};
    await expect(engine.past.swipe(SCENE, 'next', STRANGER)).rejects.toThrow(/answers somebody else/);
    await expect(engine.past.swipe(SCENE, 'next', { ...STRANGER, moderator: true })).resolves.toBeDefined();
    await say('Ines?');
    await expect(engine.past.swipe(SCENE, 'next', BY, n)).rejects.toThrow(/gone on since/);
  });

  test('survive a restart, each version with its own thoughts', async () => {
    const { engine, say, store, stage } = await played();
    await say('Tom?');
    await engine.past.swipe(SCENE, 'next', BY);
    await engine.close();
    const model = scriptedModel({});
    const again = await playHouse({ store, stage, models: { actor: model, director: model } });
    expect(await again.engine.past.swipes(SCENE)).toMatchObject({ version: 2, versions: 2 });
    const swiped = await again.engine.past.swipe(SCENE, 'previous', BY);
    const thoughts = await again.engine.backstage.thoughts(SCENE, swiped.n);
    expect(thoughts.map(({ text }) => text)).toEqual(['T-1']);
  });
});

describe('rewind', () => {
  test('restores minds: the same words afterwards make the same prompt as they did the first time', async () => {
    const { engine, say, promptsOf, stage } = await played();
    const first = await say('Tom, is there a boat?');
    const after = (await engine.past.swipes(SCENE))?.n ?? 0;
    expect(after).toBe(first + 1);
    await say('Tom, LEFT-BEHIND-ONE.');
    const before = promptsOf('Tom Reddick').at(-1);
    await engine.ledger.setCondition(SCENE, 'character:ines', 'asleep');
    await engine.direction.plant(SCENE, 'tom', 'PLANTED-LATER', 9);
    await say('Wenna, LEFT-BEHIND-TWO.');
    const left = await engine.past.rewind(SCENE, after);
    // Two lines with their answers, and a falling asleep; what was planted nobody saw.
    expect(left).toBe(5);
    expect(stage.rewinds).toEqual([{ to: after, left: expect.any(Array), erase: false }]);
    expect(JSON.stringify(await engine.replay(SCENE))).not.toContain('LEFT-BEHIND');
    await say('Tom, LEFT-BEHIND-ONE.');
    expect(promptsOf('Tom Reddick').at(-1)).toBe(before);
    await say('Ines, you are awake?');
    expect(promptsOf('Ines').at(-1)).not.toContain('LEFT-BEHIND-TWO');
  });

  test('counts as left behind what people could see, as the question before it does', async () => {
    const { engine, say } = await played();
    const to = await say('Good evening.');
    await say('Tom?');
    await engine.past.swipe(SCENE, 'next', BY);
    await engine.past.swipe(SCENE, 'previous', BY);
    const seen = (await engine.replay(SCENE, to + 1)).length;
    expect(await engine.past.rewind(SCENE, to)).toBe(seen);
  });

  test('is the same after a restart, and what was heard once is not heard again', async () => {
    const { engine, say, store, stage } = await played();
    await say('Tom, is there a boat?');
    const to = (await engine.past.swipes(SCENE))?.n ?? 0;
    await say('Ines, LEFT-BEHIND.');
    await engine.past.rewind(SCENE, to);
    const minds = await engine.backstage.mind(SCENE, 'tom');
    await engine.close();
    const again = await playHouse({ store, stage, models: {} });
    expect(await again.engine.backstage.mind(SCENE, 'tom')).toEqual(minds);
    expect(
      await again.engine.hear(SCENE, { player: OWNER, text: 'Ines, LEFT-BEHIND.', source: 'said-2' }),
    ).toEqual({
      heard: false,
      because: 'repeat',
    });
  });

  test('to what is not part of the story is refused; a rewind past a rewind works', async () => {
    const { engine, say } = await played();
    await say('Tom?');
    const one = (await engine.past.swipes(SCENE))?.n ?? 0;
    const two = await say('Ines?');
    await engine.past.rewind(SCENE, one);
    await expect(engine.past.rewind(SCENE, two)).rejects.toThrow(/not part of the story/);
    await say('Wenna?');
    await engine.past.rewind(SCENE, one);
    expect(await engine.past.swipes(SCENE)).toMatchObject({ n: one });
  });
});

describe('branches and deletions', () => {
  test('a branch has identical minds, plays on by itself, and a deletion reaches its copy', async () => {
    const { engine, say, store } = await played();
    await say('Tom, SECRET-WORD is the key.');
    const at = (await engine.past.swipes(SCENE))?.n ?? 0;
    const record = await engine.past.branch(SCENE, at, { id: 'discord:branch', server: 's1', owner: OWNER });
    expect(await engine.backstage.mind(record.id, 'tom')).toEqual(await engine.backstage.mind(SCENE, 'tom'));
    await engine.hear(record.id, { player: OWNER, text: 'Tom, otherwise?', source: 'b-1' });
    await engine.idle(record.id);
    expect(JSON.stringify(await engine.backstage.mind(SCENE, 'tom'))).not.toContain('otherwise');

    await engine.retract(SCENE, 'said-1');
    expect(JSON.stringify(await engine.backstage.mind(record.id, 'tom'))).not.toContain('SECRET-WORD');
    for (const log of [`${SCENE}#1`, record.log]) {
      expect(JSON.stringify(await Array.fromAsync(store.read(log)))).not.toContain('SECRET-WORD');
    }
  });

  test('a branch of a scene that was rewound holds nothing of what was left behind', async () => {
    const { engine, say } = await played();
    await say('Tom?');
    const to = (await engine.past.swipes(SCENE))?.n ?? 0;
    await say('Tom, LEFT-BEHIND.');
    await engine.past.rewind(SCENE, to);
    await say('Tom, instead?');
    const at = (await engine.past.swipes(SCENE))?.n ?? 0;
    const record = await engine.past.branch(SCENE, at, { id: 'discord:branch', server: 's1', owner: OWNER });
    expect(JSON.stringify(await engine.backstage.mind(record.id, 'tom'))).not.toContain('LEFT-BEHIND');
  });

  test('what was left behind is in the tree of the story, and a branch goes on from there', async () => {
    const { engine, say } = await played();
    await say('Tom?');
    const to = (await engine.past.swipes(SCENE))?.n ?? 0;
    const left = await say('Tom, LEFT-BEHIND.');
    await engine.past.rewind(SCENE, to);
    const instead = await say('Tom, instead?');
    const { moments } = await engine.past.story(SCENE);
    const at = (n: number) => moments.find(({ beat }) => beat.n === n);
    expect(at(left)).toMatchObject({ parent: to, now: false });
    expect(at(instead)).toMatchObject({ parent: to, now: true });
    expect(JSON.stringify(moments)).not.toMatch(/T-\d/);
    const record = await engine.past.branch(SCENE, left, {
      id: 'discord:branch',
      server: 's1',
      owner: OWNER,
    });
    const mind = JSON.stringify(await engine.backstage.mind(record.id, 'tom'));
    expect(mind).toContain('LEFT-BEHIND');
    expect(mind).not.toContain('instead?');
  });

  test('deleting a line erases its versions and the edits of each', async () => {
    const { engine, say, store, stage } = await played();
    await say('Tom?');
    const { n } = await engine.past.swipe(SCENE, 'next', BY);
    await engine.past.reword(SCENE, n, 'REWORDED-SWIPE');
    await engine.retract(SCENE, `m-${SCENE}#1-${n}`);
    const stored = JSON.stringify(await Array.fromAsync(store.read(`${SCENE}#1`)));
    expect(stored).not.toMatch(/REWORDED-SWIPE|Line \d of Tom|T-\d/);
    expect(stage.updates.at(-1)).toEqual({ n, text: '' });
  });

  test('deleting a message of an abandoned line erases its words, too', async () => {
    const { engine, say, store } = await played();
    await say('Tom?');
    const to = (await engine.past.swipes(SCENE))?.n ?? 0;
    await say('Ines, ABANDONED-WORD.');
    await engine.past.rewind(SCENE, to);
    await engine.retract(SCENE, 'said-2');
    expect(JSON.stringify(await Array.fromAsync(store.read(`${SCENE}#1`)))).not.toContain('ABANDONED-WORD');
  });

  test('deleting a message of a scene that ended erases its words, also when another plays there', async () => {
    const { engine, say, store } = await played();
    await say('Tom, OLD-EVENING.');
    await engine.end(SCENE);
    await engine.start({ id: SCENE, stage: 'discord', server: 's1', owner: OWNER, cast: ['wenna'], seed: 2 });
    await engine.idle(SCENE);
    await engine.retract(SCENE, 'said-1');
    expect(JSON.stringify(await Array.fromAsync(store.read(`${SCENE}#1`)))).not.toContain('OLD-EVENING');
  });

  test('an edit by the owner is what everyone heard, and the thought stays', async () => {
    const { engine, say, promptsOf, stage } = await played();
    await say('Tom?');
    const { n = 0 } = (await engine.past.swipes(SCENE)) ?? {};
    await engine.past.reword(SCENE, n, '*laughs* No boat tonight.');
    expect(stage.updates.at(-1)).toEqual({ n, text: 'laughs No boat tonight.' });
    await say('Ines?');
    expect(promptsOf('Ines').at(-1)).toContain('No boat tonight.');
    expect((await engine.backstage.thoughts(SCENE, n)).map(({ text }) => text)).toEqual(['T-1']);
  });

  test('an edit that the process did not live to show is shown at the next start', async () => {
    const { engine, say, store, stage } = await played();
    const asked = await say('Tom, is there a boat?');
    await engine.past.reword(SCENE, asked + 1, 'There is none.');
    await engine.close();
    stage.updates.length = 0;
    const again = await playHouse({ store, stage, models: {} });
    await again.engine.resume(SCENE);
    expect(stage.updates).toEqual([{ n: asked + 1, text: 'There is none.' }]);
  });

  test('a conversation is forgotten: back to the opening, and with erase nothing of it is stored', async () => {
    const { engine, say, store } = await played();
    await say('Tom, FORGET-ME.');
    await engine.past.restart(SCENE, true);
    expect(JSON.stringify(await Array.fromAsync(store.read(`${SCENE}#1`)))).not.toContain('FORGET-ME');
    expect(await engine.replay(SCENE)).not.toContain('FORGET-ME');
    await say('Tom, anew?');
    expect(JSON.stringify(await engine.backstage.mind(SCENE, 'tom'))).toContain('anew?');
  });
});
