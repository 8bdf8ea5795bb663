import { describe, expect, test } from 'vitest';
import type { Engine, StartScene } from '../../../src/engine/engine-api.ts';
import type { ChatModel } from '../../../src/model/chat-model.ts';
import { answeringModel } from '../../support/answering-model.ts';
import { OWNER, playHouse, SCENE } from '../../support/play-house.ts';

const OWNER_ASKS = { id: OWNER.id, name: OWNER.name, moderator: false };

type Script = {
  /** What the director answers, one after the other: who is next, and who after that. */
  readonly orders: readonly (readonly string[])[];
  /** What is said in each turn; “Well.” where nothing stands. */
  readonly lines?: Readonly<Record<number, string>>;
  /** What happens while a turn (from 1) is being made. */
  readonly during?: Readonly<Record<number, (engine: Engine) => Promise<unknown>>>;
  readonly start?: Partial<StartScene>;
  readonly limits?: NonNullable<Parameters<typeof playHouse>[0]>['limits'];
  /** Chooses among drafts, where the room wants several. */
  readonly judge?: ChatModel;
};

/** A table of three whose director ranks; what players said before it is asked does not count. */
async function table({ orders, lines = {}, during = {}, start, limits = {}, judge }: Script) {
  let turns = 0;
  let asked = 0;
  const actor: ChatModel = {
    ...answeringModel(),
    async *stream() {
      turns += 1;
      const turn = turns;
      await during[turn]?.(house.engine);
      yield { type: 'text', text: lines[turn] ?? 'Well.' };
    },
  };
  const director: ChatModel = {
    ...answeringModel(),
    async *stream() {
      const [next, ...later] = orders[asked] ?? ['Mara'];
      asked += 1;
      yield {
        type: 'text',
        text: JSON.stringify({ reasoning: 'it is so', next_speaker: next, later_speakers: later }),
      };
    },
  };
  const models = { actor, director, narrator: answeringModel(), ...(judge ? { judge } : {}) };
  const house = await playHouse({ models, limits: { interruptions: 0, ...limits } });
  const { engine, stage } = house;
  await engine.start({
    id: SCENE,
    stage: 'web',
    owner: OWNER,
    cast: ['ines', 'wenna', 'tom'],
    seed: 1,
    ...start,
  });
  await engine.idle(SCENE);

  /** Who acted once this was said, and how often the director was asked for it. */
  async function say(text: string): Promise<{ readonly acted: string[]; readonly asked: number }> {
    const from = stage.shown.length;
    const before = asked;
    await engine.hear(SCENE, { player: OWNER, text, source: text });
    await engine.idle(SCENE);
    const acted = stage.shown
      .slice(from)
      .flatMap(({ kind, speaker }) =>
        kind === 'line' || kind === 'narration' ? [(speaker?.name ?? '').replace(/^.* /, '')] : [],
      );
    return { acted, asked: asked - before };
  }
  const whys = async () => {
    const told: string[] = [];
    for (const { n, kind } of stage.shown) {
      const why = kind === 'line' ? await engine.why(SCENE, n, OWNER_ASKS) : undefined;
      if (why?.why) told.push(why.why);
    }
    return told;
  };
  return { ...house, say, whys };
}

const ORDER = ['Wenna', 'Tom', 'Ines'] as const;

describe('one prediction', () => {
  test('decides up to three turns, and each says truly why', async () => {
    const { say, whys } = await table({ orders: [ORDER] });
    expect(await say('Good evening.')).toEqual({ acted: ['Wenna', 'Reddick', 'Ines'], asked: 1 });
    expect(await whys()).toEqual(['it is so', 'foreseen after Old Wenna', 'foreseen after Tom Reddick']);
  });

  test('decides one turn where the room has it so', async () => {
    const { say } = await table({ orders: [ORDER, ORDER, ['Tom']], limits: { ranking: 1 } });
    expect((await say('Good evening.')).asked).toBe(3);
    const two = await table({ orders: [ORDER, ['Ines']], limits: { ranking: 2 } });
    expect(await two.say('Good evening.')).toEqual({ acted: ['Wenna', 'Reddick', 'Ines'], asked: 2 });
  });

  test('that ends with the player leaves the word to them', async () => {
    const { say } = await table({ orders: [['Wenna', 'Tom', 'Mara']] });
    expect(await say('Good evening.')).toEqual({ acted: ['Wenna', 'Reddick'], asked: 1 });
  });

  test('may have the world answer what is set going', async () => {
    const { say, whys } = await table({
      orders: [['Wenna', 'Environment', 'Tom']],
      lines: { 1: '<role_action>throws the door open</role_action>There.' },
    });
    expect((await say('Good evening.')).acted.slice(0, 3)).toEqual(['Wenna', 'Environment', 'Reddick']);
    expect(await whys()).toContain('foreseen after what the world did');
  });

  test('holds where each turn is the best of several drafts', async () => {
    const { engine, say } = await table({
      orders: [ORDER],
      lines: { 1: 'Well.', 2: 'Very well.', 3: 'So.', 4: 'And so.', 5: 'Ah.', 6: 'Oh.' },
      limits: { bestOf: 2 },
      judge: answeringModel(),
    });
    expect(await say('Good evening.')).toEqual({ acted: ['Wenna', 'Reddick', 'Ines'], asked: 1 });
    expect(await engine.past.swipes(SCENE)).toMatchObject({ versions: 2 });
  });

  test('is used once: after its last turn, and after a rest, the director is asked again', async () => {
    const { say } = await table({ orders: [['Wenna', 'Tom'], ['Ines'], ORDER] });
    expect(await say('Good evening.')).toEqual({ acted: ['Wenna', 'Reddick', 'Ines'], asked: 2 });
    expect(await say('And then?')).toEqual({ acted: ['Wenna', 'Reddick', 'Ines'], asked: 1 });
  });
});

