import type { ChatMessage } from '../../model/chat-model.ts';
import type { RewardContext } from '../reward/score-request.ts';
import type { Conversation } from '../synth/record/conversation.ts';

/**
 * What is exported. `sft`: turns with their system thinking; `sft-plain`: without any, under the prompt that
 * asks for none (the paper’s ablation); `grm-sft`, `grm-rl`: for the judge; `rp-rl`: prompts for role-play RL.
 */
export const KINDS = ['sft', 'sft-plain', 'grm-sft', 'grm-rl', 'rp-rl'] as const;
export type Kind = (typeof KINDS)[number];

export const ENGINES = ['ms-swift', 'trl', 'llama-factory', 'verl', 'openrlhf'] as const;
export type Engine = (typeof ENGINES)[number];

/** `test` is never trained on and never looked at while training; `val` is looked at. */
export const SPLITS = ['train', 'val', 'test'] as const;
export type Split = (typeof SPLITS)[number];

/** Where a sample came from; all samples of a conversation are in one split. */
export type SampleSource = {
  readonly conversation: string;
  readonly character: string;
  /** Id of the turn, where it is one. */
  readonly turn?: number;
  /** Of the book, where it is known: test sets are kept apart by it. */
  readonly key?: Conversation['key'];
};

/** To be imitated: the last message is the assistant’s, and the only one that is learnt. */
export type SftSample = {
  readonly kind: 'sft' | 'sft-plain' | 'grm-sft';
  readonly id: string;
  readonly source: SampleSource;
  /** Roles alternate after an optional system message, beginning with the user. */
  readonly messages: readonly ChatMessage[];
};

/** To be answered and rewarded: the last message is the user’s. */
export type RlSample = {
  readonly kind: 'grm-rl' | 'rp-rl';
  readonly id: string;
  readonly source: SampleSource;
  readonly prompt: readonly ChatMessage[];
  /** `grm-rl`: `cand_1`, `cand_2` or `tie`. `rp-rl`: the reference reply. */
  readonly truth: string;
  /** `rp-rl` alone: what the reward server is to be sent. */
  readonly reward?: RewardContext;
};

export type Sample = SftSample | RlSample;

/** Something that is no sample, and why. */
export type SampleReject = {
  readonly kind: 'reject';
  readonly id: string;
  /** One of a few, in kebab case: they are counted. */
  readonly why: string;
  readonly detail?: string;
};

/** What a source of samples gives, one at a time: nothing is dropped in silence. */
export type Made = { readonly kind: 'sample'; readonly sample: Sample } | SampleReject;

/** One file that was written, relative to the folder: a line of `export.json`, which `lab check` goes by. */
export type ExportedFile = {
  readonly path: string;
  readonly engine: Engine;
  readonly kind: Kind;
  readonly split: Split;
  readonly form: 'jsonl' | 'parquet';
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
};
