import type { SimulateOptions } from './simulate.ts';
import type { SceneStage } from './stage-of.ts';

/** What a troupe needs of a scene to play it. */
export type TroupeOptions = Pick<
  SimulateOptions,
  'scene' | 'rules' | 'prompts' | 'models' | 'ask' | 'ablation' | 'maxRounds' | 'seed'
> & {
  readonly stage: SceneStage;
  /** 0…1: what a prompt leaves to chance. */
  readonly draw: () => number;
};

/** Of what is asked in a round: scenes with much left go first, judges last. 0 to 8. */
export function priorityOf({ maxRounds }: Pick<TroupeOptions, 'maxRounds'>, round: number): number {
  return Math.floor((9 * round) / maxRounds);
}
