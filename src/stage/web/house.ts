import type { WireNamedModel } from './model-shapes.ts';
import type { Offer } from './wire-shapes.ts';

/** Where one is, in words: what each part runs on now, and how to change it. */
export type HouseFact = {
  readonly what: 'stage' | 'model' | 'store';
  readonly is: string;
  readonly change: string;
};
export type HouseFacts = readonly HouseFact[];

/** What the person confirmed: something that was offered, or an endpoint and key typed in. */
export type ConnectChoice =
  | { readonly offer: Offer }
  | { readonly url?: string; readonly key?: string; readonly model?: string };

/** Models that can be downloaded to this machine, each by a name that the stage knows; nothing else can be. */
export type NamedModels = {
  /** `install`: one line on what is missing before any can be played. */
  list(): Promise<{ readonly models: readonly WireNamedModel[]; readonly install: string | undefined }>;
  /** Resolves when it is there or was stopped. Throws `OperatorError` saying what to do. */
  fetch(id: string, onProgress: (bytes: number, of: number) => void): Promise<unknown>;
  /** What came so far stays. */
  stop(id: string): Promise<void>;
};

/** Makes it play (`engine.useModels`). Throws `OperatorError` or `ModelError` saying what to do. */
export type Connect = (choice: ConnectChoice) => Promise<{ readonly model: string }>;
