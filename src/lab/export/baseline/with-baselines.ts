import { inOrder } from '../../folder/in-order.ts';
import type { Made } from '../sample.ts';
import type { Baseline, FindBaseline } from './baseline.ts';

export type BaselineCounts = Record<Baseline['from'], number>;

/**
 * The same samples, prompts of role-play RL with the baseline that is found for them; where there is none that
 * can be used, the reference reply stays, and is counted.
 */
export async function* withBaselines(
  samples: AsyncIterable<Made>,
  find: FindBaseline,
  most: number,
  counts: BaselineCounts,
  signal: AbortSignal,
): AsyncGenerator<Made> {
  yield* inOrder(samples, most, async (made): Promise<Made> => {
    if (made.kind !== 'sample' || made.sample.kind !== 'rp-rl' || !made.sample.reward) return made;
    const { sample } = made;
    const found = await find(sample, signal);
    counts[found.from] += 1;
    if (!('text' in found)) return made;
    const reward = { ...made.sample.reward, baseline: found.text };
    return { kind: 'sample', sample: { ...sample, reward } };
  });
}
