import { describe, expect, test } from 'vitest';
import type { StartScene } from '../../../src/engine/engine-api.ts';
import type { Clock } from '../../../src/engine/engine-options.ts';
import { type ChatModel, ModelError } from '../../../src/model/chat-model.ts';
import { answeringModel } from '../../support/answering-model.ts';
import { heldModel } from '../../support/held-model.ts';
import { OWNER, playHouse, SCENE, untilAborted } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';

const SCENE_OF_THREE: StartScene = {
  id: SCENE,
  stage: 'web',
  owner: OWNER,
  cast: ['wenna', 'tom', 'ines'],
  seed: 1,
};

/** A director that names these, one after the other, and the last of them for ever. */
function directorNaming(...names: readonly string[]): ChatModel & { readonly asked: unknown[] } {
  let next = 0;
  const asked: unknown[] = [];
  return {
    ...answeringModel(),
    asked,
    async *stream(request) {
      asked.push(request);
      const name = names[Math.min(next, names.length - 1)];
      next += 1;
      yield { type: 'text', text: JSON.stringify({ reasoning: 'so', next_speaker: name }) };
    },
  };
}

const FAILING: ChatModel = {
  ...answeringModel(),
  // biome-ignore lint/correctness/useYield: it fails before it says anything
  async *stream() {
    throw new ModelError('server-error', 'The endpoint is down.', { retryable: false });
  },
};

async function scene(
  start: Partial<StartScene>,
  director: ChatModel,
  options: Parameters<typeof playHouse>[0] = {},
) {
  const models = { actor: answeringModel(), narrator: answeringModel(), director };
  const house = await playHouse({ models, ...options });
  await house.engine.start({ ...SCENE_OF_THREE, ...start });
  await house.engine.idle(SCENE);
  let from = house.stage.shown.length;
  /** Who acted once this was asked. */
  async function actedIn(task: () => Promise<unknown>): Promise<string[]> {
    from = house.stage.shown.length;
    await task();
    await house.engine.idle(SCENE);
    return house.stage.shown.slice(from).map((beat) => beat.speaker?.name ?? '');
  }
  const say = (text: string) =>
    actedIn(() => house.engine.hear(SCENE, { player: OWNER, text, source: text }));
  return { ...house, say, actedIn };
}

describe('how many answer a line', () => {
  test.each([
    ['conversation', 3],
    ['lively', 5],
    ['theatre', 20],
    ['called-only', 0],
    ['game-master', 0],
  ] as const)('%s: at most %i that nobody called', async (preset, most) => {
    const { say } = await scene({ preset }, directorNaming('random'));
    const turns = (await say('Good evening.')).filter((name) => name !== 'Environment');
    expect(turns).toHaveLength(most);
  });

  test('of four that were called by name, the first three answer, in that order', async () => {
    const { engine, say, actedIn } = await scene({ cast: ['ines', 'wenna'] }, directorNaming('Mara'));
    await actedIn(() => engine.summon(SCENE, 'tom'));
    expect(await say('Wenna, Tom, Ines, Wenna: who is it?')).toEqual(['Old Wenna', 'Tom Reddick', 'Ines']);
  });

  test('theatre plays on where the director’s model is down', async () => {
    const { say } = await scene({ preset: 'theatre' }, FAILING);
    expect(await say('Good evening.')).toHaveLength(20);
  });

  test('so many turns as were asked for are played, whoever the director names, and no more', async () => {
    for (const director of [
      FAILING,
      directorNaming('Mara'),
      directorNaming('<END CHAT>'),
      directorNaming('Environment'),
    ]) {
      const { stage } = await scene({ turns: 9 }, director);
      const greeting = 1;
      expect(stage.shown.filter((beat) => beat.kind === 'line')).toHaveLength(9 + greeting);
    }
  });
});

describe('whom the director names', () => {
  test('a player: the scene rests', async () => {
    const { say } = await scene({}, directorNaming('Ines', 'Mara'));
    expect(await say('Good evening.')).toEqual(['Ines']);
  });

  test('the one who spoke last: somebody else answers', async () => {
    const { say } = await scene({}, directorNaming('Ines', 'Ines', 'Mara'));
    const [first, second] = await say('Good evening.');
    expect(first).toBe('Ines');
    expect(second).not.toBe('Ines');
  });

  test('an explicit address comes before the director', async () => {
    const director = directorNaming('Ines', 'Mara');
    const { say } = await scene({}, director);
    expect(await say('Tom?')).toEqual(['Tom Reddick', 'Ines']);
  });

  test('the end: ignored before six turns were played, and then a rest until a player speaks', async () => {
    const { engine, say } = await scene({}, directorNaming('<END CHAT>'));
    expect((await say('One.')).filter((name) => name !== 'Environment')).toHaveLength(3);
    expect((await say('Two.')).filter((name) => name !== 'Environment')).toHaveLength(3);
    expect(await say('Three.')).toEqual([]);
    expect((await engine.info(SCENE))?.record.status).toBe('playing');
    expect(await say('Tom?')).toEqual(['Tom Reddick']);
  });

  test('the world: never twice in a row, and at most twice after a line', async () => {
    const { say } = await scene({ preset: 'lively' }, directorNaming('Environment'));
    const acted = await say('Good evening.');
    expect(acted.filter((name) => name === 'Environment')).toHaveLength(2);
    expect(acted.join()).not.toContain('Environment,Environment');
  });

  test('the world has a part in a play that goes on without a player', async () => {
    const { stage } = await scene({ turns: 20 }, directorNaming('Environment'));
    const acted = stage.shown.map((beat) => beat.speaker?.name);
    expect(acted.filter((name) => name === 'Environment').length).toBeGreaterThan(3);
  });
});

