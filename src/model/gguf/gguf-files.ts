import { fileURLToPath } from 'node:url';
import type { ModelSettings } from '../model-settings.ts';
import { createPlaces } from '../places.ts';
import type { GgufFile, GgufHost, LoadedGguf } from './gguf-host.ts';
import { createLlamaHost } from './llama-host.ts';

/** A turn at a file: nobody else asks it until `release`. */
export type GgufTurn = {
  readonly loaded: LoadedGguf;
  /** The caller’s, and aborted at the end of the program, too. */
  readonly signal: AbortSignal;
  release(): void;
};

/** The files that are played in this process; one that plays several parts is in memory once. */
export type GgufFiles = {
  /**
   * Looks at the file of a model, and bounds its context by what the file was trained on. Settings of
   * models elsewhere come back as they are.
   *
   * @throws OperatorError in one line where it could not be played
   */
  fit(settings: ModelSettings): Promise<ModelSettings>;
  /**
   * Waits until the file is free, and loads it before its first turn.
   *
   * @throws OperatorError where it cannot be loaded, or the signal’s reason
   */
  take(settings: ModelSettings, signal: AbortSignal): Promise<GgufTurn>;
  /** Ends what is under way and gives back all memory. */
  close(): Promise<void>;
};

/** Whether a model is a file that is played in this process. */
export function isGguf({ baseUrl }: Pick<ModelSettings, 'baseUrl'>): boolean {
  return baseUrl.startsWith('file:');
}

/** @param host what plays files */
export function createGgufFiles(host: GgufHost = createLlamaHost()): GgufFiles {
  const closing = new AbortController();
  const files = new Map<string, OpenFile>();

  /** The file of these settings, with the widest context that any part asked for before it was loaded. */
  function fileOf({ baseUrl, contextSize }: ModelSettings): OpenFile {
    const known = files.get(baseUrl) ?? createOpenFile(host, fileURLToPath(baseUrl), closing.signal);
    files.set(baseUrl, known);
    known.widen(contextSize);
    return known;
  }

  return {
    async fit(settings) {
      if (!isGguf(settings)) return settings;
      const { contextSize } = settings;
      const { trainedContext } = await host.check({ path: fileURLToPath(settings.baseUrl), contextSize });
      const fitting = { ...settings, contextSize: Math.min(contextSize, trainedContext ?? contextSize) };
      fileOf(fitting);
      return fitting;
    },
    take: (settings, signal) => fileOf(settings).take(signal),
    async close() {
      closing.abort(new Error('The program ends.'));
      await Promise.all([...files.values()].map((file) => file.close()));
      await host.close();
    },
  };
}

type OpenFile = ReturnType<typeof createOpenFile>;

function createOpenFile(host: GgufHost, path: string, closing: AbortSignal) {
  const places = createPlaces(1);
  let widest = 0;
  let loading: Promise<LoadedGguf> | undefined;

  /** Goes on where who waits for it gives up: the next one finds it loaded. */
  function loaded(): Promise<LoadedGguf> {
    const file: GgufFile = { path, contextSize: widest };
    loading ??= host.load(file, closing).catch((error: unknown) => {
      // It may be mended by the next turn.
      loading = undefined;
      throw error;
    });
    return loading;
  }

  return {
    widen(contextSize: number): void {
      widest = Math.max(widest, contextSize);
    },
    async take(caller: AbortSignal): Promise<GgufTurn> {
      const signal = AbortSignal.any([caller, closing]);
      const release = await places.take(signal, USUAL_PRIORITY);
      try {
        return { loaded: await orAborted(loaded(), signal), signal, release };
      } catch (error) {
        release();
        throw error;
      }
    },
    async close(): Promise<void> {
      // Who has it leaves it: `closing` is in their signal.
      await places.take(new AbortController().signal, USUAL_PRIORITY);
      await (await loading?.catch(() => undefined))?.close();
    },
  };
}

const USUAL_PRIORITY = 5;

/** What is promised, or the signal’s reason as soon as it is aborted. */
async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
