import type { Kind, Split } from '../sample.ts';

/** What was exported for one engine, for whoever writes how to train with it. */
export type RecipeInput = {
  /** Kinds with their splits. */
  readonly kinds: ReadonlyMap<Kind, ReadonlySet<Split>>;
  /** Of the files to be named: what was written, JSON Lines first. */
  formOf(kind: Kind): 'jsonl' | 'parquet';
  /** Of a whole sample, estimated at export. */
  readonly maxTokens: number;
};

/** Files by their names, as they stand beside the data. */
export type Recipe = (input: RecipeInput, model: TrainedModel) => Readonly<Record<string, string>>;

export type TrainedModel = {
  /** In names of files. */
  readonly name: string;
  readonly id: string;
  /** GPUs of 80 GB on one machine. */
  readonly gpus: number;
  /** All weights, or an adapter. */
  readonly tuning: 'full' | 'lora';
  /** Cards that hold one copy while it generates. */
  readonly tensorParallel: number;
};

export const TRAINED_MODELS: readonly TrainedModel[] = [
  { name: 'qwen3-32b', id: 'Qwen/Qwen3-32B', gpus: 8, tuning: 'full', tensorParallel: 4 },
  { name: 'qwen3-1.7b', id: 'Qwen/Qwen3-1.7B', gpus: 1, tuning: 'lora', tensorParallel: 1 },
];

/** What is known of HER’s training (her-spec 8.1); all else in a recipe is our choice. */
export const HER_BATCH = 32;
export const HER_EPOCHS = 4;

/** Of full tuning and of adapters: our choice, the paper names none. */
export function learningRate({ tuning }: TrainedModel): string {
  return tuning === 'full' ? '1.0e-5' : '1.0e-4';
}

/** Tokens of an answer with its plan, at most: our choice. */
export const ANSWER_TOKENS = 1024;
/** Rollouts of one prompt: our choice. */
export const GROUP = 8;

/** The kind that a command is for where nothing is said; undefined where there is none of them. */
export function firstOf<K extends Kind>({ kinds }: RecipeInput, wanted: readonly K[]): K | undefined {
  return wanted.find((kind) => kinds.get(kind)?.has('train'));
}

export const SFT_KINDS = ['sft', 'sft-plain', 'grm-sft'] as const;
export const RL_KINDS = ['rp-rl', 'grm-rl'] as const;

/** Kinds that are learnt by reward and can be trained on, each with a command of its own. */
export function rlKinds({ kinds }: RecipeInput): readonly (typeof RL_KINDS)[number][] {
  return RL_KINDS.filter((kind) => kinds.get(kind)?.has('train'));
}

/** Whether there is anything to look at while training. */
export function hasVal({ kinds }: RecipeInput, kind: Kind): boolean {
  return kinds.get(kind)?.has('val') ?? false;
}

/** What of the figures is known, and what is not. */
export const FIGURES = {
  sft: [
    'Global batch 32, 4 epochs and loss on the last turn alone are HER’s; the paper names no other figure:',
    'the rest is our choice and where to begin, not what is best.',
  ],
  rl: [
    'HER names no group size, learning rate, KL or steps of its RL: every figure is our choice and where to',
    'begin, not what is best.',
  ],
};

/** The head of every command. @param about lines that say what it was checked against */
export function shellHead(task: 'sft' | 'rl', what: string, about: readonly string[]): string {
  return [
    '#!/usr/bin/env bash',
    ...[what, ...FIGURES[task], ...about].map((line) => `# ${line}`),
    'set -euo pipefail',
    'cd "$(dirname "$0")"',
    '',
  ].join('\n');
}

/** A command, one flag a line. */
export function command(begin: string, flags: readonly string[]): string {
  return `${[begin, ...flags.map((flag) => `  ${flag}`)].join(' \\\n')}\n`;
}
