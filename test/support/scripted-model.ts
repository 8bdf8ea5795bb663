import type { ChatModel, ChatRequest } from '../../src/model/chat-model.ts';
import { answeringModel } from './answering-model.ts';

/** What a request is for: whose turn, who is next, or what the world does. */
export type Asked = { readonly of: string; readonly request: ChatRequest };

/**
 * A model whose parts are written by the test: `turn` by whom it is asked for, `next` (a name, or
 * `random`), `world` (the Environment's whole reply).
 */
export function scriptedModel(parts: {
  readonly turn?: (name: string, request: ChatRequest) => string;
  readonly next?: (request: ChatRequest) => string;
  /** Why that one is next. */
  readonly reason?: string;
  readonly world?: (request: ChatRequest) => string;
}): ChatModel & { readonly asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    ...answeringModel(),
    name: 'scripted',
    asked,
    async *stream(request, signal) {
      signal.throwIfAborted();
      const of = partOf(request);
      asked.push({ of, request });
      yield { type: 'text', text: answer(of, request) };
      yield { type: 'end', reason: 'stop', usage: NO_USAGE };
    },
  };

  function answer(of: string, request: ChatRequest): string {
    if (of === 'director') {
      const next = parts.next?.(request) ?? playerIn(request);
      return JSON.stringify({ reasoning: parts.reason ?? 'it is so', next_speaker: next });
    }
    if (of === 'world') return parts.world?.(request) ?? '{"narration":"Rain falls.","changes":[]}';
    return (
      parts.turn?.(of, request) ??
      `<role_thinking>T-${asked.length}</role_thinking>Line ${asked.length} of ${of}.`
    );
  }
}

const NO_USAGE = {
  model: 'scripted',
  promptTokens: 1,
  cachedTokens: 0,
  completionTokens: 1,
  msToFirst: 0,
  msToLast: 0,
};

/** A player among those who may be next: naming one lets the scene rest. */
function playerIn(request: ChatRequest): string {
  const prompt = request.messages.map(({ content }) => content).join('\n');
  return /^- (.+?) \(a player/m.exec(prompt)?.[1] ?? '<END CHAT>';
}

function partOf(request: ChatRequest): string {
  const system = request.messages[0]?.content ?? '';
  if (request.jsonSchema?.name === 'next_speaker') return 'director';
  if (system.startsWith('You are the world')) return 'world';
  return /## Your character: (.+)/.exec(system)?.[1] ?? 'nobody';
}
