import { setTimeout as wait } from 'node:timers/promises';
import { commands } from '../../../../commands/index.ts';
import type { Library } from '../../../../src/cast/library/library-api.ts';
import { createEngine } from '../../../../src/engine/engine.ts';
import type { Engine } from '../../../../src/engine/engine-api.ts';
import type { Clock, EngineOptions } from '../../../../src/engine/engine-options.ts';
import type { Stage } from '../../../../src/engine/stage.ts';
import { type Log, silentLog } from '../../../../src/log.ts';
import { startWebStage, type WebStageOptions } from '../../../../src/stage/web/web-stage.ts';
import { openStore } from '../../../../src/store/open-store.ts';
import type { SceneStore } from '../../../../src/store/scene-store.ts';

/** The real engine with the understudy, over a store in memory, behind a real web stage. */
export type WebHouse = {
  readonly url: string;
  readonly engine: Engine;
  /** The stage as the engine was handed it. */
  readonly stage: Stage;
  readonly store: SceneStore;
  readonly library: Library;
  close(): Promise<void>;
};

// Reading pauses pass at once; the long silence before "considers" does not.
export const quickClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => wait(ms >= 10_000 ? ms : 1, undefined, { signal }),
};

export async function openWebHouse(
  library: Library,
  options: Omit<Partial<WebStageOptions>, 'engine'> & {
    readonly clock?: Clock;
    readonly store?: SceneStore;
    readonly engine?: Pick<EngineOptions, 'models' | 'limits'>;
  } = {},
): Promise<WebHouse> {
  const { clock = quickClock, store = await openStore('memory:'), engine: played = {}, ...rest } = options;
  const log: Log = rest.log ?? silentLog;
  const real = createEngine({ ...played, store, library, clock, log, tracing: true });
  let attached: Stage | undefined;
  const engine: Engine = {
    ...real,
    attach(stage) {
      attached = stage;
      real.attach(stage);
    },
  };
  const ending = new AbortController();
  const web = await startWebStage({
    engine,
    library,
    commands,
    host: '127.0.0.1',
    port: 0,
    log,
    facts: () => [
      { what: 'stage', is: 'Local page', change: 'Set DISCORD_TOKEN.' },
      { what: 'model', is: engine.models().actor?.name ?? 'Scripted demo', change: 'Connect one here.' },
      { what: 'store', is: 'Memory', change: 'Set STORE_URL.' },
    ],
    offers: async () => [],
    connect: () => Promise.reject(new Error('not in this test')),
    demoScene: library.scenes()[0]?.id ?? '',
    store,
    signal: ending.signal,
    ...rest,
  });
  if (!attached) throw new Error('the web stage attached nothing');
  return {
    url: web.url,
    engine,
    stage: attached,
    store,
    library,
    async close() {
      await web.close();
      await real.close();
    },
  };
}
