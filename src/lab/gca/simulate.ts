import type { Ask } from '../calls/ask.ts';
import type { LabModel } from '../calls/call.ts';
import type { Ablation, ProtocolRules } from '../coser/protocol.ts';
import type { CoserScene } from '../coser/scene.ts';
import type { ScenePrompts } from '../prompts/scene-prompts.ts';
import type { Simulation } from './simulation.ts';

/** Who plays the parts. `judge` chooses among drafts where several are made. */
export type GcaModels = {
  readonly actor: LabModel;
  readonly director: LabModel;
  readonly narrator: LabModel;
  readonly judge?: LabModel;
};

export type SimulateOptions = {
  readonly scene: CoserScene;
  readonly rules: ProtocolRules;
  readonly prompts: ScenePrompts;
  readonly models: GcaModels;
  readonly ask: Ask;
  readonly ablation: Ablation;
  readonly maxRounds: number;
  readonly continueFrom: number;
  readonly choice: 'model' | 'random';
  /** Of all that is left to chance in this scene. */
  readonly seed: number;
  /** A round is over; for progress. */
  readonly onRound?: (round: number) => void;
};

/**
 * Plays one scene of Given-Circumstance Acting by a protocol.
 *
 * @throws ModelError where a part’s model cannot answer; the signal’s reason when aborted
 */
export type Simulate = (options: SimulateOptions, signal: AbortSignal) => Promise<Simulation>;
