import type { SimulationKind } from '../coser/files/read-simulations.ts';
import type { Ablation } from '../coser/protocol.ts';
import type { CoserScene } from '../coser/scene.ts';
import type { Protocol } from '../coser/severity.ts';
import type { GcaModels } from '../gca/simulate.ts';
import type { Simulation } from '../gca/simulation.ts';
import type { ScenePrompts } from '../prompts/scene-prompts.ts';
import type { EvalResult } from './result.ts';

export type EvalRun = {
  /** The folder that all is written to. */
  readonly out: string;
  readonly data: {
    readonly name: string;
    readonly sha256: string;
    readonly scenes: readonly CoserScene[];
    readonly skipped: number;
  };
  readonly protocol: Protocol;
  readonly prompts: ScenePrompts;
  readonly models: Required<GcaModels>;
  readonly ablation: Ablation;
  readonly maxRounds: number;
  readonly continueFrom: number;
  readonly choice: 'model' | 'random';
  readonly seed: number;
  /** So often each dimension is judged. */
  readonly times: number;
  readonly currency: string;
  /** To know beside what the run itself knows to say. */
  readonly remarks: readonly string[];
  /** Scenes that were played elsewhere: they are only judged. */
  readonly played?: {
    readonly name: string;
    readonly sha256: string;
    /** By the ids of their scenes. */
    readonly simulations: ReadonlyMap<string, Simulation>;
  };
  /** What was played is also written as these evaluators read it. */
  readonly files?: readonly SimulationKind[];
  /** Answers as they came, with system thinking, go to `traces.jsonl`. */
  readonly trace?: boolean;
  readonly progress: (now: EvalProgress) => void;
};

/** How far a run is. */
export type EvalProgress = {
  readonly scenes: {
    readonly all: number;
    readonly played: number;
    readonly judged: number;
    readonly failed: number;
  };
  readonly rounds: number;
  /** Answers so far, of them those that were got now and those that were there; and how many it may take in all. */
  readonly calls: {
    readonly all: number;
    readonly asked: number;
    readonly known: number;
    readonly expected: number;
  };
  readonly tokens: number;
  /** Tokens that were written a second, of answers got now. */
  readonly tokensPerSecond: number;
  readonly cost: number | undefined;
  readonly ms: number;
};

/** Plays, judges and scores scenes into a folder; begun again, it asks only what has no answer yet. */
export type RunEval = (run: EvalRun, signal: AbortSignal) => Promise<EvalResult>;
