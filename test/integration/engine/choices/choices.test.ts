import { describe, expect, test } from 'vitest';
import type { Choice } from '../../../../src/engine/choices/choice.ts';
import { hasherOf } from '../../../../src/engine/choices/version-hash.ts';
import type { Engine } from '../../../../src/engine/engine-api.ts';
import { readBeat } from '../../../../src/engine/past/read-beat.ts';
import type { SceneStore } from '../../../../src/store/scene-store.ts';
import { OWNER, playHouse } from '../../../support/play-house.ts';
import { scriptedModel } from '../../../support/scripted-model.ts';
import { BY, calledTom, storedChoices, TOM } from './counted.ts';

const what = (choices: readonly Choice[]) => choices.map((choice) => choice.what);

/** The hash of a version as it stands in the log now. */
async function hashIn(store: SceneStore, log: string, n: number): Promise<string> {
  const beat = await readBeat(store, log, n);
  if (beat?.kind !== 'line') throw new Error(`beat ${n} is no line`);
  return (await hasherOf(store, log))(beat.segments);
}

async function versions(store: SceneStore, log: string, of: number): Promise<number[]> {
  const beats = await Array.fromAsync(store.read(log));
  return beats.flatMap((beat) =>
    beat.kind === 'line' && (beat.n === of || beat.alternativeTo === of) ? [beat.n] : [],
  );
}

describe('what is counted', () => {
  test('of who did not opt in nothing, whatever they choose', async () => {
    const { engine, id, line, store } = await calledTom('web', { choices: false });
    await engine.past.swipe(id, 'next', BY);
    await engine.past.swipe(id, 'previous', BY);
    await engine.past.reword(id, line, 'Otherwise.', BY);
    expect(await engine.choices.vote(id, line, 'up', BY)).toBe('uncounted');
    expect(await Array.fromAsync(store.ids('choice'))).toEqual([]);
  });

  test('who leafs through versions prefers where they stop', async () => {
    const { engine, id, line, store, counted } = await calledTom('web');
    const log = `${id}#1`;
    await engine.past.swipe(id, 'next', BY);
    await engine.past.swipe(id, 'again', BY);
    const [first = 0, second = 0, third = 0] = await versions(store, log, line);
    const hash = (n: number) => hashIn(store, log, n);
    expect(await counted()).toMatchObject([
      { what: 'swipe', n: line, by: OWNER.id, speaker: 'character:tom', better: await hash(third) },
    ]);
    await engine.past.swipe(id, 'previous', BY);
    const [choice, ...others] = await counted();
    expect(others).toEqual([]);
    expect(choice).toMatchObject({ what: 'pick', better: await hash(second) });
    expect(choice?.worse.toSorted()).toEqual([await hash(first), await hash(third)].toSorted());
  });

  test('a version that nobody could draft leaves what stood unwanted, and says nothing else', async () => {
    const { engine, id, line, store, counted, model } = await calledTom('web');
    const broken = { ...model, async *stream() {} };
    engine.useModels({ actor: broken, director: model });
    await expect(engine.past.swipe(id, 'again', BY)).rejects.toThrow('No other version');
    const [choice] = await counted();
    expect(choice).toMatchObject({ what: 'swipe', worse: [await hashIn(store, `${id}#1`, line)] });
    expect(choice?.better).toBeUndefined();
  });

  test('an edit is better than what stood; one that changes no word is none', async () => {
    const { engine, id, line, store, counted } = await calledTom('web');
    const before = await hashIn(store, `${id}#1`, line);
    await engine.past.reword(id, line, 'EDITED-CANARY.', BY);
    await engine.past.reword(id, line, 'EDITED-CANARY.', BY);
    expect(await counted()).toMatchObject([
      { what: 'edit', better: await hashIn(store, `${id}#1`, line), worse: [before] },
    ]);
  });

  test('one thumb per version: the last one counts, and goes when it is taken back', async () => {
    const { engine, id, line, counted } = await calledTom('web');
    await engine.choices.vote(id, line, 'up', BY);
    expect(await engine.choices.vote(id, line, 'down', BY)).toBe('counted');
    expect(what(await counted())).toEqual(['down']);
    await engine.choices.vote(id, line, undefined, BY);
    expect(await counted()).toEqual([]);
  });

  test('a thumb is about the version that stood, and is found again by its line', async () => {
    const { engine, id, line, store, counted } = await calledTom('web');
    await engine.choices.vote(id, line, 'down', BY);
    await engine.past.swipe(id, 'next', BY);
    await engine.choices.vote(id, line, 'up', BY);
    const [first = 0, second = 0] = await versions(store, `${id}#1`, line);
    const thumbs = (await counted()).filter((choice) => choice.what !== 'swipe');
    expect(thumbs).toContainEqual(
      expect.objectContaining({ what: 'down', worse: [await hashIn(store, `${id}#1`, first)] }),
    );
    expect(thumbs).toContainEqual(
      expect.objectContaining({ what: 'up', better: await hashIn(store, `${id}#1`, second) }),
    );
    await engine.choices.takeBack(id, line, 'down', BY);
    expect(what(await counted()).toSorted()).toEqual(['swipe', 'up']);
  });

  test('who was not there for a line cannot vote for it, nor for what is no line of a character', async () => {
    const { engine, id, line, asked } = await calledTom('web');
    await engine.privacy.optIn(TOM.id, true);
    const late = { id: TOM.id, moderator: false };
    await expect(engine.choices.vote(id, line, 'up', late)).rejects.toThrow(/you were there for/);
    await engine.join(id, TOM);
    await expect(engine.choices.vote(id, line, 'up', late)).rejects.toThrow(/you were there for/);
    await expect(engine.choices.vote(id, asked, 'up', BY)).rejects.toThrow(/no line of a character/);
    await expect(engine.choices.vote(id, 999, 'up', BY)).rejects.toThrow(/no line of a character/);
  });

  test('the scene says whose choices are counted, while they are there', async () => {
    const { engine, id, stage } = await calledTom('web');
    await engine.join(id, TOM);
    const named = async () => (await engine.info(id))?.choicesOf?.map(({ name }) => name);
    expect(await named()).toEqual(['Mara']);
    let changes = 0;
    stage.changed = () => void changes++;
    await engine.privacy.optIn(TOM.id, true);
    expect(changes).toBe(1);
    expect(await named()).toEqual(['Mara', 'Bram']);
    await engine.privacy.optOut(OWNER.id);
    expect(await named()).toEqual(['Bram']);
    await engine.leave(id, TOM.id);
    expect(await named()).toBeUndefined();
  });
});

