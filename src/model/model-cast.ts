import type { ChatModel } from './chat-model.ts';
import { createOpenAiEmbeddings } from './embed.ts';
import type { EmbeddingModel } from './embedding-model.ts';
import type { ModelRole, ModelSettings } from './model-settings.ts';
import { createOpenAiModel, type OpenAiModelOptions } from './openai-model.ts';
import { createRequestLimit, type RequestLimit } from './request-limit.ts';

/** Which model plays which part; a part without one is left to the understudy or to rules. */
export type Models = { readonly [Role in ModelRole]?: ChatModel };

/**
 * Opens the models of all parts, and the one for embeddings. Those at one endpoint share one limit,
 * the narrowest that any of their settings asks for: what an endpoint bears does not depend on who
 * asks.
 */
export function openModels(
  settings: Readonly<Partial<Record<ModelRole, ModelSettings>>>,
  options: Omit<OpenAiModelOptions, 'limit'> & { readonly embed?: ModelSettings | undefined } = {},
): Models & { readonly embed?: EmbeddingModel } {
  const { embed, ...common } = options;
  const all = [...Object.values(settings), ...(embed ? [embed] : [])];
  const limits = new Map<string, RequestLimit>();
  const models: { [Role in ModelRole]?: ChatModel } = {};

  function limitOf(one: ModelSettings): RequestLimit {
    const endpoint = endpointKey(one);
    const known = limits.get(endpoint);
    if (known) return known;
    const made = narrowestLimit(all.filter((other) => endpointKey(other) === endpoint));
    limits.set(endpoint, made);
    return made;
  }

  for (const [role, one] of Object.entries(settings) as [ModelRole, ModelSettings][]) {
    models[role] = createOpenAiModel(one, { ...common, limit: limitOf(one) });
  }
  return embed
    ? { ...models, embed: createOpenAiEmbeddings(embed, { ...common, limit: limitOf(embed) }) }
    : models;
}

/** Two keys are two accounts, with limits of their own. */
function endpointKey({ baseUrl, apiKey = '' }: ModelSettings): string {
  return `${new URL(baseUrl).href.replace(/\/+$/, '')} ${apiKey}`;
}

function narrowestLimit(settings: readonly ModelSettings[]): RequestLimit {
  const perMinute = settings.map(({ requestsPerMinute }) => requestsPerMinute ?? Number.POSITIVE_INFINITY);
  const narrowest = Math.min(...perMinute);
  return createRequestLimit({
    concurrency: Math.min(...settings.map(({ concurrency }) => concurrency)),
    requestsPerMinute: Number.isFinite(narrowest) ? narrowest : undefined,
  });
}
