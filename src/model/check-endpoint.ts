import { OperatorError } from '../errors.ts';
import { type ChatModel, ModelError } from './chat-model.ts';
import { createGgufFiles, type GgufFiles } from './gguf/gguf-files.ts';
import { createGgufModel } from './gguf/gguf-model.ts';
import { listModels } from './model-names.ts';
import type { ModelSettings } from './model-settings.ts';
import { createOpenAiModel } from './openai-model.ts';

export type EndpointCheck =
  | { readonly ok: true; readonly detail: string }
  | { readonly ok: false; readonly whatToDo: string };

const MOST_NAMES = 5;

/**
 * Tries a model as a scene would, with one short request: address, key, name and streaming are only
 * known to work once something was streamed. One try; on a paid endpoint it costs a few tokens.
 *
 * @throws only the signal's reason
 */
export async function checkEndpoint(settings: ModelSettings, signal: AbortSignal): Promise<EndpointCheck> {
  return checkAnswer(createOpenAiModel({ ...settings, attempts: 1 }), settings, signal);
}

/** The same of a file on this machine, which is loaded for it. @throws only the signal's reason */
export async function checkGguf(settings: ModelSettings, signal: AbortSignal): Promise<EndpointCheck> {
  const files = createGgufFiles();
  try {
    return await checkOpenGguf(settings, files, signal);
  } finally {
    await files.close();
  }
}

/** The same of a file that stays loaded. @throws only the signal's reason */
export async function checkOpenGguf(
  settings: ModelSettings,
  files: GgufFiles,
  signal: AbortSignal,
): Promise<EndpointCheck> {
  try {
    const fitting = await files.fit(settings);
    return await checkAnswer(createGgufModel(fitting, { files }), fitting, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof OperatorError)) throw error;
    return { ok: false, whatToDo: error.message };
  }
}

async function checkAnswer(
  model: ChatModel,
  settings: ModelSettings,
  signal: AbortSignal,
): Promise<EndpointCheck> {
  const request = {
    messages: [{ role: 'user', content: 'Answer with one word: ready' }],
    maxTokens: 16,
    temperature: 0,
  } as const;
  try {
    for await (const delta of model.stream(request, signal)) {
      if (delta.type !== 'end') continue;
      const { msToFirst, msToLast } = delta.usage;
      return {
        ok: true,
        detail: `${settings.name} answers: first token after ${msToFirst} ms, done after ${msToLast} ms`,
      };
    }
    return { ok: false, whatToDo: `${settings.name} gave no answer. Look at that server's own log.` };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ModelError)) throw error;
    return { ok: false, whatToDo: error.message + (await otherNames(error, settings, signal)) };
  }
}

/** Names to choose from, where the name was the mistake and the endpoint tells them. */
async function otherNames(error: ModelError, settings: ModelSettings, signal: AbortSignal): Promise<string> {
  if (error.failure !== 'unknown-model') return '';
  try {
    const models = await listModels(settings, signal, settings.timeoutMs);
    const names = models.slice(0, MOST_NAMES).map(({ name }) => name);
    return names.length === 0
      ? ''
      : ` It has: ${names.join(', ')}${models.length > MOST_NAMES ? ', …' : ''}.`;
  } catch {
    signal.throwIfAborted();
    return '';
  }
}