describe('what is kept', () => {
  async function chooseAll(stage: 'discord' | 'web') {
    const played = await calledTom(stage);
    const { engine, id, line } = played;
    await engine.past.swipe(id, 'next', BY);
    await engine.past.swipe(id, 'previous', BY);
    await engine.past.swipe(id, 'again', BY);
    await engine.choices.vote(id, line, 'up', BY);
    await engine.past.reword(id, line, 'EDITED-CANARY.', BY);
    await engine.choices.vote(id, line, 'down', BY);
    return played;
  }

  test('of a scene on Discord the choice and hashes: not a word, not a name', async () => {
    const { store, counted } = await chooseAll('discord');
    const choices = await counted();
    expect(what(choices).toSorted()).toEqual(['down', 'edit', 'swipe']);
    for (const choice of choices) expect(choice).not.toHaveProperty('seen');
    const stored = await storedChoices(store);
    expect(stored).not.toMatch(/CANARY|nods|Reddick|Wenna|Mara|quay/u);
    // What the documents are made of, so that a field which is new is looked at here.
    const fields = new Set(choices.flatMap((choice) => Object.keys(choice)));
    expect([...fields].toSorted()).toEqual(
      ['at', 'better', 'by', 'log', 'n', 'origin', 'speaker', 'what', 'worse'].toSorted(),
    );
  });

  test('of a scene that never was on Discord also the speaker’s view and the versions', async () => {
    const { counted } = await chooseAll('web');
    const edit = (await counted()).find((choice) => choice.what === 'edit');
    if (edit?.origin !== 'local' || !edit.seen) throw new Error('no view');
    const { context, better = [], worse } = edit.seen;
    expect(context).toMatchObject({ speaker: 'Tom Reddick', setting: 'SETTING-CANARY: a quay.' });
    expect(context.lines.join('\n')).toContain('PLAYER-CANARY');
    expect(context.lines.join('\n')).not.toContain('SAID-CANARY');
    expect(better.map(({ text }) => text)).toEqual([expect.stringContaining('THOUGHT-'), 'EDITED-CANARY.']);
    expect(worse).toHaveLength(1);
    expect(JSON.stringify(worse)).toContain('SAID-CANARY');
  });

  test('a story that came through Discord keeps none, wherever it is played on', async () => {
    const { engine, id, line, store, counted } = await calledTom('web');
    const beats = await Array.fromAsync(store.read(`${id}#1`));
    const said = beats.find(({ kind }) => kind === 'line');
    if (!said) throw new Error('no line');
    await store.rewrite(`${id}#1`, { ...said, origin: 'discord' });
    await engine.choices.vote(id, line, 'up', BY);
    expect(await counted()).toMatchObject([{ what: 'up', origin: 'discord' }]);
    expect(await storedChoices(store)).not.toContain('CANARY');
  });

  test.each([{ origin: 'discord' }, { origin: 'elsewhere' }, { origin: undefined }, { origin: ['local'] }])(
    'nobody reads words out of a document of origin %o, whatever is in it',
    async ({ origin }) => {
      const { engine, id, line, store, counted } = await calledTom('web');
      await engine.choices.vote(id, line, 'up', BY);
      const [key = ''] = (await Array.fromAsync(store.ids('choice'))).filter((one) => one.includes('/by/'));
      const stored = (await store.get('choice', key)) as object;
      expect(JSON.stringify(stored)).toContain('CANARY');
      await store.put('choice', key, { ...stored, origin, words: 'FORGED-CANARY' });
      const read = await counted();
      expect(read).toMatchObject([{ what: 'up', origin: 'discord' }]);
      expect(JSON.stringify(read)).not.toContain('CANARY');
    },
  );

  test('a hash is the same again from the log, and another in another scene', async () => {
    const one = await calledTom('web');
    const other = await calledTom('web');
    const beat = await readBeat(one.store, 'web:one#1', one.line);
    if (beat?.kind !== 'line') throw new Error('no line');
    const hashed = await hasherOf(one.store, 'web:one#1');
    expect(hashed(beat.segments)).toBe((await hasherOf(one.store, 'web:one#1'))(beat.segments));
    expect(hashed(beat.segments)).not.toBe((await hasherOf(other.store, 'web:one#1'))(beat.segments));
    expect(hashed([...beat.segments, { kind: 'speech', text: '.' }])).not.toBe(hashed(beat.segments));
  });

  test('a store that takes no choice stops nobody’s swipe', async () => {
    const { engine, id, store, counted } = await calledTom('web');
    const put = store.put.bind(store);
    store.put = async (kind, ...rest) => {
      if (kind === 'choice') throw new Error('full');
      return put(kind, ...rest);
    };
    expect(await engine.past.swipe(id, 'next', BY)).toMatchObject({ version: 2 });
    expect(await counted()).toEqual([]);
  });
});

