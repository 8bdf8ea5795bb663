import { fileURLToPath } from 'node:url';
import { openLibrary } from '../cast/library/library.ts';
import type { Library } from '../cast/library/library-api.ts';
import { readEnvironment, type Settings } from '../config/environment.ts';
import { nameModels } from '../config/name-models.ts';
import { pricesOf } from '../config/prices.ts';
import { createEngine } from '../engine/engine.ts';
import type { Engine } from '../engine/engine-api.ts';
import type { EngineOptions } from '../engine/engine-options.ts';
import type { Models } from '../engine/models.ts';
import { OperatorError } from '../errors.ts';
import type { Log } from '../log.ts';
import { createGgufFiles, type GgufFiles } from '../model/gguf/gguf-files.ts';
import { openModels } from '../model/model-cast.ts';
import { resolveModelName } from '../model/model-names.ts';
import type { ModelRole, ModelSettings, OfferedSettings } from '../model/model-settings.ts';
import { createModelShelf } from '../model/model-shelf.ts';
import { createOpenAiModeration } from '../model/moderate.ts';
import type { Operations } from '../operations/operations.ts';
import { openStore } from '../store/open-store.ts';
import type { SceneStore } from '../store/scene-store.ts';
import { BadUse } from './bad-use.ts';
import type { CliIo } from './cli-command.ts';
import { openQuickBench } from './lab/open-quick-bench.ts';
import { createPinoLog } from './pino-log.ts';
import { principlesIn } from './principles-in.ts';
import { createRedact, secretsIn } from './redact.ts';

const ROOT = new URL('../../', import.meta.url);
export const SHIPPED_CHARACTERS = fileURLToPath(new URL('characters/', ROOT));
export const OWN_CHARACTERS = fileURLToPath(new URL('data/characters/', ROOT));
/** Models that were downloaded from the page. */
export const OWN_MODELS = fileURLToPath(new URL('data/models/', ROOT));
export const OWN_PRINCIPLES = fileURLToPath(new URL('data/principles.yaml', ROOT));

/** What every command that plays scenes stands on. */
export type House = {
  /** Models have names here, also those that were left to their endpoint. */
  readonly settings: Settings;
  readonly log: Log;
  readonly library: Library;
  readonly store: SceneStore;
  /** Models that are files on this machine, open while they are played. */
  readonly files: GgufFiles;
  /** What operators can ask of this process; where it stays up. */
  readonly operations?: Operations;
  /** An engine over all of it; closed with the house. */
  createEngine(options?: EnginePart): Engine;
  close(): Promise<void>;
};

/** What is not as it is in the whole house. */
export type EnginePart = Partial<Pick<EngineOptions, 'library' | 'tracing' | 'store' | 'territory'>>;

export type HouseOptions = {
  /** In place of STORE_URL. */
  readonly storeUrl?: string;
  /** Nothing below an error is logged, unless LOG_LEVEL says so. */
  readonly quiet?: boolean;
  /** Told of all that log, models and store do. */
  readonly operations?: Operations;
};

/**
 * Opens settings, log, characters, models and store, in this order, and closes them in the other.
 * @throws BadUse for a bad setting, OperatorError or ModelError where something is not there.
 */
export async function openHouse(
  io: CliIo,
  { storeUrl, quiet, operations }: HouseOptions = {},
): Promise<House> {
  const read = settingsOf(io);
  const lines = createPinoLog(
    logLevel(read, io, quiet),
    io.stderr,
    createRedact([...secretsIn(io.env), ...keysIn(read)]),
  );
  const log = operations?.log(lines) ?? lines;
  await using opened = new AsyncDisposableStack();

  const library = await openLibrary({ shippedDir: SHIPPED_CHARACTERS, ownDir: OWN_CHARACTERS });
  opened.defer(() => library.close());
  const principles = orBadUse(() => principlesIn(OWN_PRINCIPLES));
  const files = createGgufFiles();
  opened.defer(() => files.close());
  const settings = await withModels(read, files, io.signal);
  const named = settings.models;
  const onFailedTry = operations?.failedTry;
  const models = openModels(named, { embed: settings.embed, onFailedTry, files });
  const shelf = createModelShelf(settings.offered, { embed: models.embed, onFailedTry, files });
  const measured = (some: Models) => operations?.models(some) ?? some;
  const prices = pricesOf([
    ...Object.values(named),
    settings.embed,
    ...settings.offered.map((offer) => offer.settings),
  ]);
  const moderation = settings.moderation && createOpenAiModeration(settings.moderation);
  const opening = await openStore(storeUrl ?? settings.storeUrl, settings.dataKeys);
  opened.defer(() => opening.close());
  const store = operations?.store(opening) ?? opening;

  const open = opened.move();
  return {
    settings,
    log,
    library,
    store,
    files,
    ...(operations ? { operations } : {}),
    createEngine(options = {}) {
      const engine = createEngine({
        store: options.store ?? store,
        library: options.library ?? library,
        ...(options.territory === undefined ? {} : { territory: options.territory }),
        models: measured(models),
        shelf: {
          ...shelf,
          open(id, key) {
            const chosen = shelf.open(id, key);
            return chosen && measured(chosen);
          },
        },
        prices,
        currency: settings.currency,
        principles,
        ...(moderation ? { moderation: operations?.moderation(moderation) ?? moderation } : {}),
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

/** Models with the names that were left to their endpoints, and files looked at. @throws OperatorError */
async function withModels(settings: Settings, files: GgufFiles, signal: AbortSignal): Promise<Settings> {
  const named = await nameModels(settings.models, (url, key) => resolveModelName(url, key, signal));
  const models: Partial<Record<ModelRole, ModelSettings>> = {};
  for (const [role, one] of Object.entries(named) as [ModelRole, ModelSettings][]) {
    models[role] = await files.fit(one);
  }
  const offered: OfferedSettings[] = [];
  for (const offer of settings.offered) {
    offered.push({ ...offer, settings: await files.fit(offer.settings) });
  }
  return { ...settings, models, offered };
}

/** Keys of models, wherever they are set. */
function keysIn({ models, offered, embed, moderation }: Settings): string[] {
  return [...Object.values(models), ...offered.map(({ settings }) => settings), embed, moderation]
    .map((model) => model?.apiKey)
    .filter((key) => key !== undefined);
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
