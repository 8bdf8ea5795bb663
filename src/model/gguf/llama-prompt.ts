import { OperatorError } from '../../errors.ts';
import type { GgufEnd, GgufFile } from './gguf-host.ts';
import type { LlamaChat, LlamaHistoryItem } from './llama-api.ts';

/** Tokens that are read before the signal is looked at again. */
const STRIDE = 256;

/**
 * Reads a prompt into the sequence, all but its last token, which the answer begins from. What the sequence
 * holds from the answer before is kept as far as it is the same. In one go it could not be aborted, and a
 * long prompt takes a slow machine a minute.
 *
 * @returns tokens of the prompt, and those of them that were there before
 * @throws OperatorError where the prompt leaves no room for an answer, or the signal’s reason
 */
export async function readPrompt(
  { chatWrapper, model, sequence }: LlamaChat,
  history: readonly LlamaHistoryItem[],
  { path, contextSize }: GgufFile,
  signal: AbortSignal,
): Promise<Pick<GgufEnd, 'promptTokens' | 'cachedTokens'>> {
  const open =
    history.at(-1)?.type === 'model' ? history : [...history, { type: 'model', response: [] } as const];
  const tokens = chatWrapper
    .generateContextState({ chatHistory: open })
    .contextText.tokenize(model.tokenizer);
  const promptTokens = tokens.length;
  if (promptTokens >= contextSize) {
    throw new OperatorError(
      `the prompt of ${promptTokens} tokens is too long for ${path}, which reads ${contextSize}: raise its contextSize`,
    );
  }
  signal.throwIfAborted();
  const beginning = tokens.slice(0, -1);
  await sequence.adaptStateToTokens(beginning, false);
  const cachedTokens = sequence.nextTokenIndex;
  for (let at = cachedTokens; at < beginning.length; at += STRIDE) {
    signal.throwIfAborted();
    await sequence.evaluateWithoutGeneratingNewTokens(beginning.slice(at, at + STRIDE));
  }
  signal.throwIfAborted();
  return { promptTokens, cachedTokens };
}
