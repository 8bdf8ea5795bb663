import type { Settings } from '../../config/environment.ts';
import { UNNAMED_MODEL } from '../../config/model-layers.ts';
import type { LabModel } from '../../lab/calls/call.ts';
import type { ReadAnswer } from '../../lab/calls/read-batches.ts';
import { readAnswerEvent } from '../../model/answer-event.ts';
import { openBulkModels } from '../../model/bulk-models.ts';
import { isGguf } from '../../model/gguf/gguf-files.ts';
import { resolveModelName } from '../../model/model-names.ts';
import type { ModelRole, ModelSettings } from '../../model/model-settings.ts';
import { endpointLabel } from '../../model/open-client.ts';
import { BadUse } from '../bad-use.ts';

/** Who is asked in the lab; `user` plays the player. */
export type LabRole = ModelRole | 'user';

export type Judges = {
  readonly judges: readonly LabModel[];
  /** Requests in flight at once, of the widest. */
  readonly concurrency: number;
};

/**
 * Opens the judges that are asked for: by the name of a model at the judge's endpoint, or by the id of a
 * model that `models.yaml` offers; without a name, the one that the settings name.
 *
 * @throws BadUse where no model is set; ModelError where an endpoint does not say what it serves
 */
export async function openJudges(
  settings: Settings,
  asked: { readonly names: readonly string[]; readonly concurrency: number | undefined },
  signal: AbortSignal,
): Promise<Judges> {
  const names = asked.names.length > 0 ? [...new Set(asked.names)] : [undefined];
  const wanted = names.map((name) => ({ role: 'judge', name }) as const);
  const all = await settingsFor(settings, wanted, asked.concurrency, signal);
  return { judges: openAll(all), concurrency: Math.max(...all.map(({ concurrency }) => concurrency)) };
}

/**
 * Opens a model for each role: by the name of a model at that role's endpoint, or by the id of one that
 * `models.yaml` offers; without a name, the one that the settings name. A role without settings of its own
 * uses the actor's. Those at one endpoint share its limit and its connections.
 *
 * @param asked.concurrency requests in flight at once at each endpoint, in place of what the settings say
 * @throws BadUse where no model is set; ModelError where an endpoint does not say what it serves
 */
export async function openLabModels<Role extends LabRole>(
  settings: Settings,
  asked: {
    readonly roles: readonly Role[];
    readonly names: { readonly [R in Role]?: string | undefined };
    readonly concurrency: number | undefined;
  },
  signal: AbortSignal,
): Promise<Record<Role, LabModel>> {
  const wanted = asked.roles.map((role) => ({ role, name: asked.names[role] }));
  const opened = await openModelsFor(settings, wanted, asked.concurrency, signal);
  return Object.fromEntries(asked.roles.map((role, at) => [role, opened[at]])) as Record<Role, LabModel>;
}

/** Who is to play what: by the name or id that is asked for, else as the settings have it. */
export type Wanted = { readonly role: LabRole; readonly name?: string | undefined };

/** As `openLabModels`, in order, where a role is played by several. @throws as `openLabModels` */
export async function openModelsFor(
  settings: Settings,
  wanted: readonly Wanted[],
  concurrency: number | undefined,
  signal: AbortSignal,
): Promise<readonly LabModel[]> {
  return openAll(await settingsFor(settings, wanted, concurrency, signal));
}

/** The settings of the model that plays a role. */
function chosen({ models, offered, userModel }: Settings, { role, name: asked }: Wanted): ModelSettings {
  const name = asked ?? (role === 'user' ? userModel : undefined);
  const offer = offered.find(({ id, takesKey }) => id === name && !takesKey)?.settings;
  const own = role === 'user' ? models.actor : (models[role] ?? models.actor);
  const one = offer ?? (own && name !== undefined ? { ...own, name } : own);
  if (one) return one;
  throw new BadUse(
    `no ${role}: set MODEL_${role.toUpperCase()} or MODEL, and OPENAI_BASE_URL where it is served.`,
  );
}

const SERVE = 'serve it with llama-server, and set OPENAI_BASE_URL.';

/** The settings of all of them, with the names that were left to the endpoints; each is asked once. */
async function settingsFor(
  settings: Settings,
  wanted: readonly Wanted[],
  concurrency: number | undefined,
  signal: AbortSignal,
): Promise<readonly ModelSettings[]> {
  const names = new Map<string, string>();
  const all: ModelSettings[] = [];
  for (const one of wanted.map((each) => chosen(settings, each))) {
    if (isGguf(one))
      throw new BadUse(`${one.name} is a file, and in the lab models are asked over HTTP: ${SERVE}`);
    const endpoint = `${one.baseUrl} ${one.apiKey ?? ''}`;
    const name =
      one.name === UNNAMED_MODEL
        ? (names.get(endpoint) ?? (await resolveModelName(one.baseUrl, one.apiKey, signal)))
        : one.name;
    if (one.name === UNNAMED_MODEL) names.set(endpoint, name);
    all.push({ ...one, name, concurrency: concurrency ?? one.concurrency });
  }
  return all;
}

function openAll(all: readonly ModelSettings[]): readonly LabModel[] {
  const models = openBulkModels(all);
  return all.flatMap(({ baseUrl, price }, at): LabModel[] => {
    const model = models[at];
    if (!model) return [];
    const { bodyOf, ask, ...chat } = model;
    return [
      {
        model: chat,
        endpoint: endpointLabel(baseUrl),
        ...(price ? { price: { ...price, cached: price.cached ?? price.prompt } } : {}),
        ask,
        bodyOf,
      },
    ];
  });
}

/**
 * Reads the body of an answer that came by file.
 * @throws where it is none
 */
export const readAnswer: ReadAnswer = (body) => {
  const { text, reasoning, finish, usage } = readAnswerEvent(body);
  if (finish === undefined) throw new Error('It has no finish reason.');
  return {
    text,
    reasoning,
    end: finish,
    promptTokens: usage?.promptTokens ?? 0,
    cachedTokens: usage?.cachedTokens ?? 0,
    completionTokens: usage?.completionTokens ?? 0,
  };
};