describe('what is erased', () => {
  test('who opts out, or in without choices, takes back what was counted', async () => {
    for (const wish of [
      (engine: Engine) => engine.privacy.optOut(OWNER.id),
      (engine: Engine) => engine.privacy.optIn(OWNER.id, false),
    ]) {
      const { engine, id, line, counted } = await calledTom('web');
      await engine.choices.vote(id, line, 'up', BY);
      expect((await engine.privacy.what(OWNER.id)).chosen).toBe(1);
      await wish(engine);
      expect(await counted()).toEqual([]);
      expect(await engine.privacy.what(OWNER.id)).toMatchObject({ chosen: 0, choices: false });
    }
  });

  test('what is chosen while somebody takes back their wish is not written after it', async () => {
    const { engine, id, line, store } = await calledTom('web');
    await Promise.all([
      engine.choices.vote(id, line, 'up', BY),
      engine.past.swipe(id, 'next', BY),
      engine.privacy.optIn(OWNER.id, false),
    ]);
    await engine.idle(id);
    expect((await Array.fromAsync(store.ids('choice'))).filter((key) => key.includes('/by/'))).toEqual([]);
  });

  test('a person’s own go with their data, and others’ whose view holds their words', async () => {
    const { engine, id, say, counted, store } = await calledTom('web');
    await engine.join(id, TOM);
    await engine.privacy.optIn(TOM.id, true);
    await say('Tom, again?');
    const line = (await engine.past.swipes(id))?.n ?? 0;
    await engine.choices.vote(id, line, 'up', { id: TOM.id, moderator: false });
    await engine.choices.vote(id, line, 'down', BY);
    expect(await counted()).toHaveLength(2);
    expect(await storedChoices(store)).toContain('PLAYER-CANARY');
    await engine.privacy.erase(OWNER.id);
    expect(await counted()).toEqual([]);
  });

  test('others’ choices on Discord stay: nothing of the person is in them', async () => {
    const { engine, id, say, counted, store } = await calledTom('discord');
    await engine.join(id, TOM);
    await engine.privacy.optIn(TOM.id, true);
    await say('Tom, again?');
    const line = (await engine.past.swipes(id))?.n ?? 0;
    await engine.choices.vote(id, line, 'up', { id: TOM.id, moderator: false });
    await engine.choices.vote(id, line, 'down', BY);
    await engine.privacy.erase(OWNER.id);
    expect((await counted()).map(({ by }) => by)).toEqual([TOM.id]);
    expect(await storedChoices(store)).not.toContain(OWNER.id);
  });

  test('a hash of a line that repeated what is deleted goes with those words', async () => {
    const words = 'the eleven barrels lie beneath the old pier';
    const model = scriptedModel({
      turn: (name) => `<role_thinking>…</role_thinking>You said ${words}, ${name}?`,
    });
    for (const gone of ['message', 'person'] as const) {
      const { engine, id, say, counted } = await calledTom('discord', { models: { actor: model } });
      await engine.join(id, TOM);
      await engine.privacy.optIn(TOM.id, true);
      const asked = await say(`Tom, ${words}.`);
      await engine.choices.vote(id, asked + 1, 'up', { id: TOM.id, moderator: false });
      expect((await counted()).map(({ n }) => n)).toEqual([asked + 1]);
      if (gone === 'message') await engine.retract(id, 'said-2');
      else await engine.privacy.erase(OWNER.id);
      expect(await counted()).toEqual([]);
    }
  });

  test('of who only looks on nothing is counted, and no card names them', async () => {
    const { engine, id, line, counted } = await calledTom('web');
    await engine.privacy.optIn(TOM.id, true);
    await engine.past.swipe(id, 'next', { id: TOM.id, moderator: true });
    await engine.past.reword(id, line, 'Otherwise.', { id: TOM.id, moderator: true });
    expect(await counted()).toEqual([]);
    expect((await engine.info(id))?.choicesOf?.map(({ name }) => name)).toEqual(['Mara']);
  });

  test('a line that is deleted takes with it what was chosen about it, and every view that holds it', async () => {
    const { engine, id, line, say, counted } = await calledTom('web');
    await engine.choices.vote(id, line, 'up', BY);
    const asked = await say('Wenna, and you?');
    await engine.choices.vote(id, asked + 1, 'up', BY);
    expect((await counted()).map(({ n }) => n)).toEqual([line, asked + 1]);
    // Her second question: the answer to the first was given before it.
    await engine.retract(id, 'said-2');
    expect((await counted()).map(({ n }) => n)).toEqual([line]);
    await engine.retract(id, 'said-1');
    expect(await counted()).toEqual([]);
  });

  test('words that a player takes back stand in no view; what a character is made to say does', async () => {
    const { engine, id, line, counted, store } = await calledTom('web');
    await engine.choices.vote(id, line, 'up', BY);
    await engine.past.reword(id, line, 'Otherwise.', BY);
    expect(what(await counted()).toSorted()).toEqual(['edit', 'up']);
    await engine.amend(id, 'said-1', 'Tom?');
    expect(await storedChoices(store)).not.toContain('CANARY');
  });

  test('a line deleted on Discord takes with it which version of it was liked', async () => {
    const { engine, id, line, say, counted } = await calledTom('discord');
    await engine.choices.vote(id, line, 'up', BY);
    const asked = await say('Wenna, and you?');
    await engine.choices.vote(id, asked + 1, 'up', BY);
    await engine.retract(id, `m-${id}#1-${line}`);
    await engine.retract(id, 'said-1');
    expect((await counted()).map(({ n }) => n)).toEqual([asked + 1]);
  });

  test('a conversation that is forgotten word by word leaves no choice', async () => {
    const { engine, id, line, counted } = await calledTom('web');
    await engine.choices.vote(id, line, 'up', BY);
    await engine.past.restart(id, true);
    expect(await counted()).toEqual([]);
  });

  test('a server that is left takes the choices made in it, and the secret of their hashes', async () => {
    const { engine, id, line, store } = await calledTom('discord');
    await engine.choices.vote(id, line, 'up', BY);
    expect(await Array.fromAsync(store.ids('choice'))).toHaveLength(2);
    await engine.privacy.eraseServer('s1');
    expect(await Array.fromAsync(store.ids('choice'))).toEqual([]);
  });

  test('an export lists choices, and no thought', async () => {
    const { engine, id, line } = await calledTom('web');
    await engine.choices.vote(id, line, 'up', BY);
    const [file] = await engine.privacy.export(OWNER.id);
    const text = String(file?.content);
    expect(text).toContain(`#${line} of character:tom: up (better `);
    expect(text).not.toContain('THOUGHT-CANARY');
  });

  test('survives a restart: the wish, and what was chosen', async () => {
    const { engine, id, line, store } = await calledTom('web');
    await engine.choices.vote(id, line, 'up', BY);
    await engine.close();
    const again = await playHouse({ store });
    await again.engine.choices.vote(id, line, 'down', BY);
    expect((await again.engine.choices.of(OWNER.id)).map((choice) => choice.what)).toEqual(['down']);
  });
});
