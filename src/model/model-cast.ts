import type { ChatModel } from './chat-model.ts';
import { createOpenAiEmbeddings } from './embed.ts';
import type { EmbeddingModel } from './embedding-model.ts';
import { createGgufFiles, type GgufFiles, isGguf } from './gguf/gguf-files.ts';
import { createGgufModel } from './gguf/gguf-model.ts';
import type { ModelRole, ModelSettings } from './model-settings.ts';
import { createOpenAiModel, type OpenAiModelOptions } from './openai-model.ts';
import { perEndpoint } from './per-endpoint.ts';
import { createRequestLimit } from './request-limit.ts';
import type { FailedTry } from './try-again.ts';

/** Which model plays which part; a part without one is left to the understudy or to rules. */
export type Models = { readonly [Role in ModelRole]?: ChatModel };

export type OpeningModels = Omit<OpenAiModelOptions, 'limit' | 'onFailedTry'> & {
  /** Told of each try of a request that failed. */
  readonly onFailedTry?: ((role: ModelRole, tried: FailedTry) => void) | undefined;
  /** Where models that are files are kept open; who passes it in closes it. */
  readonly files?: GgufFiles | undefined;
};

/**
 * Opens the models of all parts, and the one for embeddings. Those at one endpoint share one limit.
 */
export function openModels(
  settings: Readonly<Partial<Record<ModelRole, ModelSettings>>>,
  options: OpeningModels & { readonly embed?: ModelSettings | undefined } = {},
): Models & { readonly embed?: EmbeddingModel } {
  const { embed, onFailedTry, files = createGgufFiles(), ...common } = options;
  const all = [...Object.values(settings), ...(embed ? [embed] : [])];
  const limitOf = perEndpoint(all, createRequestLimit);
  const models: { [Role in ModelRole]?: ChatModel } = {};

  for (const [role, one] of Object.entries(settings) as [ModelRole, ModelSettings][]) {
    if (isGguf(one)) {
      models[role] = createGgufModel(one, { files, now: common.now });
      continue;
    }
    models[role] = createOpenAiModel(one, {
      ...common,
      limit: limitOf(one),
      ...(onFailedTry ? { onFailedTry: (tried) => onFailedTry(role, tried) } : {}),
    });
  }
  return embed
    ? { ...models, embed: createOpenAiEmbeddings(embed, { ...common, limit: limitOf(embed) }) }
    : models;
}
