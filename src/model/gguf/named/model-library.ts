import { pathToFileURL } from 'node:url';
import { OperatorError } from '../../../errors.ts';
import { type ModelSettings, modelSettingsSchema } from '../../model-settings.ts';
import { loadLlama } from '../load-llama.ts';
import { type FetchOptions, fetchModel } from './fetch-model.ts';
import { pathsOf, sizeOf } from './model-paths.ts';
import { MODELS_URL, type NamedModel, shippedModels } from './named-models.ts';

/** How much of a named model is on this machine; `of` is unknown where nobody told it yet. */
export type ModelState = {
  readonly model: NamedModel;
  readonly state: 'absent' | 'partly' | 'there';
  /** Bytes that are there. */
  readonly bytes: number;
  readonly of: number | undefined;
  /** It is being downloaded. */
  readonly coming: boolean;
};

/** Named models that can be downloaded to this machine, and those that were. */
export type ModelLibrary = {
  /** The host that they come from. */
  readonly from: string;
  /** What to install before any can be played; undefined: all is there. */
  toInstall(): Promise<string | undefined>;
  list(): Promise<readonly ModelState[]>;
  /** The settings of one that is there. */
  settings(id: string): Promise<ModelSettings | undefined>;
  /**
   * Downloads one; who asks for it while it comes waits with the first.
   *
   * @returns whether it is there now; it is not where it was stopped
   * @throws OperatorError in one line
   */
  fetch(id: string, onProgress: FetchOptions['onProgress']): Promise<boolean>;
  /** What came so far stays. */
  stop(id: string): Promise<void>;
};

type Coming = {
  readonly stopping: AbortController;
  readonly done: Promise<boolean>;
};

export function createModelLibrary({
  models = shippedModels(),
  base = MODELS_URL,
  folder,
  signal,
  toInstall = missingPackage,
  ...rest
}: {
  readonly models?: readonly NamedModel[];
  readonly base?: string | undefined;
  readonly folder: string;
  /** Ends every download. */
  readonly signal: AbortSignal;
  readonly toInstall?: ModelLibrary['toInstall'];
} & Pick<FetchOptions, 'freeBytes' | 'silenceMs'>): ModelLibrary {
  const coming = new Map<string, Coming>();

  function known(id: string): NamedModel {
    const found = models.find((model) => model.id === id);
    if (found) return found;
    throw new OperatorError(`There is no model ${id} to download.`);
  }

  async function stateOf(model: NamedModel): Promise<ModelState> {
    const { whole, part } = pathsOf(model, folder);
    const there = await sizeOf(whole);
    const bytes = there ?? (await sizeOf(part)) ?? 0;
    const state = there !== undefined ? 'there' : bytes > 0 ? 'partly' : 'absent';
    return { model, state, bytes, of: there ?? model.bytes, coming: coming.has(model.id) };
  }

  async function begin(model: NamedModel, stopping: AbortController, onProgress: FetchOptions['onProgress']) {
    try {
      const missing = await toInstall();
      if (missing !== undefined) throw new OperatorError(missing);
      if ((await stateOf(model)).state === 'there') return true;
      const either = AbortSignal.any([signal, stopping.signal]);
      await fetchModel(model, { ...rest, base, folder, onProgress, signal: either });
      return true;
    } catch (error) {
      if (stopping.signal.aborted || signal.aborted) return false;
      throw error;
    } finally {
      coming.delete(model.id);
    }
  }

  return {
    from: new URL(base).host,
    toInstall,
    list: () => Promise.all(models.map(stateOf)),
    async settings(id) {
      const model = models.find((one) => one.id === id);
      if (!model || (await stateOf(model)).state !== 'there') return undefined;
      const { whole } = pathsOf(model, folder);
      return modelSettingsSchema.parse({ name: model.name, baseUrl: pathToFileURL(whole).href });
    },
    fetch(id, onProgress) {
      const model = known(id);
      const before = coming.get(id);
      if (before) return before.done;
      const stopping = new AbortController();
      const done = begin(model, stopping, onProgress);
      coming.set(id, { stopping, done });
      return done;
    },
    async stop(id) {
      const one = coming.get(known(id).id);
      one?.stopping.abort(new Error('The download was stopped.'));
      await one?.done.catch(() => undefined);
    },
  };
}

async function missingPackage(): Promise<string | undefined> {
  try {
    await loadLlama();
    return undefined;
  } catch (error) {
    if (error instanceof OperatorError) return error.message;
    throw error;
  }
}
