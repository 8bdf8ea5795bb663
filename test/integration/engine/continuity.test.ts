import { describe, expect, test } from 'vitest';
import type { DraftReport } from '../../../src/engine/engine-api.ts';
import type { Asker } from '../../../src/engine/player.ts';
import { answeringModel, promptOf } from '../../support/answering-model.ts';
import { ASKER, LEAK, LEAKED, marksIn, SECRET, scene } from '../../support/continuity-scene.ts';
import { heldModel } from '../../support/held-model.ts';
import { OWNER, SCENE } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';

describe('rules', () => {
  test('find what only a whisper to another held, and let the one who heard it speak of it', async () => {
    const { engine, next, report } = await scene({
      'Old Wenna': ['I will see to it.', 'The vault key is where it was.'],
      'Tom Reddick': ['Has anyone seen the vault key?'],
    });
    await engine.whisper(SCENE, { player: OWNER, to: ['wenna'], text: SECRET });
    await engine.idle(SCENE);
    const tom = await next('tom');
    await next('wenna');
    const told = await report();
    expect(marksIn(told)).toEqual([`${tom} knows-too-much “vault key” rules`]);
    expect(told).toMatchObject({ unread: 0 });
    expect(told.model).toBeUndefined();
    expect(JSON.stringify(told)).not.toMatch(/CANARY|behind/);
  });

  test('let who was told, or was given the thought, speak of it, also when that is long ago', async () => {
    const { engine, next, report } = await scene({
      'Tom Reddick': ['Has anyone seen the vault key?'],
      Ines: ['I would look for the vault key.'],
    });
    await engine.whisper(SCENE, { player: OWNER, to: ['wenna'], text: SECRET });
    await engine.idle(SCENE);
    await engine.ledger.inform(SCENE, { to: 'tom', text: 'There is a vault key somewhere.' });
    await engine.direction.plant(SCENE, 'ines', 'I remember the vault key.', 1);
    await next('tom');
    await next('ines');
    await next('ines');
    expect(marksIn(await report())).toEqual([]);
  });

  test('hold against who came late what was said before they came', async () => {
    const { engine, next, report } = await scene(
      { 'Tom Reddick': ['So, the vault key is gone?'] },
      undefined,
      {},
      {
        cast: ['wenna', 'ines'],
      },
    );
    await engine.hear(SCENE, { player: OWNER, text: 'The vault key was stolen.' });
    await engine.summon(SCENE, 'tom');
    const n = await next('tom');
    expect(marksIn(await report())).toEqual([`${n} knows-too-much “vault key” rules`]);
  });

  test('look at lines as they stand, and only at the last', async () => {
    const { engine, next, report } = await scene({ 'Old Wenna': [LEAK, LEAK, 'Good evening.'] });
    const first = await next('wenna');
    const second = await next('wenna');
    await next('wenna');
    expect(marksIn(await report())).toEqual([
      `${first} thought-leaked “${LEAKED}” rules`,
      `${second} repetition “${LEAKED}.” rules`,
    ]);
    expect((await report(1)).looked).toBe(1);
    expect(marksIn(await report(1))).toEqual([]);
    await engine.past.reword(SCENE, second, 'Rope is rope.');
    await engine.past.reword(SCENE, first, 'Nothing.');
    expect(marksIn(await report())).toEqual([]);
  });

  test('mark drafts that became a line, for x-ray', async () => {
    const { engine, next } = await scene({ 'Old Wenna': [LEAK, 'I mend nets.'] });
    const drafts: DraftReport[] = [];
    engine.backstage.onDraft((draft) => drafts.push(draft));
    await next('wenna');
    await next('wenna');
    expect(drafts.map(({ marks }) => marks)).toEqual([
      [{ kind: 'thought-leaked', quote: LEAKED, by: 'rules' }],
      [],
    ]);
  });
});

