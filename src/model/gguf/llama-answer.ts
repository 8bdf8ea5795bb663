import type { ChatMessage } from '../chat-model.ts';
import { prepareMessages } from '../prepare-messages.ts';
import type { GgufEnd, GgufFile, GgufRequest, LoadedGguf } from './gguf-host.ts';
import type { Llama, LlamaChat, LlamaGrammar, LlamaHistoryItem } from './llama-api.ts';
import { readPrompt } from './llama-prompt.ts';

/** Compiled grammars that are kept; few differ from turn to turn. */
const MOST_GRAMMARS = 16;

/**
 * Answers in the chat template that the file holds, with what the sequence still knows of the prompt
 * before: only what comes after their common beginning is read anew.
 */
export function createLlamaAnswers(chat: LlamaChat, llama: Llama, file: GgufFile): LoadedGguf['answer'] {
  const grammars = new Map<string, LlamaGrammar>();

  /** Which one is kept longest does not matter; that few are compiled twice does. */
  async function grammarOf({ grammar, jsonSchema }: GgufRequest): Promise<LlamaGrammar | undefined> {
    const key = grammar ?? (jsonSchema && JSON.stringify(jsonSchema));
    if (key === undefined) return undefined;
    const known = grammars.get(key);
    if (known) return known;
    const compiled = grammar
      ? await llama.createGrammar({ grammar })
      : // Where a schema is beyond it the model is still asked, and its text is parsed.
        await llama.createGrammarForJsonSchema(jsonSchema).catch(() => undefined);
    if (!compiled) return undefined;
    const [oldest] = grammars.keys();
    if (grammars.size >= MOST_GRAMMARS && oldest !== undefined) grammars.delete(oldest);
    grammars.set(key, compiled);
    return compiled;
  }

  return async (request, say, signal) => {
    const grammar = await grammarOf(request);
    const history = historyOf(request);
    const { promptTokens, cachedTokens } = await readPrompt(chat, history, file, signal);
    const { tokenMeter } = chat.sequence;
    const before = tokenMeter.getState();
    const { metadata } = await chat.generateResponse(history, {
      signal,
      // Beyond the context it would forget the beginning of the prompt.
      maxTokens: Math.min(request.maxTokens, file.contextSize - promptTokens),
      temperature: request.temperature,
      ...request.sampling,
      // It would punish the tags of a turn, which recur.
      repeatPenalty: false,
      ...(request.seed === undefined ? {} : { seed: request.seed }),
      ...(grammar ? { grammar } : {}),
      ...(request.stop?.length ? { customStopTriggers: request.stop.filter((stop) => stop !== '') } : {}),
      onResponseChunk: ({ type, text }) => {
        if (text !== '') say({ type: type === 'segment' ? 'reasoning' : 'text', text });
      },
    });
    return {
      reason: readReason(metadata.stopReason),
      promptTokens,
      cachedTokens,
      completionTokens: tokenMeter.diff(before).usedOutputTokens,
    };
  };
}

function historyOf({ messages, prefill }: GgufRequest): readonly LlamaHistoryItem[] {
  const history = prepareMessages(messages).map(asItem);
  return prefill ? [...history, { type: 'model', response: [prefill] }] : history;
}

function asItem({ role, content }: ChatMessage): LlamaHistoryItem {
  return role === 'assistant' ? { type: 'model', response: [content] } : { type: role, text: content };
}

function readReason(stopReason: string): GgufEnd['reason'] {
  switch (stopReason) {
    case 'eogToken':
    case 'stopGenerationTrigger':
    case 'customStopTrigger':
      return 'stop';
    case 'maxTokens':
      return 'length';
    default:
      return 'other';
  }
}
