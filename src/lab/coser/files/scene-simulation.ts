import type { CoserScene } from '../scene.ts';
import type { FiledSimulation } from './read-turns.ts';

/** A scene with how it was played, whoever played it. */
export type SceneSimulation = {
  readonly scene: CoserScene;
  readonly simulation: FiledSimulation;
  /** What is to be known of it. */
  readonly remarks?: readonly string[];
};
