/**
 * The part of `node-llama-cpp` (3.22) that is used here. The package is an optional peer: types of its own
 * are not there where it is not installed. `load-llama.ts` checks at run time that the functions are.
 */
export type LlamaPackage = {
  getModuleVersion(): Promise<string>;
  getLlama(options: {
    /** Neither compiles anything nor fetches sources. */
    readonly build: 'never';
    readonly skipDownload: true;
    readonly progressLogs: false;
    readonly logLevel: 'error';
    readonly logger: (level: string, message: string) => void;
  }): Promise<Llama>;
  readonly LlamaChat: new (options: { readonly contextSequence: LlamaSequence }) => LlamaChat;
  readGgufFileInfo(
    path: string,
    options: { readonly sourceType: 'filesystem'; readonly logWarnings: false },
  ): Promise<LlamaFileInfo>;
  readonly GgufInsights: { from(info: LlamaFileInfo, llama: Llama): Promise<LlamaInsights> };
};

export type Llama = {
  /** `false`: none. */
  readonly gpu: string | false;
  maxThreads: number;
  loadModel(options: { readonly modelPath: string; readonly loadSignal: AbortSignal }): Promise<LlamaModel>;
  createGrammar(options: { readonly grammar: string }): Promise<LlamaGrammar>;
  /** Throws on keywords of JSON Schema that it does not know. */
  createGrammarForJsonSchema(schema: unknown): Promise<LlamaGrammar>;
  getRamState(): Promise<{ readonly total: number }>;
  getVramState(): Promise<{ readonly total: number; readonly unifiedSize: number }>;
  dispose(): Promise<void>;
};

/** Opaque: it is handed from one function to the other. */
export type LlamaGrammar = { readonly grammar: string };

export type LlamaFileInfo = {
  readonly splicedParts: number;
  /** Bytes before the weights. */
  readonly infoEndOffset?: number;
};

type Needs = { readonly cpuRam: number; readonly gpuVram: number };
export type LlamaInsights = {
  /** Bytes of the weights. */
  readonly modelSize: number;
  readonly trainContextSize: number | undefined;
  estimateModelResourceRequirementsV2(options: { readonly gpuLayers: 0 }): Promise<Needs>;
  estimateContextResourceRequirementsV2(options: {
    readonly contextSize: number;
    readonly modelGpuLayers: 0;
    readonly swaFullCache: true;
  }): Promise<Needs>;
};

export type LlamaModel = {
  createContext(options: {
    readonly contextSize: number;
    readonly swaFullCache: true;
    readonly createSignal: AbortSignal;
  }): Promise<LlamaContext>;
  dispose(): Promise<void>;
};

type LlamaContext = { getSequence(): LlamaSequence; dispose(): Promise<void> };

export type LlamaSequence = {
  /** How many tokens it holds. */
  readonly nextTokenIndex: number;
  /** Forgets what comes after the common beginning. */
  adaptStateToTokens(tokens: readonly LlamaToken[], allowShift: false): Promise<void>;
  evaluateWithoutGeneratingNewTokens(tokens: readonly LlamaToken[]): Promise<void>;
  readonly tokenMeter: { getState(): LlamaTokens; diff(before: LlamaTokens): LlamaTokens };
};
type LlamaToken = number;
type LlamaTokens = { readonly usedInputTokens: number; readonly usedOutputTokens: number };

export type LlamaHistoryItem =
  | { readonly type: 'system' | 'user'; readonly text: string }
  | { readonly type: 'model'; readonly response: readonly string[] };

export type LlamaChat = {
  readonly sequence: LlamaSequence;
  readonly model: { readonly tokenizer: unknown };
  /** The template that the file holds. */
  readonly chatWrapper: {
    generateContextState(options: { readonly chatHistory: readonly LlamaHistoryItem[] }): {
      readonly contextText: { tokenize(tokenizer: unknown): readonly LlamaToken[] };
    };
  };
  generateResponse(
    history: readonly LlamaHistoryItem[],
    options: {
      readonly signal: AbortSignal;
      readonly maxTokens: number;
      readonly temperature: number;
      readonly topK: number;
      readonly topP: number;
      readonly minP: number;
      readonly repeatPenalty: false;
      readonly seed?: number;
      readonly grammar?: LlamaGrammar;
      readonly customStopTriggers?: readonly string[];
      /** `type` is absent in what is said, and `segment` in what is thought. */
      onResponseChunk(chunk: { readonly type: 'segment' | undefined; readonly text: string }): void;
    },
  ): Promise<{ readonly metadata: { readonly stopReason: string } }>;
  dispose(): void;
};
