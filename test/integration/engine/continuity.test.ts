import { describe, expect, test } from 'vitest';
import type { DraftReport, StartScene } from '../../../src/engine/engine-api.ts';
import type { Asker } from '../../../src/engine/player.ts';
import { type ChatModel, ModelError } from '../../../src/model/chat-model.ts';
import { answeringModel, promptOf } from '../../support/answering-model.ts';
import { heldModel } from '../../support/held-model.ts';
import { OWNER, playHouse, SCENE } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';
import { scriptedModel } from '../../support/scripted-model.ts';

const CALLED: StartScene = {
  id: SCENE,
  stage: 'web',
  owner: OWNER,
  cast: ['wenna', 'tom', 'ines'],
  preset: 'called-only',
  seed: 1,
};
const ASKER: Asker = { id: OWNER.id, moderator: false };
const SIGNAL = new AbortController().signal;
const SECRET = 'The vault key hangs behind Aldous. WHISPER-CANARY';

/** A thought, said aloud. */
const LEAK =
  '<role_thinking>I sold the lighthouse lamp to the Dutchman.</role_thinking>Well. I sold the lighthouse lamp to the Dutchman.';
const LEAKED = 'I sold the lighthouse lamp to the Dutchman';

const found = (kind: string, quote: string) => JSON.stringify({ [kind]: { quote, found: true } });

/** A scene in which each character says what the test wrote for its next turns. */
async function scene(
  lines: Readonly<Record<string, readonly string[]>>,
  judge?: ChatModel,
  options: Parameters<typeof playHouse>[0] = {},
  start: Partial<StartScene> = {},
) {
  const left = new Map(Object.entries(lines).map(([name, turns]) => [name, [...turns]]));
  const actor = scriptedModel({ turn: (name) => left.get(name)?.shift() ?? `Nothing more of ${name}.` });
  const house = await playHouse({ models: { actor, ...(judge ? { judge } : {}) }, ...options });
  await house.engine.start({ ...CALLED, ...start });
  const place = start.id ?? SCENE;
  await house.engine.idle(place);

  async function next(who: string, where = place): Promise<number> {
    await house.engine.next(where, who);
    await house.engine.idle(place);
    return (await house.engine.info(place))?.beats ?? 0;
  }
  const report = (most = 20, by = ASKER, where = place) =>
    house.engine.continuity.report(where, by, most, SIGNAL);
  return { ...house, next, report };
}

/** Kinds and quotes that a report holds, by beat. */
function marksIn({ lines }: Awaited<ReturnType<Awaited<ReturnType<typeof scene>>['report']>>): string[] {
  return lines.flatMap(({ n, marks }) => marks.map(({ kind, quote, by }) => `${n} ${kind} “${quote}” ${by}`));
}

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

