import type { LabModel } from '../../calls/call.ts';
import type { Style, Work } from '../engine/style.ts';
import type { Calibration, SelfplayCase } from './result.ts';

export type SelfplayRun<W extends Work> = {
  readonly out: string;
  readonly data: {
    readonly name: string;
    readonly sha256: string;
    readonly scenes: number;
    readonly skipped: number;
  };
  /** Made once the folder is open: fences are drawn from its secret. */
  readonly style: (secret: string) => Style<W>;
  /** Absent where what was played before is judged. */
  readonly models: {
    readonly actor?: LabModel;
    readonly user?: LabModel;
    readonly judges: readonly LabModel[];
  };
  /** All that decides what is played and how, by names a person knows. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly seed: number;
  /** So often each chunk is judged by each judge. */
  readonly times: number;
  /** False: one dialogue after another, so that a server with one place keeps its prefix cached. */
  readonly concurrent: boolean;
  readonly currency: string;
  readonly remarks: readonly string[];
  /** Holds the figures against published ones. */
  readonly calibrate?: (cases: readonly SelfplayCase[]) => Calibration;
  readonly progress: (now: SelfplayProgress) => void;
};

/** How far a run is. */
export type SelfplayProgress = {
  readonly dialogues: { readonly all: number; readonly judged: number; readonly failed: number };
  readonly exchanges: { readonly all: number; readonly done: number };
  readonly chunks: { readonly all: number; readonly done: number };
  /** Answers that were got now, and those that were there. */
  readonly calls: { readonly all: number; readonly asked: number; readonly known: number };
  readonly tokens: number;
  readonly cost: number | undefined;
  readonly ms: number;
};
