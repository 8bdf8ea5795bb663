import type { ChatModel } from './chat-model.ts';
import type { ModelRole, ModelSettings } from './model-settings.ts';
import { createOpenAiModel, type OpenAiModelOptions } from './openai-model.ts';
import { createRequestLimit, type RequestLimit } from './request-limit.ts';

/** Which model plays which part; a part without one is left to the understudy or to rules. */
export type Models = { readonly [Role in ModelRole]?: ChatModel };

/**
 * Opens the models of all parts. Those at one endpoint share one limit, the narrowest that any of
 * their settings asks for: what an endpoint bears does not depend on who asks.
 */
export function openModels(
  settings: Readonly<Partial<Record<ModelRole, ModelSettings>>>,
  options: Omit<OpenAiModelOptions, 'limit'> = {},
): Models {
  const all = Object.values(settings);
  const limits = new Map<string, RequestLimit>();
  const models: { [Role in ModelRole]?: ChatModel } = {};
  for (const [role, one] of Object.entries(settings) as [ModelRole, ModelSettings][]) {
    const endpoint = endpointKey(one);
    const limit =
      limits.get(endpoint) ?? narrowestLimit(all.filter((other) => endpointKey(other) === endpoint));
    limits.set(endpoint, limit);
    models[role] = createOpenAiModel(one, { ...options, limit });
  }
  return models;
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
