import type { Settings } from '../../config/environment.ts';
import type { QuickBench } from '../../engine/bench-api.ts';

/** What `/bench quick` plays. The lab is large, and a bot that is never asked for it has no need of it. */
export function openQuickBench(settings: Settings): QuickBench {
  const load = async () => (await import('./quick-bench-over.ts')).quickBenchOver(settings);
  return {
    plan: async (signal) => (await load()).plan(signal),
    run: async (house, signal) => (await load()).run(house, signal),
  };
}
