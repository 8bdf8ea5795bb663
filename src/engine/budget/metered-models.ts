import {
  type ChatDelta,
  type ChatModel,
  type ChatRequest,
  ModelError,
  type ModelUsage,
} from '../../model/chat-model.ts';
import type { EmbeddingModel } from '../../model/embedding-model.ts';
import { say } from '../../words/text.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { LiveScene } from '../live-scene.ts';
import type { Models } from '../models.ts';
import { ownKeyOf } from './server-models.ts';

/** Characters a token: where no usage came. */
const CHARS_PER_TOKEN = 4;

/** By scene and then by the models beneath: a prompt grows as long as its model is the same one. */
const metered = new WeakMap<LiveScene, WeakMap<Models, Models>>();
/** Own keys whose refusal the moderators know of. */
const refused = new WeakSet<Models>();

/**
 * The models of a scene (of one of its cast), every request of which is counted to whoever is being
 * answered while it is sent: also one that is thrown away, and one that is broken off, by an estimate.
 */
export function meteredModels(room: EngineRoom, live: LiveScene, cardId?: string): Models {
  const models = room.modelsFor(live.record, cardId);
  const known = metered.get(live) ?? new WeakMap<Models, Models>();
  metered.set(live, known);
  const made = known.get(models) ?? meterAll(room, live, models);
  known.set(models, made);
  return made;
}

function meterAll(room: EngineRoom, live: LiveScene, models: Models): Models {
  const { embed, ...parts } = models;
  const chats = Object.entries(parts).map(([part, model]) => [part, meterChat(room, live, models, model)]);
  return {
    ...(Object.fromEntries(chats) as Omit<Models, 'embed'>),
    ...(embed ? { embed: meterEmbeddings(room, live, embed) } : {}),
  };
}

function meterChat(room: EngineRoom, live: LiveScene, models: Models, model: ChatModel): ChatModel {
  async function* stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatDelta> {
    const payer = live.making?.payer;
    let usage: ModelUsage | undefined;
    let received = 0;
    let unanswered = false;
    try {
      for await (const delta of model.stream(request, signal)) {
        if (delta.type === 'end') usage = delta.usage;
        else received += delta.text.length;
        yield delta;
      }
    } catch (error) {
      unanswered = error instanceof ModelError && received === 0;
      if (error instanceof ModelError) noteRefusedKey(room, live, models, error);
      throw error;
    } finally {
      const sent = request.messages.reduce((sum, { content }) => sum + content.length, 0);
      // Who did not answer is not paid.
      if (!unanswered) {
        await room.budgets.countTokens(live.record, payer, usage ?? estimated(model.name, sent, received));
      }
    }
  }
  return { ...model, stream };
}

function meterEmbeddings(room: EngineRoom, live: LiveScene, model: EmbeddingModel): EmbeddingModel {
  return {
    ...model,
    async embed(texts, signal) {
      const payer = live.making?.payer;
      const vectors = await model.embed(texts, signal);
      const sent = texts.reduce((sum, text) => sum + text.length, 0);
      await room.budgets.countTokens(live.record, payer, estimated(model.name, sent, 0));
      return vectors;
    },
  };
}

function estimated(model: string, sent: number, received: number): ModelUsage {
  return {
    model,
    promptTokens: Math.ceil(sent / CHARS_PER_TOKEN),
    cachedTokens: 0,
    completionTokens: Math.ceil(received / CHARS_PER_TOKEN),
    msToFirst: 0,
    msToLast: 0,
  };
}

/** The room reads a neutral line; who can mend it is told what is wrong, once a key. */
function noteRefusedKey(
  room: EngineRoom,
  { record }: LiveScene,
  models: Models,
  { failure }: ModelError,
): void {
  const id = ownKeyOf(models);
  if (failure !== 'refused-key' || id === undefined || refused.has(models)) return;
  refused.add(models);
  room.audit.note(record.server, {
    kind: 'failed',
    text: say('The key of this server for {{model}} was refused: /model key takes another.', { model: id }),
    scene: record.id,
  });
}
