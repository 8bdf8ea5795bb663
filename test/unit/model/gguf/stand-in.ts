import { pathToFileURL } from 'node:url';
import type { GgufEnd, GgufFile, GgufHost, GgufRequest } from '../../../../src/model/gguf/gguf-host.ts';
import { type ModelSettings, modelSettingsSchema } from '../../../../src/model/model-settings.ts';

/** An answer that has begun and goes on as the test wants. */
export type Begun = {
  readonly request: GgufRequest;
  say(text: string, type?: 'text' | 'reasoning'): void;
  end(end?: Partial<GgufEnd>): void;
  fail(error: Error): void;
};

export type StandIn = {
  readonly host: GgufHost;
  /** What happened, in order. */
  readonly events: readonly string[];
  readonly files: readonly GgufFile[];
  /** The answer that begins next, or has begun and was not asked for. */
  next(): Promise<Begun>;
};

/**
 * Stands in for llama.cpp: it refuses to give two answers at a time, as the real one does.
 *
 * @param options.beforeLoad awaited by each load
 * @param options.lateToStop an aborted answer goes on until this, as within a batch of the prompt
 */
export function createStandIn({
  trainedContext,
  beforeLoad = async () => {},
  lateToStop,
}: {
  readonly trainedContext?: number;
  readonly beforeLoad?: (time: number) => Promise<void>;
  readonly lateToStop?: Promise<void>;
} = {}): StandIn {
  const events: string[] = [];
  const files: GgufFile[] = [];
  const begun: Begun[] = [];
  let wanted: ((one: Begun) => void) | undefined;
  let loads = 0;
  let answering = false;

  function began(one: Begun): void {
    if (wanted) wanted(one);
    else begun.push(one);
    wanted = undefined;
  }

  const host: GgufHost = {
    async check(file) {
      events.push(`check ${file.contextSize}`);
      return { trainedContext };
    },
    async load(file) {
      loads += 1;
      events.push('load');
      await beforeLoad(loads);
      files.push(file);
      return {
        async answer(request, say, signal) {
          if (answering) throw new Error('It answers already.');
          signal.throwIfAborted();
          answering = true;
          const { promise, resolve, reject } = Promise.withResolvers<GgufEnd>();
          const abort = async () => {
            await lateToStop;
            events.push('stopped');
            reject(signal.reason);
          };
          signal.addEventListener('abort', abort, { once: true });
          began({
            request,
            say: (text, type = 'text') => say({ type, text }),
            end: (end) =>
              resolve({ reason: 'stop', promptTokens: 10, cachedTokens: 4, completionTokens: 2, ...end }),
            fail: reject,
          });
          return promise.finally(() => {
            answering = false;
            signal.removeEventListener('abort', abort);
          });
        },
        async close() {
          events.push('unload');
        },
      };
    },
    async close() {
      events.push('close');
    },
  };

  return {
    host,
    events,
    files,
    next() {
      const first = begun.shift();
      if (first) return Promise.resolve(first);
      return new Promise((resolve) => {
        wanted = resolve;
      });
    },
  };
}

/** Settings of a model that is a file. */
export function fileSettings(overrides: Partial<ModelSettings> = {}): ModelSettings {
  return modelSettingsSchema.parse({
    name: 'small.gguf',
    baseUrl: pathToFileURL('/models/small.gguf').href,
    ...overrides,
  });
}
