import type { BatchLimits } from '../../calls/batch-line.ts';
import type { LabModel } from '../../calls/call.ts';
import type { BatchRead, ReadAnswer } from '../../calls/read-batches.ts';
import type { BatchFile } from '../../calls/write-batches.ts';
import type { Loaded } from '../load/loaded.ts';
import type { Step, StepName, SynthRole } from '../step.ts';
import type { Manifest } from './manifest.ts';

/** What is loaded, and how to know it again. */
export type SynthSource = {
  readonly path: string;
  readonly form: string;
  readonly bytes: number;
  /** Milliseconds since 1970; a file that was touched is looked at anew. */
  readonly modified: number;
  /** 64 hexadecimal digits of its content. */
  hash(signal: AbortSignal): Promise<string>;
};

export type SynthRun = {
  /** The folder that all is written to. */
  readonly out: string;
  /** Left out: what the folder was begun with, where its load is done. */
  readonly sources?: readonly SynthSource[];
  /** Reads them. @param seen whether a name of a conversation came before, and notes it */
  load(
    options: { readonly seen: (id: string) => boolean; readonly onBytes: (bytes: number) => void },
    signal: AbortSignal,
  ): AsyncIterable<Loaded>;
  /** At most so many conversations. */
  readonly limit?: number;
  /** Those to be taken, in their order. */
  readonly steps: readonly Step[];
  /** The last one that is taken now. */
  readonly until?: StepName;
  /** It and all later ones are done anew. */
  readonly redo?: StepName;
  readonly models: Readonly<Partial<Record<SynthRole, LabModel>>>;
  /** Requests in flight at once; twice as many conversations are under way. */
  readonly concurrency: number;
  readonly seed: number;
  /** What all steps together may cost, in the currency of the prices. */
  readonly budget?: number;
  /** What they may use, of prompts and answers together. */
  readonly mostTokens?: number;
  readonly mode:
    | { readonly kind: 'online' }
    | { readonly kind: 'write'; readonly limits?: BatchLimits }
    | { readonly kind: 'read'; readonly results: readonly string[]; readonly read: ReadAnswer };
  readonly progress: (now: SynthProgress) => void;
};

/** How far a step is. */
export type SynthProgress = {
  readonly step: StepName;
  readonly title: string;
  /** Conversations; of the load bytes. */
  readonly done: number;
  readonly total: number;
  readonly unit: 'conversations' | 'bytes';
  readonly rejected: number;
  readonly calls: { readonly asked: number; readonly known: number };
  /** Of the answers that were asked for now: for their pace. */
  readonly tokens: number;
  readonly cost: number | undefined;
  /** Milliseconds since the step was begun. */
  readonly ms: number;
};

export type SynthOutcome = {
  readonly manifest: Manifest;
  /** The step that cannot be finished yet, and why. */
  readonly stopped?: { readonly step: StepName; readonly why: string };
  readonly batches?: readonly BatchFile[];
  readonly read?: BatchRead;
};
