import type { Settings } from '../../config/environment.ts';
import type { QuickBench } from '../../engine/bench-api.ts';
import { createQuickBench } from '../../lab/quick/quick-bench.ts';
import { openEvalModels } from './eval/open-models.ts';
import { readData } from './eval/read-data.ts';

/** One that is funny, one with a secret in it, one in which somebody leaves. */
const SCENES = 'Longbourn Variations-1-0,The Olive-Wood Bed-1-0,The Lamp at Skerrow-1-0';
const ROUNDS = 6;
/** Requests in flight at once, where their endpoint takes as many: the rest is for the scenes that play. */
const AT_ONCE = 2;

/** What `/bench quick` plays: the models of the settings on three scenes that ship. */
export function quickBenchOver(settings: Settings): QuickBench {
  return createQuickBench({
    rounds: ROUNDS,
    currency: settings.currency,
    data: () => readData({ data: undefined, scenes: SCENES, limit: undefined, skipBad: false }),
    async models(signal) {
      if (!settings.models.actor) return undefined;
      const models = { actor: undefined, director: undefined, narrator: undefined, judge: undefined };
      const least = Math.min(
        AT_ONCE,
        ...Object.values(settings.models).map(({ concurrency }) => concurrency),
      );
      return openEvalModels(settings, { models, concurrency: least }, signal);
    },
  });
}
