import { createAsk } from '../../src/lab/calls/ask.ts';
import { createMemoryJournal } from '../../src/lab/calls/memory-journal.ts';
import { judgeScene } from '../../src/lab/coser/judge-scene.ts';
import { RULES, WHOLE } from '../../src/lab/coser/protocol.ts';
import type { CoserScene } from '../../src/lab/coser/scene.ts';
import { simulateScene } from '../../src/lab/gca/simulate-scene.ts';
import type { Simulation } from '../../src/lab/gca/simulation.ts';
import { ourPrompts } from '../../src/lab/prompts/ours.ts';
import { type Models, ROUNDS } from './eval-run.ts';

/**
 * The same scenes, models and judgements in the order in which HER's published evaluator asks (lab.md 6.1):
 * so many scenes at once, each to its end; once all are played, they are judged one after another, the four
 * judgements of a scene at once. No file is written, and no likeness is counted.
 */
export async function runAsTheReference(
  scenes: readonly CoserScene[],
  models: Models,
  workers: number,
  rounds = ROUNDS,
): Promise<void> {
  const { signal } = new AbortController();
  const common = {
    rules: RULES.fixed,
    prompts: ourPrompts(),
    ask: createAsk(createMemoryJournal()),
    continueFrom: 0,
  };
  const played = new Map<CoserScene, Simulation>();
  const left = scenes.values();
  const work = async () => {
    for (const scene of left) {
      const options = {
        ...{ ...common, scene, models, maxRounds: rounds, ablation: WHOLE },
        ...({ choice: 'model', seed: 1 } as const),
      };
      played.set(scene, await simulateScene(options, signal));
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  for (const [scene, simulation] of played) {
    const judging = { ...common, scene, simulation, judge: models.judge, times: 1, readsThoughts: undefined };
    await judgeScene(judging, signal);
  }
}