describe('what was foreseen is void, and the director asked again', () => {
  const AGAIN = ['Ines', 'Wenna'] as const;

  test.each<[string, Omit<Script, 'orders'>]>([
    ['a player spoke', { during: { 1: (engine) => engine.hear(SCENE, { player: OWNER, text: 'Stop.' }) } }],
    ['the scene was steered', { during: { 1: (engine) => engine.direction.steer(SCENE, 'let it rain', 3) } }],
    ['time went by', { during: { 1: (engine) => engine.direction.skipTime(SCENE, 60) } }],
    ['the room was set so', { during: { 1: (engine) => engine.direction.setClock(SCENE, 60) } }],
    ['a player was called by name', { lines: { 1: 'Mara, what do you say?' } }],
    ['something was set going', { lines: { 1: '<role_action>throws the door open</role_action>There.' } }],
  ])('where %s', async (_, script) => {
    const { say } = await table({ orders: [ORDER, AGAIN], ...script });
    const { acted, asked } = await say('Good evening.');
    expect(acted.filter((name) => name !== 'Mara').slice(0, 2)).toEqual(['Wenna', 'Ines']);
    expect(asked).toBeGreaterThan(1);
  });

  test('where somebody else has left', async () => {
    const { say } = await table({
      orders: [ORDER, ['Tom', 'Mara']],
      during: { 1: (engine) => engine.dismiss(SCENE, 'ines') },
    });
    expect(await say('Good evening.')).toEqual({ acted: ['Wenna', 'Reddick'], asked: 2 });
  });

  test('where who is next has left', async () => {
    const { say } = await table({
      orders: [ORDER, ['Ines', 'Mara']],
      during: { 1: (engine) => engine.dismiss(SCENE, 'tom') },
    });
    expect((await say('Good evening.')).acted).toEqual(['Wenna', 'Ines']);
  });

  test('and whoever is called by name comes first', async () => {
    const { say, whys } = await table({ orders: [ORDER, ['Tom']], lines: { 1: 'Ines, was it you?' } });
    expect(await say('Good evening.')).toEqual({ acted: ['Wenna', 'Ines', 'Reddick'], asked: 2 });
    expect(await whys()).toEqual(['it is so', 'Ines was called', 'it is so']);
  });

  test('where a direction has come to its end', async () => {
    const { engine, say } = await table({ orders: [ORDER, AGAIN] });
    await engine.direction.steer(SCENE, 'let it rain', 1);
    expect(await say('Good evening.')).toEqual({ acted: ['Wenna', 'Ines', 'Wenna'], asked: 2 });
  });

  test('where the turn was broken off and called by hand', async () => {
    const { engine, say, stage } = await table({
      orders: [ORDER, ['Mara']],
      during: { 2: (own) => own.stop(SCENE) },
    });
    expect((await say('Good evening.')).acted).toEqual(['Wenna']);
    await engine.next(SCENE, 'tom');
    await engine.idle(SCENE);
    expect(
      stage
        .lines()
        .slice(-2)
        .map((line) => line.split(':')[0]),
    ).toEqual(['Old Wenna', 'Tom Reddick']);
  });

  test('where the one who was named yields to who has been silent', async () => {
    const two = ['Wenna', 'Tom', 'Wenna'];
    const { stage } = await table({
      orders: Array.from({ length: 6 }, (_, at) => (at % 2 === 0 ? two : ['Tom', 'Wenna', 'Tom'])),
      start: { preset: 'theatre' },
    });
    const turns = stage.lines().filter((line) => !line.includes('at your service'));
    // Each of the two has made half of twelve turns.
    expect(turns.findIndex((line) => line.startsWith('Ines'))).toBe(12);
  });
});

test('a swipe is no new turn: what was foreseen behind the line is not played behind its other version', async () => {
  const { engine, say, stage } = await table({ orders: [ORDER], limits: { turnsPerLine: 1 } });
  expect((await say('Good evening.')).acted).toEqual(['Wenna']);
  await engine.past.swipe(SCENE, 'again', OWNER_ASKS);
  await engine.idle(SCENE);
  expect(stage.lines().filter((line) => line.startsWith('Tom'))).toEqual([]);
});