describe('a judge', () => {
  test('is believed where it quotes the line, and read by nobody where it does not', async () => {
    const judge = {
      ...answeringModel(),
      name: 'gemma',
      async *stream(request) {
        const answer = promptOf(request).includes('Mind the tide.')
          ? found('out_of_card', 'MIND — the tide')
          : found('out_of_card', 'JUDGE-CANARY: her thought was THOUGHT-CANARY');
        yield { type: 'text', text: answer };
      },
    } satisfies ChatModel;
    const { next, report } = await scene(
      {
        'Old Wenna': ['<role_thinking>THOUGHT-CANARY</role_thinking>*coughs* Evening.'],
        'Tom Reddick': ['Mind the tide.'],
      },
      judge,
    );
    await next('wenna');
    const n = await next('tom');
    const told = await report();
    expect(marksIn(told)).toEqual([`${n} out-of-card “Mind the tide” gemma`]);
    expect(told).toMatchObject({ looked: 3, model: 'gemma', unread: 0 });
    expect(JSON.stringify(told)).not.toContain('CANARY');
  });

  test('reads what the speaker perceived, and nothing else', async () => {
    const judge = answeringModel();
    const { engine, next, report } = await scene(
      {
        'Old Wenna': [
          '<system_thinking>PLAN-CANARY</system_thinking><role_thinking>WENNA-THOUGHT</role_thinking>I hear you.',
          '<role_thinking>WENNA-THOUGHT-2</role_thinking>Evening.',
        ],
        'Tom Reddick': [
          '<system_thinking>PLAN-CANARY</system_thinking><role_thinking>TOM-THOUGHT</role_thinking>Aye.',
          'Tide turns.',
        ],
      },
      judge,
    );
    await engine.whisper(SCENE, { player: OWNER, to: ['wenna'], text: SECRET });
    await engine.idle(SCENE);
    await next('wenna');
    await next('tom');
    await next('tom');
    await report();
    const prompts = judge.asked.map(promptOf);
    const of = (line: string) =>
      prompts.find((prompt) => new RegExp(`line-\\S+\\n${line}`).test(prompt)) ?? '';
    expect(of('Tide turns.')).toContain('TOM-THOUGHT');
    expect(of('Tide turns.')).not.toMatch(/WHISPER-CANARY|WENNA-THOUGHT|MOTIVE-wenna/);
    expect(of('Evening.')).toContain('WHISPER-CANARY');
    expect(of('Evening.')).not.toMatch(/TOM-THOUGHT|MOTIVE-tom|WENNA-THOUGHT-2/);
    expect(of('Aye.')).not.toMatch(/Tide turns|TOM-THOUGHT/);
    for (const prompt of prompts) expect(prompt).not.toContain('PLAN-CANARY');
  });

  test('is asked once more where it cannot be read, and then counts as one that said nothing', async () => {
    const judge = { ...answeringModel(), name: 'prose' };
    const asked: string[] = [];
    judge.stream = async function* (request) {
      asked.push(promptOf(request));
      yield { type: 'text', text: 'I like this line. CANARY' };
    };
    const { next, report } = await scene({}, judge);
    await next('wenna');
    await next('tom');
    const told = await report(2);
    expect(told).toMatchObject({ looked: 2, unread: 2, model: 'prose', lines: [] });
    expect(asked).toHaveLength(4);
    const again = asked.filter((prompt) => prompt.includes('could not be read'));
    expect(again).toHaveLength(2);
    for (const prompt of again) expect(prompt).not.toContain('CANARY');
  });

  test('that fails costs nothing but its own word', async () => {
    const judge = { ...answeringModel(), name: 'down' };
    judge.stream = async function* () {
      yield* [];
      throw new ModelError('unreachable', 'Start it.', { retryable: true });
    };
    const { next, report } = await scene({ 'Old Wenna': [LEAK] }, judge);
    const n = await next('wenna');
    const told = await report();
    expect(marksIn(told)).toEqual([`${n} thought-leaked “${LEAKED}” rules`]);
    expect(told.unread).toBe(1);
  });

  test('does not hold up the scene, and what is gone when it has answered is not told', async () => {
    const judge = heldModel();
    const { engine, next, report } = await scene(
      { 'Old Wenna': ['Mind the tide.', 'Aye.', 'Rope is rope.'] },
      judge,
    );
    await next('wenna');
    const asked = report(1);
    await judge.asked(1);
    await expect(report(1)).rejects.toThrow('being made');
    await next('wenna');
    const lines = (await engine.replay(SCENE)).filter(({ kind }) => kind === 'line');
    expect(lines.at(-1)?.segments[0]?.text).toBe('Aye.');
    await engine.past.reword(SCENE, lines.at(-2)?.n ?? 0, 'Gone with the ebb.');
    judge.answer(1, found('out_of_card', 'Mind the tide'));
    expect(await asked).toMatchObject({ lines: [], looked: 1, unread: 0 });
    // And the next report may be asked for, of what was played since.
    await next('wenna');
    const again = report(1);
    await judge.asked(2);
    judge.answer(2, found('out_of_card', 'Rope is rope'));
    expect((await again).lines).toHaveLength(1);
  });

  test('is let go of when whoever asked does not wait', async () => {
    const judge = heldModel();
    const { engine, next, report } = await scene({}, judge);
    await next('wenna');
    await next('tom');
    const controller = new AbortController();
    const asked = engine.continuity.report(SCENE, ASKER, 2, controller.signal);
    await judge.asked(2);
    controller.abort();
    await expect(asked).rejects.toThrow('abort');
    expect(judge.aborted()).toBe(2);
    const again = report(1);
    await judge.asked(3);
    judge.answer(3, '{"faults": []}');
    expect((await again).unread).toBe(0);
  });
});

test('where nothing more may be spent the judge is not asked, and the report says why', async () => {
  const judge = answeringModel();
  const { engine, next, report } = await scene(
    { 'Old Wenna': [LEAK] },
    judge,
    { stage: createRecordingStage('discord', true), limits: { turnsPerSceneDay: 1 } },
    { id: 'discord:quay', stage: 'discord', server: 's1' },
  );
  const n = await next('wenna');
  const told = await report();
  expect(judge.asked).toEqual([]);
  expect(marksIn(told)).toEqual([`${n} thought-leaked “${LEAKED}” rules`]);
  expect(told.model).toBeUndefined();
  expect(told.stopped).toBeDefined();
  await engine.close();
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
      { 'Tom Reddick': ['<role_thinking>I sold the lighthouse lamp to the Dutchman.</role_thinking>Aye.'] },
      judge,
    );
    await engine.whisper(SCENE, { player: OWNER, to: ['wenna'], text: SECRET });
    await engine.idle(SCENE);
    const n = await next('tom');
    await engine.past.reword(SCENE, n, 'The vault key? I sold the lighthouse lamp to the Dutchman.');
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
