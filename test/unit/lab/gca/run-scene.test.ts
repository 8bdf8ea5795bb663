import { describe, expect, test } from 'vitest';
import { decideFairly, decideNext, drawNext } from '../../../../src/lab/gca/decide.ts';
import { runScene, type SceneRun } from '../../../../src/lab/gca/run-scene.ts';
import type { Acted } from '../../../../src/lab/gca/troupe.ts';

const never = new AbortController().signal;

function said(text: string): Acted {
  const segments = text === '' ? [] : [{ kind: 'speech' as const, text }];
  return { segments, named: false, faults: text === '' ? ['noise'] : [], planned: 0, attempts: 1 };
}

/** A troupe whose lines and predictions are written down, and what it was told. */
function troupeOf(lines: readonly string[], next: readonly string[] = []) {
  const told: string[] = [];
  const troupe: SceneRun['troupe'] = {
    act: async (name, round) => {
      told.push(`act ${name}`);
      return said(lines[round] ?? 'Hm.');
    },
    give: (name, message) => {
      told.push(`give ${name}`);
      return said(message);
    },
    hear: (name, { segments }) => {
      told.push(`hear ${name} ${segments.length}`);
    },
    predict: async (_current, round) => ({ name: next[round] ?? 'random', reason: `because ${round}` }),
    told: ({ next: name }) => {
      told.push(`next ${name}`);
    },
  };
  return { troupe, told };
}

function play(troupe: SceneRun['troupe'], change: Partial<SceneRun> = {}, signal = never) {
  const stage = {
    speaking: ['Ada', 'Bo', 'Environment'],
    major: ['Ada', 'Bo'],
    dialogues: [],
    first: 'Ada',
  };
  const draw = () => 0;
  return runScene(
    {
      ...{ stage, troupe, draw, decide: decideNext },
      ...{ maxRounds: 4, continueFrom: 0, choice: 'model' },
      ...change,
    },
    signal,
  );
}

describe('the loop', () => {
  test('acts, lets everyone hear, predicts, tells', async () => {
    const { troupe, told } = troupeOf(['One.', 'Two.'], ['Bo', 'Ada']);
    const run = await play(troupe, { maxRounds: 2 });
    expect(told).toEqual(['act Ada', 'hear Ada 1', 'next Bo', 'act Bo', 'hear Bo 1', 'next Ada']);
    expect(run.end).toBe('rounds');
    expect(run.choices[0]).toEqual({
      ...{ round: 0, predicted: 'Bo', next: 'Bo', rule: 'accepted', reason: 'because 0' },
    });
  });

  test('a silence is told of, and who kept it, and why', async () => {
    const { troupe, told } = troupeOf(['One.', '', 'Three.'], ['Bo', 'Ada', 'Bo']);
    const run = await play(troupe, { maxRounds: 3 });
    expect(told).toContain('hear Bo 0');
    expect(run.silent).toEqual([1]);
    expect(run.silences).toEqual([{ round: 1, name: 'Bo', faults: ['noise'] }]);
    expect(run.turns.map(({ round }) => round)).toEqual([0, 2]);
  });

  test('three silences in a row end it, two and then a turn do not', async () => {
    const broken = await play(troupeOf(['', '', '']).troupe, { maxRounds: 9 });
    expect([broken.end, broken.silent]).toEqual(['silence', [0, 1, 2]]);
    const mended = await play(troupeOf(['', '', 'So.', '', '']).troupe, { maxRounds: 6 });
    expect([mended.end, mended.silent]).toEqual(['rounds', [0, 1, 3, 4]]);
  });

  test('an empty line that is given counts for no failure', async () => {
    const dialogues = ['Ada', 'Bo', 'Ada', 'Bo'].map((character) => ({ character, message: '' }));
    const { troupe } = troupeOf([]);
    const stage = { speaking: ['Ada', 'Bo', 'Environment'], major: ['Ada'], dialogues, first: 'Ada' };
    const run = await play(troupe, { stage, continueFrom: 4, maxRounds: 5 });
    expect(run.end).toBe('rounds');
    expect(run.turns.length).toBe(1);
  });

  test('what is given ends where the conversation does', async () => {
    const dialogues = [{ character: 'Bo', message: 'First.' }];
    const stage = { speaking: ['Ada', 'Bo', 'Environment'], major: ['Ada'], dialogues, first: 'Bo' };
    const { troupe, told } = troupeOf([], ['Ada', 'Bo']);
    await play(troupe, { stage, continueFrom: 7, maxRounds: 2 });
    expect(told.filter((one) => /^(?:act|give)/u.test(one))).toEqual(['give Bo', 'act Ada']);
  });

  test('the end is heeded from the sixth turn on', async () => {
    const ends = Array.from({ length: 9 }, () => '<END CHAT>');
    const run = await play(troupeOf([], ends).troupe, { maxRounds: 9 });
    expect(run.end).toBe('end-chat');
    expect(run.turns.length).toBe(6);
    expect(run.choices.slice(0, 5).every(({ rule }) => rule === 'fallback')).toBe(true);
  });

  test('an abort ends it with its reason', async () => {
    const controller = new AbortController();
    const { troupe } = troupeOf([]);
    const hear = () => controller.abort(new Error('enough'));
    await expect(play({ ...troupe, hear }, {}, controller.signal)).rejects.toThrow('enough');
  });
});

describe('who is next', () => {
  const stage = { speaking: ['Ada', 'Bo', 'Cy', 'Environment'], major: ['Ada', 'Bo'] };
  const draws = Array.from({ length: 300 }, (_, at) => at / 300);

  test('the references draw main characters and the Environment alone; the fair rule everyone', () => {
    const drawn = (decide: typeof decideNext) =>
      new Set(draws.map((draw) => decide('random', 'Ada', 0, stage, () => draw).next));
    expect(drawn(decideNext)).toEqual(new Set(['Bo', 'Environment']));
    expect(drawn(decideFairly)).toEqual(new Set(['Bo', 'Cy', 'Environment']));
  });

  test.each([2, 3, 5])('of %i characters the Environment has a third of the draws at most', (count) => {
    const speaking = [...Array.from({ length: count }, (_, at) => `P${at}`), 'Environment'];
    const world = draws.filter(
      (draw) => decideFairly('random', 'P0', 0, { speaking, major: [] }, () => draw).next === 'Environment',
    );
    expect(world.length).toBeGreaterThan(0);
    expect(world.length).toBeLessThanOrEqual(100);
  });

  test('nobody speaks twice, and where nobody else is there the scene ends', () => {
    const alone = { speaking: ['Environment'], major: [] };
    for (const decide of [decideNext, decideFairly]) {
      expect(decide('Ada', 'Ada', 9, stage, () => 0).next).not.toBe('Ada');
      expect(decide('random', 'Environment', 0, alone, () => 0)).toEqual({ next: undefined, rule: 'end' });
    }
  });

  test('a draw without a director takes characters, and the world only where nobody else is there', () => {
    const all = draws.map((draw) =>
      drawNext('Ada', { ...stage, speaking: [...stage.speaking, 'Narrator'] }, () => draw),
    );
    expect(new Set(all.map(({ next }) => next))).toEqual(new Set(['Bo', 'Cy']));
    expect(drawNext('Ada', { speaking: ['Ada', 'Environment'], major: [] }, () => 0).next).toBe(
      'Environment',
    );
  });

  test('a main character who is not among those who speak is never drawn', () => {
    const odd = { speaking: ['Ada', 'Environment'], major: ['Ghost', 'Ada'] };
    for (const draw of draws) expect(decideNext('x', 'Ada', 0, odd, () => draw).next).toBe('Environment');
  });
});
