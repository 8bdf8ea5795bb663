import { availableParallelism } from 'node:os';
import { OperatorError } from '../../errors.ts';
import { checkHeader, cutShort } from './check-header.ts';
import { checkMemory } from './check-memory.ts';
import type { GgufFile, GgufHost, LoadedGguf } from './gguf-host.ts';
import { createLlamaAnswers } from './llama-answer.ts';
import type { Llama, LlamaPackage } from './llama-api.ts';
import { loadLlama } from './load-llama.ts';

type Started = {
  readonly package: LlamaPackage;
  readonly llama: Llama;
  /** What llama.cpp said last of what went wrong. */
  readonly lastWords: () => string;
};

/**
 * Plays GGUF files through llama.cpp, in this process. The package is loaded when a file is first looked
 * at; nothing is compiled and nothing fetched.
 */
export function createLlamaHost(load: () => Promise<LlamaPackage> = loadLlama): GgufHost {
  let starting: Promise<Started> | undefined;

  function started(): Promise<Started> {
    starting ??= start(load).catch((error: unknown) => {
      starting = undefined;
      throw error;
    });
    return starting;
  }

  return {
    async check(file) {
      const size = await checkHeader(file.path);
      return checkFile(file, size, await started());
    },
    async load(file, signal) {
      return loadFile(file, await started(), signal);
    },
    async close() {
      const { llama } = (await starting?.catch(() => undefined)) ?? {};
      await llama?.dispose();
    },
  };
}

async function start(load: () => Promise<LlamaPackage>): Promise<Started> {
  const found = await load();
  let last = '';
  const logger = (_level: string, message: string) => {
    last = message;
  };
  try {
    const options = { build: 'never', skipDownload: true, progressLogs: false } as const;
    const llama = await found.getLlama({ ...options, logLevel: 'error', logger });
    // Its threads wait for each other at full speed: one more than there are cores and all of them crawl.
    // One core is left for the rest of this process.
    if (llama.gpu === false) llama.maxThreads = Math.max(1, availableParallelism() - 1);
    return { package: found, llama, lastWords: () => last };
  } catch (error) {
    throw new OperatorError(
      `node-llama-cpp has nothing that runs on this machine (${process.platform}, ${process.arch}). Install it with its optional packages: npm i --include=optional node-llama-cpp`,
      error,
    );
  }
}

async function checkFile(
  file: GgufFile,
  size: number,
  { package: { readGgufFileInfo, GgufInsights }, llama }: Started,
): Promise<{ readonly trainedContext: number | undefined }> {
  const info = await readGgufFileInfo(file.path, { sourceType: 'filesystem', logWarnings: false }).catch(
    (error: unknown) => {
      // It ends within what is told of the weights, or makes no sense there.
      throw new OperatorError(cutShort(file.path).message, error);
    },
  );
  const insights = await GgufInsights.from(info, llama);
  const isWhole = info.splicedParts > 1 || (info.infoEndOffset ?? 0) + insights.modelSize <= size;
  if (!isWhole) throw cutShort(file.path);
  const trainedContext = insights.trainContextSize;
  const contextSize = Math.min(file.contextSize, trainedContext ?? file.contextSize);
  const weights = await insights.estimateModelResourceRequirementsV2({ gpuLayers: 0 });
  const context = await insights.estimateContextResourceRequirementsV2({
    contextSize,
    modelGpuLayers: 0,
    swaFullCache: true,
  });
  const memory = await memoryOf(llama);
  checkMemory({ ...file, contextSize }, { weights: weights.cpuRam, context: context.cpuRam }, memory);
  return { trainedContext };
}

/** Bytes of this machine and its graphics cards; of a container, what it may have. */
async function memoryOf(llama: Llama): Promise<number> {
  const [ram, vram] = await Promise.all([llama.getRamState(), llama.getVramState()]);
  // 0, or more than there is: nobody sets a bound.
  const bound = process.constrainedMemory() || ram.total;
  return Math.min(ram.total, bound) + vram.total - vram.unifiedSize;
}

async function loadFile(
  file: GgufFile,
  { package: { LlamaChat }, llama, lastWords }: Started,
  signal: AbortSignal,
): Promise<LoadedGguf> {
  await using opened = new AsyncDisposableStack();
  try {
    const model = await llama.loadModel({ modelPath: file.path, loadSignal: signal });
    opened.defer(() => model.dispose());
    const context = await model.createContext({
      contextSize: file.contextSize,
      // Models with a sliding window would forget the beginning of the prompt, and read it anew each time.
      swaFullCache: true,
      createSignal: signal,
    });
    opened.defer(() => context.dispose());
    const chat = new LlamaChat({ contextSequence: context.getSequence() });
    opened.defer(() => chat.dispose());
    const answer = createLlamaAnswers(chat, llama, file);
    const held = opened.move();
    return { answer, close: () => held.disposeAsync() };
  } catch (error) {
    signal.throwIfAborted();
    const said = oneLine(lastWords()) || oneLine(error instanceof Error ? error.message : '');
    throw new OperatorError(`${file.path} cannot be loaded (${said})`, error);
  }
}

const LONGEST_SAYING = 200;

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_SAYING);
}