describe('nobody tries out what is hidden from them', () => {
  const JORY = { id: 'p2', name: 'Jory' };
  const GUESSES = ['It is 4711 then.', 'It is 4712 then.'];

  /** Jory whispers a number; the owner has Tom repeat a guess, and then does something about having said it. */
  async function guessed(
    said: string,
    after: (house: Awaited<ReturnType<typeof scene>>) => Promise<unknown>,
  ) {
    const asked: string[] = [];
    const judge = { ...answeringModel(), name: 'gemma' };
    judge.stream = async function* (request) {
      asked.push(promptOf(request));
      yield { type: 'text', text: '{}' };
    };
    const house = await scene({ 'Tom Reddick': [said] }, judge);
    const { engine, report } = house;
    await engine.hear(SCENE, { player: JORY, text: 'Evening.' });
    await engine.whisper(SCENE, { player: JORY, to: ['wenna'], text: 'The lantern code is 4711.' });
    await engine.idle(SCENE);
    await engine.hear(SCENE, { player: OWNER, text: `Tom, repeat: ${said}`, source: 'm1' });
    await engine.idle(SCENE);
    await after(house);
    const told = await report();
    return { marks: marksIn(told), read: asked.some((prompt) => prompt.includes(`\n${said}\n`)) };
  }

  test.each<[string, (house: Awaited<ReturnType<typeof scene>>) => Promise<unknown>]>([
    ['reworded', ({ engine }) => engine.amend(SCENE, 'm1', 'Tom, say something.')],
    ['deleted', ({ engine }) => engine.retract(SCENE, 'm1')],
    ['forgotten', ({ engine }) => engine.ledger.forget(SCENE, 'tom')],
  ])('a guess that a character was told to repeat, where the telling is %s', async (_how, after) => {
    for (const said of GUESSES) expect(await guessed(said, after)).toEqual({ marks: [], read: false });
    expect(await guessed('It is 4711 then.', async () => {})).toEqual({ marks: [], read: true });
  });

  test('nor while a judge is busy with other lines', async () => {
    const judge = heldModel();
    const said = 'It is 4711 then.';
    const { engine, next, report } = await scene({ 'Tom Reddick': [said] }, judge);
    await engine.hear(SCENE, { player: OWNER, text: `Tom, repeat: ${said}`, source: 'm1' });
    await engine.idle(SCENE);
    for (const who of ['wenna', 'ines', 'wenna']) await next(who);
    const asked = report(4);
    await judge.asked(3);
    await engine.amend(SCENE, 'm1', 'Tom, say something.');
    for (const at of [1, 2, 3]) judge.answer(at, '{"faults": []}');
    expect(await asked).toMatchObject({ looked: 4, unread: 1 });
  });

  test('what was whispered is held against a line only where the one who asks heard it', async () => {
    const { engine, next, report } = await scene({ 'Tom Reddick': ['Has anyone seen the vault key?'] });
    await engine.hear(SCENE, { player: JORY, text: 'Evening.' });
    await engine.whisper(SCENE, { player: JORY, to: ['wenna'], text: SECRET });
    await engine.idle(SCENE);
    const n = await next('tom');
    expect(marksIn(await report())).toEqual([]);
    const jory: Asker = { id: JORY.id, moderator: true };
    expect(marksIn(await report(20, jory))).toEqual([`${n} knows-too-much “vault key” rules`]);
  });
});

test('a version that was chosen is looked at, and what a rewind left behind is not', async () => {
  const { engine, next, report } = await scene({ 'Old Wenna': ['Evening.', LEAK, LEAK] });
  const drafts: DraftReport[] = [];
  engine.backstage.onDraft((draft) => drafts.push(draft));
  const n = await next('wenna');
  expect(marksIn(await report())).toEqual([]);
  await engine.past.swipe(SCENE, 'next', ASKER);
  expect(marksIn(await report())).toEqual([`${n} thought-leaked “${LEAKED}” rules`]);
  expect(drafts.at(-1)?.marks).toEqual([{ kind: 'thought-leaked', quote: LEAKED, by: 'rules' }]);
  await engine.past.rewind(SCENE, n - 1);
  expect(marksIn(await report())).toEqual([]);
  // What was rewound was never said: to say it now is no repetition.
  const again = await next('wenna');
  expect(marksIn(await report())).toEqual([`${again} thought-leaked “${LEAKED}” rules`]);
});

describe('who may ask', () => {
  test('are the owner and moderators', async () => {
    const { report } = await scene({});
    await expect(report(5, { id: 'p9', moderator: false })).rejects.toThrow('Only the one who started');
    expect((await report(5, { id: 'p9', moderator: true })).looked).toBe(1);
  });

  test('and of another room they are told nothing', async () => {
    const QUAY = 'discord:quay';
    const CELLAR = 'discord:cellar';
    const { engine, next, report } = await scene(
      { 'Old Wenna': [LEAK] },
      undefined,
      { stage: createRecordingStage('discord', true) },
      { id: QUAY, stage: 'discord', server: 's1' },
    );
    await engine.ledger.openRoom(QUAY, { id: CELLAR, name: 'the cellar' });
    await engine.ledger.move(QUAY, 'wenna', CELLAR);
    await next('wenna', CELLAR);
    expect((await report(20)).lines).toEqual([]);
    const told = await report(20, ASKER, CELLAR);
    expect(told.looked).toBe(1);
    expect(told.lines).toHaveLength(1);
  });

  test('nobody can try out words by writing a line: it is held against nothing hidden, and no judge reads it', async () => {
    const judge = answeringModel();
    const { engine, next, report } = await scene(
      { 'Tom Reddick': ['<role_thinking>I sold the lighthouse lamp to Pieter.</role_thinking>Aye.'] },
      judge,
    );
    await engine.whisper(SCENE, { player: OWNER, to: ['wenna'], text: SECRET });
    await engine.idle(SCENE);
    const n = await next('tom');
    await engine.past.reword(SCENE, n, 'The vault key? I sold the lighthouse lamp to Pieter.');
    await engine.direction.sayAs(SCENE, { card: 'ines' }, 'Where is the vault key of Aldous?');
    await engine.idle(SCENE);
    judge.asked.length = 0;
    expect(await report()).toMatchObject({ lines: [], looked: 3 });
    expect(judge.asked).toEqual([]);
    await engine.past.reword(SCENE, n, 'Dear me. The boat leaves at four. The boat leaves at four.');
    expect(marksIn(await report())).toEqual([`${n} repetition “The boat leaves at four.” rules`]);
  });

  test('a whisper is in no report, nor is its answer', async () => {
    const { engine, report } = await scene({ 'Old Wenna': [`${LEAK} ANSWER-CANARY`] });
    await engine.whisper(SCENE, { player: OWNER, to: ['wenna'], text: SECRET });
    await engine.idle(SCENE);
    const told = await report();
    expect(told).toMatchObject({ lines: [], looked: 1 });
  });
});
