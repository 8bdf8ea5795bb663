import { afterEach, beforeEach, expect, test } from 'vitest';
import { modelSettingsSchema } from '../../../src/model/model-settings.ts';
import { createOpenAiModel } from '../../../src/model/openai-model.ts';
import { type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import type { Reply } from '../../doubles/model/reply.ts';
import { OWNER, playHouse, SCENE } from '../../support/play-house.ts';

// A fresh one each: no answer is left over from the scenario before.
let double: ModelDouble;
beforeEach(async () => {
  double = await startModelDouble();
});
afterEach(() => double.close());

const TURN = '<system_thinking>PLAN-CANARY</system_thinking><role_thinking>MIND-CANARY</role_thinking>Aye.';
const HALF = '<system_thinking>PLAN-CANARY</system_thinking><role_thinking>MIND-CANARY and so';

/** What may happen to a turn, as a room sees it. */
const SCENARIOS: readonly (readonly [name: string, replies: readonly Reply[], seen: 'a line' | 'nothing'])[] =
  [
    ['refused once, then answered', [{ fault: 'status', status: 503 }, TURN], 'a line'],
    [
      'asked to wait, then answered',
      [{ fault: 'status', status: 429, headers: { 'retry-after': '1' } }, TURN],
      'a line',
    ],
    ['cut before a word, then answered', [{ fault: 'cut', after: 0 }, TURN], 'a line'],
    ['silent before a word, then answered', [{ fault: 'stall' }, TURN], 'a line'],
    ['cut within its plan', [{ fault: 'cut', after: 2 }], 'nothing'],
    ['ends within its plan', [{ fault: 'truncated', after: 2 }], 'nothing'],
    ['silent within its plan', [{ fault: 'stall', after: 2 }], 'nothing'],
    ['broken within its plan', [{ fault: 'garbage', after: 2 }], 'nothing'],
    [
      'an error within its plan',
      [{ fault: 'error-in-stream', after: 2, error: { message: 'PLAN-CANARY' } }],
      'nothing',
    ],
    [
      'filtered within its plan',
      [
        { fault: 'filter', after: 2 },
        { fault: 'filter', after: 2 },
      ],
      'nothing',
    ],
    ['stopped within a thought, twice', [HALF, HALF], 'nothing'],
    ['stopped within a thought, then whole', [HALF, TURN], 'a line'],
    ['empty, twice', [{ fault: 'empty' }, { fault: 'empty' }], 'nothing'],
    ['speaks on and on, and is cut', [{ fault: 'endless', kind: 'deltas' }], 'a line'],
    ['a page in its place', [{ fault: 'html' }], 'nothing'],
    ['the key is refused', [{ fault: 'status', status: 401 }], 'nothing'],
    [
      'the model is not there',
      [{ fault: 'status', status: 404, body: { error: { message: 'model not found' } } }],
      'nothing',
    ],
  ];

test.each(SCENARIOS)(
  '%s: the room sees no hidden word, and the scene goes on',
  async (_name, replies, seen) => {
    const actor = createOpenAiModel(
      modelSettingsSchema.parse({ name: 'double-1', baseUrl: double.url, attempts: 2, timeoutMs: 300 }),
      { sleep: async (_ms, signal) => signal.throwIfAborted() },
    );
    const { engine, stage } = await playHouse({ models: { actor } });
    await engine.start({
      id: SCENE,
      stage: 'web',
      owner: OWNER,
      cast: ['tom'],
      setting: 'A quay.',
      preset: 'called-only',
      seed: 1,
    });
    await engine.idle(SCENE);
    const greeted = stage.lines().length;

    double.reply(...replies);
    await engine.hear(SCENE, { player: OWNER, text: 'Tom?' });
    await engine.idle(SCENE);
    const lines = stage.lines().slice(greeted + 1);
    expect(lines.length).toBe(seen === 'a line' ? 1 : 0);
    const passes = stage.notices.filter(({ kind }) => kind === 'moment-passes');
    expect(passes.length).toBe(seen === 'a line' ? 0 : 1);

    double.reply(TURN);
    await engine.hear(SCENE, { player: OWNER, text: 'Tom, once more?' });
    await engine.idle(SCENE);
    expect(stage.lines().at(-1)).toContain('Aye.');
    expect(JSON.stringify([stage.shown, stage.pieces, stage.notices])).not.toContain('CANARY');
    await engine.close();
  },
);
