import { type ChatDelta, type ChatModel, type ChatRequest, ModelError } from '../model/chat-model.ts';
import type { EmbeddingModel } from '../model/embedding-model.ts';
import type { ModelRole } from '../model/model-settings.ts';
import type { ModerationModel } from '../model/moderation-model.ts';
import type { Metrics } from './metrics.ts';

export type Models = { readonly [Role in ModelRole]?: ChatModel } & { readonly embed?: EmbeddingModel };

/** The same models, every request of which is counted and timed under the part that they play. */
export function measureModels(models: Models, metrics: Metrics): Models {
  const { embed, ...parts } = models;
  const chats = Object.entries(parts).map(([role, model]) => [role, measureModel(model, role, metrics)]);
  return {
    ...(Object.fromEntries(chats) as Omit<Models, 'embed'>),
    ...(embed ? { embed: measureEmbeddings(embed, metrics) } : {}),
  };
}

/** The same model, its requests counted and timed under a part's name. */
function measureModel(model: ChatModel, role: string, metrics: Metrics): ChatModel {
  async function* stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatDelta> {
    const end = metrics.modelSeconds.startTimer({ role });
    // Whoever has read enough leaves early.
    let outcome = 'left-early';
    try {
      for await (const delta of model.stream(request, signal)) {
        if (delta.type === 'end') {
          outcome = `ended-${delta.reason}`;
          const { promptTokens, cachedTokens, completionTokens } = delta.usage;
          metrics.tokens.inc({ role, kind: 'prompt' }, atLeastNone(promptTokens));
          metrics.tokens.inc({ role, kind: 'cached' }, atLeastNone(cachedTokens));
          metrics.tokens.inc({ role, kind: 'completion' }, atLeastNone(completionTokens));
        }
        yield delta;
      }
    } catch (error) {
      outcome = outcomeOf(error, signal);
      throw error;
    } finally {
      metrics.modelRequests.inc({ role, outcome });
      end();
    }
  }
  return { ...model, stream };
}

/** The same for what characters remember by. */
function measureEmbeddings(model: EmbeddingModel, metrics: Metrics): EmbeddingModel {
  return {
    ...model,
    embed: (texts, signal) => measured('embed', metrics, signal, () => model.embed(texts, signal)),
  };
}

/** The same for what looks at words before anyone hears them. */
export function measureModeration(model: ModerationModel, metrics: Metrics): ModerationModel {
  return {
    ...model,
    check: (text, signal) => measured('moderation', metrics, signal, () => model.check(text, signal)),
  };
}

async function measured<T>(
  role: string,
  metrics: Metrics,
  signal: AbortSignal,
  ask: () => Promise<T>,
): Promise<T> {
  const end = metrics.modelSeconds.startTimer({ role });
  let outcome = 'ended-stop';
  try {
    return await ask();
  } catch (error) {
    outcome = outcomeOf(error, signal);
    throw error;
  } finally {
    metrics.modelRequests.inc({ role, outcome });
    end();
  }
}

function outcomeOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'broken-off';
  return error instanceof ModelError ? error.failure : 'mistake';
}

/** Counters only grow, whatever an endpoint claims. */
function atLeastNone(tokens: number): number {
  return Number.isFinite(tokens) ? Math.max(0, tokens) : 0;
}
