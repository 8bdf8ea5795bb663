import { listModels, OPENAI_DEFAULT_MODEL } from './model-names.ts';
import { type ModelSettings, modelSettingsSchema } from './model-settings.ts';

export type FoundModel = {
  readonly kind: 'ollama' | 'lm-studio' | 'llama.cpp' | 'openai-key';
  readonly modelName: string;
  readonly baseUrl: string;
  /** Where the text of a scene would go. */
  readonly where: string;
  readonly costs: boolean;
  readonly settings: ModelSettings;
};

type LocalServer = Exclude<FoundModel['kind'], 'openai-key'>;

const USUAL_PORTS: Readonly<Record<LocalServer, number>> = {
  ollama: 11434,
  'lm-studio': 1234,
  'llama.cpp': 8080,
};
/** A server on this machine answers at once, or it is not one. */
const PROBE_TIMEOUT_MS = 700;
/** What these servers give a model unless they are told otherwise. */
const LOCAL_CONTEXT_SIZE = 4096;
const OPENAI_CONTEXT_SIZE = 32_768;

/**
 * Looks for models that could be used, to be *offered*: nothing is sent to any but a server on this
 * machine (127.0.0.1), and to that only the question for its models. A bare key is offered without
 * asking anyone. Never throws; a server that does not answer like one is not found.
 */
export async function findModels(options: {
  /** An OPENAI_API_KEY that came without an address and a model. */
  readonly bareKey?: string | undefined;
  /** Other ports than the usual ones. */
  readonly ports?: Readonly<Partial<Record<LocalServer, number>>> | undefined;
  readonly signal: AbortSignal;
}): Promise<FoundModel[]> {
  const { bareKey, signal } = options;
  const ports = Object.entries({ ...USUAL_PORTS, ...options.ports }) as [LocalServer, number][];
  const probes = ports.map(([kind, port]) => probe(kind, port, signal));
  const found = (await Promise.all(probes)).filter((model) => model !== undefined);
  return bareKey === undefined || bareKey === '' ? found : [...found, offerKey(bareKey)];
}

async function probe(kind: LocalServer, port: number, signal: AbortSignal): Promise<FoundModel | undefined> {
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  try {
    const models = await listModels({ baseUrl }, signal, PROBE_TIMEOUT_MS);
    // Ollama also lists models that run elsewhere: "name:size-cloud".
    const model = models.find(({ name }) => !/[:-]cloud$/.test(name));
    if (model === undefined) return undefined;
    const { name, contextSize = LOCAL_CONTEXT_SIZE } = model;
    const settings = modelSettingsSchema.parse({ name, baseUrl, contextSize });
    return { kind, modelName: name, baseUrl, where: 'this machine', costs: false, settings };
  } catch {
    // Nobody there, or something else lives on that port.
    return undefined;
  }
}

function offerKey(apiKey: string): FoundModel {
  const baseUrl = 'https://api.openai.com/v1';
  const name = OPENAI_DEFAULT_MODEL;
  const settings = modelSettingsSchema.parse({ name, baseUrl, apiKey, contextSize: OPENAI_CONTEXT_SIZE });
  return { kind: 'openai-key', modelName: name, baseUrl, where: 'api.openai.com', costs: true, settings };
}
