import { fileURLToPath } from 'node:url';
import { openLibrary } from '../cast/library/library.ts';
import type { Library } from '../cast/library/library-api.ts';
import { readEnvironment, type Settings } from '../config/environment.ts';
import { nameModels } from '../config/name-models.ts';
import { pricesOf } from '../config/prices.ts';
import { createEngine } from '../engine/engine.ts';
import type { Engine } from '../engine/engine-api.ts';
import { OperatorError } from '../errors.ts';
import type { Log } from '../log.ts';
import { openModels } from '../model/model-cast.ts';
import { resolveModelName } from '../model/model-names.ts';
import { createModelShelf } from '../model/model-shelf.ts';
import { createOpenAiModeration } from '../model/moderate.ts';
import { openStore } from '../store/open-store.ts';
import type { SceneStore } from '../store/scene-store.ts';
import { BadUse } from './bad-use.ts';
import type { CliIo } from './cli-command.ts';
import { openQuickBench } from './lab/open-quick-bench.ts';
import { createPinoLog } from './pino-log.ts';
import { principlesIn } from './principles-in.ts';

const ROOT = new URL('../../', import.meta.url);
export const SHIPPED_CHARACTERS = fileURLToPath(new URL('characters/', ROOT));
export const OWN_CHARACTERS = fileURLToPath(new URL('data/characters/', ROOT));
export const OWN_PRINCIPLES = fileURLToPath(new URL('data/principles.yaml', ROOT));

/** What every command that plays scenes stands on. */
export type House = {
  /** Models have names here, also those that were left to their endpoint. */
  readonly settings: Settings;
  readonly log: Log;
  readonly library: Library;
  readonly store: SceneStore;
  /** An engine over all of it; closed with the house. */
  createEngine(options?: { readonly library?: Library; readonly tracing?: boolean }): Engine;
  close(): Promise<void>;
};

export type HouseOptions = {
  /** In place of STORE_URL. */
  readonly storeUrl?: string;
  /** Nothing below an error is logged, unless LOG_LEVEL says so. */
  readonly quiet?: boolean;
};

/**
 * Opens settings, log, characters, models and store, in this order, and closes them in the other.
 * @throws BadUse for a bad setting, OperatorError or ModelError where something is not there.
 */
export async function openHouse(io: CliIo, { storeUrl, quiet }: HouseOptions = {}): Promise<House> {
  const read = settingsOf(io);
  const log = createPinoLog(logLevel(read, io, quiet), io.stderr);
  await using opened = new AsyncDisposableStack();

  const library = await openLibrary({ shippedDir: SHIPPED_CHARACTERS, ownDir: OWN_CHARACTERS });
  opened.defer(() => library.close());
  const principles = orBadUse(() => principlesIn(OWN_PRINCIPLES));
  const named = await nameModels(read.models, (url, key) => resolveModelName(url, key, io.signal));
  const settings = { ...read, models: named };
  const models = openModels(named, { embed: settings.embed });
  const shelf = createModelShelf(settings.offered, { embed: models.embed });
  const prices = pricesOf([
    ...Object.values(named),
    settings.embed,
    ...settings.offered.map((offer) => offer.settings),
  ]);
  const moderation = settings.moderation && createOpenAiModeration(settings.moderation);
  const store = await openStore(storeUrl ?? settings.storeUrl, settings.dataKeys);
  opened.defer(() => store.close());

  const open = opened.move();
  return {
    settings,
    log,
    library,
    store,
    createEngine(options = {}) {
      const engine = createEngine({
        store,
        library: options.library ?? library,
        models,
        shelf,
        prices,
        currency: settings.currency,
        principles,
        ...(moderation ? { moderation } : {}),
        listedServers: settings.servers,
        owners: settings.owners,
        bench: openQuickBench(settings),
        tracing: options.tracing ?? settings.trace,
        log,
      });
      open.defer(() => engine.close());
      return engine;
    },
    close: () => open.disposeAsync(),
  };
}

/** Log lines are for files and for those who asked for them; a person at a terminal reads the screen. */
function logLevel({ logLevel: set }: Settings, { env, stderr }: CliIo, quiet = false): Settings['logLevel'] {
  if (env['LOG_LEVEL']) return set;
  if (quiet) return 'error';
  return 'isTTY' in stderr && stderr.isTTY === true ? 'warn' : set;
}

/** @throws BadUse with a line for each setting that is wrong. */
export function settingsOf({ env }: Pick<CliIo, 'env'>): Settings {
  return orBadUse(() => readEnvironment(env));
}

/** What an operator wrote wrong is bad use, as a bad flag is. @throws BadUse */
function orBadUse<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof OperatorError) throw new BadUse(error.message, error);
    throw error;
  }
}