describe('a turn that is called by hand', () => {
  test('is taken by whom one names, and by somebody where one names nobody, whatever the rules say', async () => {
    const { engine, actedIn } = await scene({ preset: 'game-master' }, directorNaming('Mara'));
    expect(await actedIn(() => engine.next(SCENE, 'ines'))).toEqual(['Ines']);
    const [somebody, ...others] = await actedIn(() => engine.next(SCENE));
    expect(['Old Wenna', 'Tom Reddick']).toContain(somebody);
    expect(others).toEqual([]);
    expect(await actedIn(() => engine.next(SCENE, 'environment'))).toEqual(['Environment']);
    expect(await actedIn(() => engine.narrate(SCENE))).toEqual(['Environment']);
  });

  test('by nobody where nobody is there', async () => {
    const { engine } = await scene({ cast: [] }, directorNaming('random'));
    await expect(engine.next(SCENE)).rejects.toThrow('Nobody is on stage.');
  });

  test('is one more after the floor was left to the players', async () => {
    const { engine, say, actedIn } = await scene({}, directorNaming('random'));
    await say('Good evening.');
    expect(await actedIn(() => engine.next(SCENE, 'tom'))).toEqual(['Tom Reddick']);
  });
});

describe('a turn that comes to nothing', () => {
  test('is one neutral line with Retry, then the others’ turns', async () => {
    let down = true;
    const actor = answeringModel();
    const models = {
      actor: {
        ...actor,
        stream: (request: Parameters<ChatModel['stream']>[0], signal: AbortSignal) =>
          (down ? FAILING : actor).stream(request, signal),
      },
    };
    const { engine, stage, say, actedIn } = await scene({ preset: 'called-only' }, FAILING, { models });
    expect(await say('Tom?')).toEqual([]);
    expect(stage.notices.map(({ kind, retry }) => [kind, retry ?? false])).toEqual([
      ['moment-passes', true],
      ['info', false],
    ]);
    down = false;
    expect(await actedIn(() => engine.retry(SCENE))).toEqual(['Tom Reddick']);
    expect(await say('Ines?')).toEqual(['Ines']);
  });

  test('after twelve seconds of silence the room is told who is at it, once', async () => {
    const slept: number[] = [];
    const clock: Clock = {
      now: () => 0,
      sleep: async (ms) => {
        slept.push(ms);
      },
    };
    const actor = heldModel();
    const { engine, stage } = await playHouse({ models: { actor }, clock });
    await engine.start({ ...SCENE_OF_THREE, preset: 'called-only' });
    await engine.hear(SCENE, { player: OWNER, text: 'Tom?' });
    await actor.asked(1);
    actor.answer(1, 'Here.');
    await engine.idle(SCENE);
    expect(slept).toEqual([12_000]);
    expect(stage.notices.map((notice) => notice.text)).toEqual(['*Tom Reddick considers…*']);
  });

  test('a notice that cannot be shown stops nothing', async () => {
    const stage = createRecordingStage();
    stage.notice = () => Promise.reject(new Error('no'));
    const { engine, say } = await scene({ preset: 'called-only' }, FAILING, {
      stage,
      models: { actor: FAILING },
    });
    expect(await say('Tom?')).toEqual([]);
    engine.useModels({ actor: answeringModel() });
    expect(await say('Ines?')).toEqual(['Ines']);
  });
});

describe('on Discord', () => {
  const id = 'discord:c1';
  const passer = { id: 'p9', name: 'Passer' };

  async function channel(limits = {}) {
    let now = Date.UTC(2026, 0, 1, 23, 0);
    const clock: Clock = { now: () => now, sleep: (_ms, signal) => untilAborted(signal) };
    const stage = createRecordingStage('discord');
    const house = await playHouse({ stage, models: { actor: answeringModel() }, limits, clock });
    await house.engine.start({
      ...SCENE_OF_THREE,
      id,
      stage: 'discord',
      server: 's1',
      preset: 'called-only',
    });
    const hear = async (text: string, player = passer) => {
      const heard = await house.engine.hear(id, { player, text });
      await house.engine.idle(id);
      return heard.heard ? 'heard' : heard.because;
    };
    return { ...house, hear, later: (ms: number) => (now += ms) };
  }

  test('one who joins is heard, and one who leaves is a bystander again', async () => {
    const { engine, hear } = await channel();
    expect(await hear('Hm.')).toBe('bystander');
    await engine.join(id, passer);
    expect(await hear('Hm.')).toBe('heard');
    await engine.leave(id, passer.id);
    expect(await hear('Hm.')).toBe('bystander');
    expect(await hear('Ines?')).toBe('heard');
    await engine.leave(id, passer.id);
    await expect(engine.leave(id, passer.id)).rejects.toThrow('You are not in this scene.');
  });

  test('a player has so many lines an hour; what says nothing is none', async () => {
    const { hear, later, stage } = await channel({ linesPerPlayerHour: 2 });
    expect(await hear('Tom?')).toBe('heard');
    expect(await hear('\u200b')).toBe('empty');
    expect(await hear('Tom?')).toBe('heard');
    expect(await hear('Tom?')).toBe('limit');
    expect(await hear('Tom?', OWNER)).toBe('heard');
    expect(stage.notices.at(-1)).toMatchObject({ kind: 'limit', only: passer.id });
    later(3_600_000);
    expect(await hear('Tom?')).toBe('heard');
  });

  test('a server has so many turns a day', async () => {
    const { hear, later, stage } = await channel({ turnsPerServerDay: 1 });
    const turns = () => stage.lines().filter((line) => line.startsWith('Tom')).length;
    await hear('Tom?');
    await hear('Tom?');
    expect(turns()).toBe(1);
    later(3_600_000);
    await hear('Tom?');
    expect(turns()).toBe(2);
  });
});
