import { fileURLToPath } from 'node:url';
import { OperatorError } from '../errors.ts';
import {
  type ModelRole,
  type ModelSettings,
  modelRoleSchema,
  type OfferedSettings,
} from '../model/model-settings.ts';
import { type ModelLayer, mergeLayers, OPENAI_URL, UNDERSTUDY } from './model-layers.ts';
import { type ModelsFile, readModelsFile } from './models-file.ts';
import { type Variables, variablesSchema } from './variables.ts';

/** All that can be set from outside, checked. Secrets are in it: log no part of it. */
export type Settings = {
  /** Absent without a token: then the local stage plays. */
  readonly discord?: { readonly token: string; readonly api?: string; readonly cdn?: string };
  /** A part without a model is the understudy's. A name may still be `UNNAMED_MODEL`. */
  readonly models: Readonly<Partial<Record<ModelRole, ModelSettings>>>;
  /** `MODEL=understudy`: no model is to be offered either. */
  readonly understudyForced: boolean;
  /** An `OPENAI_API_KEY` without a model or an address: offered, never used unasked. */
  readonly bareKey?: string;
  /** A mirror that named models are downloaded from, in place of Hugging Face. */
  readonly modelsUrl?: string;
  /** The name that was set for embeddings. */
  readonly embedModel?: string;
  /** What characters remember by; only where a model plays them. */
  readonly embed?: ModelSettings;
  /** What servers may choose to play with. */
  readonly offered: readonly OfferedSettings[];
  /** That prices are in. */
  readonly currency: string;
  readonly userModel?: string;
  /** What looks at words before anyone hears them, whoever plays. */
  readonly moderation?: ModelSettings;
  readonly storeUrl: string;
  /** The bot is many processes, which share the store (docs/scaling.md); absent: this one alone. */
  readonly fleet?: FleetSettings;
  readonly host: string;
  /** Of the local page. */
  readonly port: number;
  /** Where operators ask the Discord bot for its figures and its health; absent: nowhere. */
  readonly operatorPort?: number;
  readonly logLevel: Variables['LOG_LEVEL'];
  /** Discord user ids of the operators. */
  readonly owners: readonly string[];
  /** Discord servers where the bot may play without being approved there. */
  readonly servers: '*' | readonly string[];
  readonly operatorToken?: string;
  /** Keys of 32 bytes that seal the store; the first one seals, all of them open. */
  readonly dataKeys: readonly Uint8Array[];
  readonly trace: boolean;
};

export type FleetSettings = {
  /** Discord's shards over all processes. */
  readonly shards: number;
  /** How many of them one process serves. */
  readonly perProcess: number;
  /** Most processes at once on this machine. */
  readonly processes: number;
};

const DEFAULT_PORT = 4680;
const MODELS_FILE = fileURLToPath(new URL('../../models.yaml', import.meta.url));

/**
 * Reads the settings; an empty variable counts as unset.
 *
 * @param modelsFile path of an optional `models.yaml`; by default the one beside `package.json`.
 * @throws OperatorError with a line for each problem, names and never values. The exit code is 2.
 */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  modelsFile = MODELS_FILE,
): Settings {
  const problems: string[] = [];
  const checked = variablesSchema.safeParse(withoutEmpty(env));
  for (const issue of checked.error?.issues ?? []) problems.push(`${issue.path.join('.')} ${issue.message}`);
  const file = collect(problems, () => readModelsFile(modelsFile));
  if (!checked.success || !file) throw new OperatorError(problems.join('\n'));

  const variables = checked.data;
  const fleet = fleetOf(variables);
  const understudyForced = variables.MODEL === UNDERSTUDY;
  const models = understudyForced ? {} : chooseModels(variables, file);
  const embed = models.actor && chooseEmbeddings(variables, file);
  const moderation = chooseModeration(variables, file);
  const offered = understudyForced ? [] : chooseOffered(variables, file);
  const asked = [
    ...Object.values(models),
    embed,
    moderation,
    ...offered.flatMap(({ settings, takesKey }) => (takesKey ? [] : [settings])),
  ].filter((model) => model !== undefined);
  if (asked.some(({ baseUrl, apiKey }) => isOpenAi(baseUrl) && !apiKey)) {
    throw new OperatorError(
      'OPENAI_API_KEY is needed for a model at OpenAI; for a model elsewhere, set OPENAI_BASE_URL to its address',
    );
  }
  const bareKey =
    Object.keys(models).length === 0 && !understudyForced ? variables.OPENAI_API_KEY : undefined;
  return {
    models,
    offered,
    currency: file.currency ?? 'USD',
    understudyForced,
    storeUrl: variables.STORE_URL,
    host: variables.HOST,
    port: variables.PORT ?? DEFAULT_PORT,
    logLevel: variables.LOG_LEVEL,
    owners: variables.OWNER_IDS,
    servers: variables.SERVERS,
    dataKeys: variables.DATA_KEY,
    trace: variables.TRACE,
    ...present({
      discord: variables.DISCORD_TOKEN && {
        token: variables.DISCORD_TOKEN,
        ...present({ api: variables.DISCORD_API, cdn: variables.DISCORD_CDN }),
      },
      bareKey,
      fleet,
      modelsUrl: variables.MODELS_URL,
      embedModel: variables.MODEL_EMBED,
      embed,
      userModel: variables.MODEL_USER,
      moderation,
      operatorPort: variables.DISCORD_TOKEN === undefined ? undefined : variables.PORT,
      operatorToken: variables.OPERATOR_TOKEN,
    }),
  };
}

