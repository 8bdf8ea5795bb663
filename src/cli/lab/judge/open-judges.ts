import type { Settings } from '../../../config/environment.ts';
import { nameModels } from '../../../config/name-models.ts';
import type { LabJudge } from '../../../lab/judge/calls/call.ts';
import type { ReadAnswer } from '../../../lab/judge/calls/read-batches.ts';
import { readAnswerEvent } from '../../../model/answer-event.ts';
import { resolveModelName } from '../../../model/model-names.ts';
import type { ModelSettings } from '../../../model/model-settings.ts';
import { createOpenAiModel } from '../../../model/openai-model.ts';
import { buildRequestBody } from '../../../model/request-body.ts';
import type { OptionalPart } from '../../../model/request-fallbacks.ts';
import { createRequestLimit, type RequestLimit } from '../../../model/request-limit.ts';
import { BadUse } from '../../bad-use.ts';

export type Judges = {
  readonly judges: readonly LabJudge[];
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
  const configured = await configuredJudge(settings, asked.names, signal);
  const wanted = asked.names.length > 0 ? [...new Set(asked.names)] : [configured?.name];
  const limits = new Map<string, RequestLimit>();
  const all = wanted.map((name): ModelSettings => {
    const offered = settings.offered.find(({ id, takesKey }) => id === name && !takesKey)?.settings;
    const one = offered ?? (configured && name !== undefined ? { ...configured, name } : undefined);
    if (!one) throw new BadUse('no judge: set MODEL_JUDGE or MODEL, and OPENAI_BASE_URL where it is served.');
    return asked.concurrency === undefined ? one : { ...one, concurrency: asked.concurrency };
  });
  return {
    judges: all.map((one) => openJudge(one, limits)),
    concurrency: Math.max(...all.map(({ concurrency }) => concurrency)),
  };
}

async function configuredJudge(
  { models }: Settings,
  names: readonly string[],
  signal: AbortSignal,
): Promise<ModelSettings | undefined> {
  const { judge } = models;
  // Who names a judge need not have the endpoint say what it serves.
  if (!judge || names.length > 0) return judge;
  return (await nameModels({ judge }, (url, key) => resolveModelName(url, key, signal))).judge;
}

function openJudge(settings: ModelSettings, limits: Map<string, RequestLimit>): LabJudge {
  const endpoint = `${settings.baseUrl} ${settings.apiKey ?? ''}`;
  const limit = limits.get(endpoint) ?? createRequestLimit(settings);
  limits.set(endpoint, limit);
  return {
    model: createOpenAiModel(settings, { limit }),
    bodyOf(request) {
      const { path, body } = buildRequestBody(settings, request, NOT_IN_A_BATCH);
      const { stream: _stream, ...rest } = body;
      return { url: `/v1${path}`, body: rest };
    },
  };
}

/** Usage comes with every whole answer. */
const NOT_IN_A_BATCH: ReadonlySet<OptionalPart> = new Set(['usage']);

/**
 * Reads the body of an answer that came by file.
 * @throws where it is none
 */
export const readAnswer: ReadAnswer = (body) => {
  const { text, finish, usage } = readAnswerEvent(body);
  if (finish === undefined) throw new Error('It has no finish reason.');
  return {
    text,
    end: finish,
    promptTokens: usage?.promptTokens ?? 0,
    cachedTokens: usage?.cachedTokens ?? 0,
    completionTokens: usage?.completionTokens ?? 0,
  };
};
