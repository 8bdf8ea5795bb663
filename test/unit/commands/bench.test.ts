import { expect, test } from 'vitest';
import type { QuickBench, QuickPlan, QuickScores } from '../../../src/engine/bench-api.ts';
import { OperatorError, PlayerError } from '../../../src/errors.ts';
import { ModelError } from '../../../src/model/chat-model.ts';
import { answeringModel } from '../../support/answering-model.ts';
import { heldModel } from '../../support/held-model.ts';
import { openDesk, people } from './typing.ts';

const PLAN: QuickPlan = {
  scenes: 3,
  rounds: 6,
  calls: 48,
  tokens: 61_000,
  actor: 'small-1',
  judge: 'small-1',
};

const SCORES: QuickScores = {
  ...{ scenes: 3, rounds: 6, invalid: 3, judge: 'small-1', actor: 'small-1' },
  overall: { mean: null, low: null, high: null },
  dimensions: [{ name: 'Anthropomorphism', mean: 41.26, low: 20, high: 60.5 }],
  ...{ usable: null, leaks: 0, calls: 48, tokens: 60_000, seconds: 61.4 },
};

/** On the local page: whoever sits there is the operator, and nothing is followed. */
const LOCAL = { scene: 'web:one', stage: 'web' } as const;

function benchOf(change: Partial<QuickBench>): QuickBench {
  return { plan: async () => PLAN, run: async () => SCORES, ...change };
}

const desk = (bench?: QuickBench) => openDesk(bench ? { bench } : {}, LOCAL);

test('where nobody can wait for it, it goes on by itself, and can be looked up', async () => {
  const release = Promise.withResolvers<QuickScores>();
  const bench = benchOf({
    async run({ onProgress }) {
      onProgress({ judged: 1, scenes: 3, answered: 20, calls: 48 });
      return release.promise;
    },
  });
  const { type, engine } = await desk(bench);
  expect(await type('/bench quick', people.operator)).toBe(
    [
      'small-1 plays 3 scenes of the project’s own, 6 rounds each; small-1 judges.',
      'That is about 48 calls and 61000 tokens; no price is set for all of it.',
      'It counts on no server’s budget, and goes on beside the scenes that play.',
      'The same again with confirm: yes begins.',
    ].join('\n'),
  );
  expect(await type('/bench quick confirm: yes', people.operator)).toContain(
    '/bench show tells how far it is',
  );
  expect(await type('/bench show', people.operator)).toBe(
    '1 of 3 scenes judged; 20 of about 48 calls answered.',
  );
  release.resolve(SCORES);
  for await (const state of engine.bench.follow(new AbortController().signal)) {
    if (state.kind === 'done') break;
  }
  const shown = await type('/bench show', people.operator);
  expect(shown).toContain('Overall: no figure');
  expect(shown).toContain('Anthropomorphism: 41.3 of 100 (20.0 to 60.5)');
  expect(shown).toContain('Invalid: 3 of 3 scenes');
  expect(shown).toContain('48 calls, 60000 tokens, 61 s.');
  expect(shown).toContain('by itself. MODEL_JUDGE names another.');
  await engine.close();
});

test.each([
  [
    new ModelError('refused-key', 'The key was refused: set OPENAI_API_KEY.', { retryable: false }),
    'The key was',
  ],
  [new OperatorError('The disk is full.'), 'The disk is full.'],
  [new PlayerError('Set MODEL.'), 'Set MODEL.'],
  [new Error('SECRET words'), 'Something went wrong that nobody foresaw'],
])('what fails is told: %s', async (error, words) => {
  const { type, engine } = await desk(benchOf({ run: () => Promise.reject(error) }));
  await type('/bench quick confirm: yes', people.operator);
  for await (const state of engine.bench.follow(new AbortController().signal)) {
    if (state.kind === 'failed') break;
  }
  const shown = await type('/bench show', people.operator);
  expect(shown).toContain(`The newest benchmark failed:\n${words}`);
  expect(shown).not.toContain('SECRET');
  await engine.close();
});

test('what cannot be planned is refused, and nothing begins', async () => {
  const down = new ModelError('unreachable', 'Nothing answers at that address.', { retryable: true });
  const { type, engine } = await desk(benchOf({ plan: () => Promise.reject(down) }));
  expect(await type('/bench quick confirm: yes', people.operator)).toBe(
    'refused: Nothing answers at that address.',
  );
  expect(engine.bench.state()).toEqual({ kind: 'none' });
  const none = await desk();
  expect(await none.type('/bench quick', people.operator)).toContain('refused: No benchmark can be run here');
});

test('a turn that is being made ends before the next request of a benchmark', async () => {
  const model = heldModel();
  let [waiting, passed] = [false, false];
  const bench = benchOf({
    async run({ giveWay }, signal) {
      waiting = true;
      await giveWay(signal);
      passed = true;
      // Nothing is being made any more.
      await giveWay(signal);
      return SCORES;
    },
  });
  const { engine } = await openDesk({ bench, models: { actor: model, director: answeringModel() } }, LOCAL);
  await engine.start({ id: LOCAL.scene, stage: 'web', owner: { id: 'p1', name: 'Mara' }, cast: ['tom'] });
  await engine.idle(LOCAL.scene);
  await engine.next(LOCAL.scene, 'tom');
  await model.asked(1);
  engine.bench.start();
  await new Promise((done) => setImmediate(done));
  expect({ waiting, passed }).toEqual({ waiting: true, passed: false });
  model.answer(1, '*nods* Aye.');
  for await (const state of engine.bench.follow(new AbortController().signal)) {
    if (state.kind === 'done') break;
  }
  expect(passed).toBe(true);
  await engine.close();
});

test('who follows it and leaves takes nothing with them', async () => {
  const release = Promise.withResolvers<QuickScores>();
  const { engine } = await desk(benchOf({ run: () => release.promise }));
  engine.bench.start();
  const leaving = new AbortController();
  const following = Array.fromAsync(engine.bench.follow(leaving.signal));
  leaving.abort();
  await expect(following).rejects.toThrow(/abort/iu);
  release.resolve(SCORES);
  await engine.close();
  expect(engine.bench.state().kind).toBe('done');
});

test('once nothing can be shown any more, it goes on, and says where it can be looked up', async () => {
  const release = Promise.withResolvers<QuickScores>();
  const { type, engine } = await desk(benchOf({ run: () => release.promise }));
  const said = await type('/bench quick confirm: yes', people.operator, { progress: async () => false });
  expect(said).toContain('It is under way still. /bench show');
  expect(engine.bench.state().kind).toBe('running');
  release.resolve(SCORES);
  await engine.close();
});