/** @throws OperatorError where the processes could not share what they keep */
function fleetOf({
  DISCORD_TOKEN,
  STORE_URL,
  DATA_KEY,
  SHARDS,
  SHARDS_PER_PROCESS,
  PROCESSES,
}: Variables): FleetSettings | undefined {
  if (SHARDS === undefined || DISCORD_TOKEN === undefined) return undefined;
  if (!/^(?:rediss?|postgres(?:ql)?):/u.test(STORE_URL)) {
    throw new OperatorError(
      'SHARDS splits the bot into processes that share a store: set STORE_URL to one that begins with redis:// or postgres://',
    );
  }
  if (DATA_KEY.length === 0) {
    throw new OperatorError(
      'SHARDS splits the bot into processes that share a store: set DATA_KEY, the same for all of them',
    );
  }
  return { shards: SHARDS, perProcess: SHARDS_PER_PROCESS, processes: PROCESSES };
}

/** The particular wins over the general, and at one level the environment over the file. */
function chooseModels(variables: Variables, file: ModelsFile): Partial<Record<ModelRole, ModelSettings>> {
  const models: Partial<Record<ModelRole, ModelSettings>> = {};
  const general = generalLayer(variables);
  for (const role of modelRoleSchema.options) {
    const variable = VARIABLE_OF[role];
    const own: ModelLayer = present({
      name: variables[variable],
      baseUrl: variables[`${variable}_URL`],
      apiKey: variables[`${variable}_KEY`],
    });
    const settings = mergeLayers([file.default ?? {}, general, file[role] ?? {}, own]);
    if (settings) models[role] = settings;
  }
  return models;
}

function generalLayer(variables: Variables): ModelLayer {
  return present({
    name: variables.MODEL,
    baseUrl: variables.OPENAI_BASE_URL,
    apiKey: variables.OPENAI_API_KEY,
    keyUrl: variables.OPENAI_BASE_URL ?? OPENAI_URL,
    profile: variables.MODEL_PROFILE,
  });
}

function chooseEmbeddings(variables: Variables, file: ModelsFile): ModelSettings | undefined {
  const { MODEL_EMBED: name, MODEL_EMBED_URL: baseUrl, MODEL_EMBED_KEY: apiKey } = variables;
  return chooseOther(present({ name, baseUrl, apiKey, price: file.embed?.price }), variables, file);
}

function chooseModeration(variables: Variables, file: ModelsFile): ModelSettings | undefined {
  const { MODEL_MODERATION: name, MODEL_MODERATION_URL: baseUrl, MODEL_MODERATION_KEY: apiKey } = variables;
  return chooseOther(present({ name, baseUrl, apiKey }), variables, file);
}

/** Models that do not chat take the general address and key, never the general model, which does. */
function chooseOther(own: ModelLayer, variables: Variables, file: ModelsFile): ModelSettings | undefined {
  if (own.name === undefined) return undefined;
  // What the file says to a chat model of its answers is nothing to this one.
  const { extraBody: _extra, price: _price, ...everyone } = file.default ?? {};
  return mergeLayers([everyone, generalLayer(variables), own]);
}

/**
 * A model that servers choose takes the general address and key where it names none, and nothing else
 * of the general model. One that plays with a server's own key takes no other that was not named for it:
 * the operator would pay unawares.
 */
function chooseOffered(variables: Variables, file: ModelsFile): OfferedSettings[] {
  const { price: _price, ...everyone } = file.default ?? {};
  const { name: _name, profile: _profile, ...general } = generalLayer(variables);
  return (file.offered ?? []).flatMap(({ id, takesKey, ...own }) => {
    const merged = mergeLayers([everyone, general, own]);
    if (!merged) return [];
    const { apiKey, ...settings } = merged;
    const named = takesKey ? own.apiKey : apiKey;
    return [{ id, takesKey, settings: { ...settings, ...(named === undefined ? {} : { apiKey: named }) } }];
  });
}

const VARIABLE_OF = {
  actor: 'MODEL_ACTOR',
  director: 'MODEL_DIRECTOR',
  narrator: 'MODEL_NARRATOR',
  judge: 'MODEL_JUDGE',
} as const satisfies Record<ModelRole, keyof Variables>;

function isOpenAi(baseUrl: string): boolean {
  return new URL(baseUrl).hostname === new URL(OPENAI_URL).hostname;
}

function withoutEmpty(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(env).map(([name, value]) => [name, value?.trim() ?? ''] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined | ''> };

/** Leaves out what is not set, as optional properties demand. */
function present<T extends object>(values: T): Present<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  ) as Present<T>;
}

function collect<T>(problems: string[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    problems.push(error.message);
    return undefined;
  }
}
