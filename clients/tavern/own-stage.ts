import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { commands } from '../../commands/index.ts';
import { openLibrary } from '../../src/cast/library/library.ts';
import { createEngine } from '../../src/engine/engine.ts';
import { silentLog } from '../../src/log.ts';
import { createApplicationShelf } from '../../src/stage/web/applications/application-shelf.ts';
import { startWebStage } from '../../src/stage/web/web-stage.ts';
import { openStore } from '../../src/store/open-store.ts';

const SHIPPED = fileURLToPath(new URL('../../characters/', import.meta.url));
const TAVERN = fileURLToPath(new URL('characters/', import.meta.url));

export type OwnStage = {
  readonly url: string;
  /** Of an application that may play, direct and peek. */
  readonly token: string;
  close(): Promise<void>;
};

/**
 * A stage in this process, with the tavern’s three, the scripted demo and a store in memory. A game that ships one would
 * rather start `dramatis start` beside itself; what goes over the wire is the same.
 *
 * @param haste how much faster than on a stage with people pauses for reading pass
 */
export async function openOwnStage(haste: number): Promise<OwnStage> {
  await using opened = new AsyncDisposableStack();
  const library = await openLibrary({ shippedDir: SHIPPED, ownDir: TAVERN });
  opened.defer(library.close);
  const store = await openStore('memory:');
  const added = await createApplicationShelf(store).add({
    name: 'The tavern',
    scopes: ['play', 'direct', 'peek'],
    origins: [],
  });
  const engine = createEngine({
    store,
    library,
    clock: { now: Date.now, sleep: (ms, signal) => sleep(ms / haste, undefined, { signal }) },
    log: silentLog,
  });
  opened.defer(engine.close);
  const web = await startWebStage({
    engine,
    library,
    commands,
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    facts: () => [],
    offers: async () => [],
    connect: () => Promise.reject(new Error('The tavern plays from its script.')),
    demoScene: library.scenes()[0]?.id ?? '',
    store,
    signal: new AbortController().signal,
  });
  opened.defer(web.close);
  const open = opened.move();
  return { url: web.url, token: added?.token ?? '', close: () => open.disposeAsync() };
}
