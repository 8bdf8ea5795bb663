import { afterEach, describe, expect, test } from 'vitest';
import type { Principle } from '../../../src/judge/principles/principle.ts';
import { judgePair } from '../../../src/judge/verdict/judge-pair.ts';
import type { PairVerdict } from '../../../src/judge/verdict/verdict.ts';
import { modelSettingsSchema } from '../../../src/model/model-settings.ts';
import { createOpenAiModel } from '../../../src/model/openai-model.ts';
import type { JudgeRule } from '../../doubles/model/judge-answer.ts';
import { type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';

const PRINCIPLE: Principle = {
  id: 'leaves-room',
  dimension: 'dialogue',
  name: 'Leaves Room',
  sign: 'positive',
  level: 'sentence',
  asks: 'It leaves the others something to answer.',
  breaks: 'It ends every thread.',
  example: 'A question at the end.',
  source: 'ours',
};

let mind: ModelDouble;
afterEach(() => mind.close());

/** What the real judge makes of the double's answers. */
async function judged(judge: JudgeRule | undefined, name = 'double-1'): Promise<PairVerdict> {
  mind = await startModelDouble(judge === undefined ? {} : { judge });
  const settings = modelSettingsSchema.parse({ name, baseUrl: mind.url, attempts: 1, contextSize: 16_000 });
  const speech = (text: string) => ({ segments: [{ kind: 'speech', text } as const] });
  return judgePair(
    {
      model: createOpenAiModel(settings),
      context: { speaker: 'Tom', sheet: 'A sailor.', setting: 'A quay.', others: [], lines: [], note: '' },
      principles: [PRINCIPLE],
      first: speech('Aye.'),
      second: speech('Aye, and where were you last night?'),
      secret: 'test',
    },
    new AbortController().signal,
  );
}

describe.each(['double-1', 'ChengyuDu0123/HER-RM-32B'])('asked as %s, the double’s judge', (name) => {
  test('can be read in both orders, and plants canaries in its words', async () => {
    const verdict = await judged(undefined, name);
    expect(verdict).toMatchObject({ how: 'judged', winner: 'second', deciding: { name: 'Leaves Room' } });
    expect(mind.canaries.judge).toHaveLength(2);
    for (const canary of mind.canaries.judge) expect(JSON.stringify(verdict)).toContain(canary);
  });

  test.each<[JudgeRule, Partial<PairVerdict>]>([
    ['first-shown', { winner: 'tie', flipped: true }],
    ['second-shown', { winner: 'tie', flipped: true }],
    ['tie', { winner: 'tie', flipped: false }],
    [(one) => (one.text === 'Aye.' ? 'first' : 'second'), { winner: 'first', flipped: false }],
  ])('decides as it is told: %s', async (rule, expected) => {
    expect(await judged(rule, name)).toMatchObject(expected);
  });
});
