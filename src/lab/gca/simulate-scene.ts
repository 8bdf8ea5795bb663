import { createRandom } from '../../judge/stats/random.ts';
import { decideFairly, decideNext } from './decide.ts';
import { createHouseTroupe } from './house/house-troupe.ts';
import { createReferenceTroupe } from './reference/reference-troupe.ts';
import { runScene } from './run-scene.ts';
import type { Simulate } from './simulate.ts';
import { stageOf } from './stage-of.ts';

/** By `coser` and `her` their own troupe plays, with their quirks; by `fixed` the one that plays in Discord. */
export const simulateScene: Simulate = async (options, signal) => {
  const { scene, rules, maxRounds, continueFrom, choice, seed, onRound } = options;
  const draw = createRandom(seed);
  const stage = stageOf(scene, continueFrom);
  const isHouse = rules.protocol === 'fixed';
  const troupe = (isHouse ? createHouseTroupe : createReferenceTroupe)({ ...options, stage, draw });
  const decide = isHouse ? decideFairly : decideNext;
  return runScene(
    { stage, troupe, decide, draw, maxRounds, continueFrom, choice, ...(onRound ? { onRound } : {}) },
    signal,
  );
};
