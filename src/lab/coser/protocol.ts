import type { Protocol } from './severity.ts';

/**
 * What differs between the runners, beside their prompts (her-spec 3.4, 4.5, 5.2; lab.md 3.1). `fixed` is
 * ours: the engine that plays in Discord, in the same loop, with the faults of both mended.
 */
export type ProtocolRules = {
  readonly protocol: Protocol;
  /** Of actors, Environment and director; undefined: what the model’s settings say. */
  readonly temperature: number | undefined;
  /** Tokens of one of their answers; undefined: what the model’s settings say. */
  readonly maxTokens: number | undefined;
  readonly judge: {
    readonly maxTokens: number;
    /** Of the first try, and of those after it. */
    readonly temperature: readonly [number, number];
    /** Tries until a judgement counts as unread. */
    readonly tries: number;
    /** Thoughts of the actors are shown to the judge, in brackets. */
    readonly readsThoughts: boolean;
    /** Every line bears its speaker’s name, the Environment’s too; else as the model wrote it. */
    readonly namesLines: boolean;
  };
  /** What characters have in mind (`motivation`, which the published set calls `thought`) is in their prompt. */
  readonly readsThoughtField: boolean;
};

export const RULES: Readonly<Record<Protocol, ProtocolRules>> = {
  coser: {
    protocol: 'coser',
    temperature: 0,
    maxTokens: 512,
    judge: { maxTokens: 16_384, temperature: [0, 1], tries: 6, readsThoughts: false, namesLines: false },
    readsThoughtField: false,
  },
  her: {
    protocol: 'her',
    temperature: 0.7,
    maxTokens: 4096,
    judge: { maxTokens: 2048, temperature: [0, 0], tries: 1, readsThoughts: true, namesLines: false },
    readsThoughtField: false,
  },
  fixed: {
    protocol: 'fixed',
    temperature: undefined,
    maxTokens: undefined,
    judge: { maxTokens: 4096, temperature: [0, 0.7], tries: 3, readsThoughts: true, namesLines: true },
    readsThoughtField: true,
  },
};

/** A judgement that cannot be read after so many tries makes its case invalid, under every protocol. */
export const HONEST_TRIES = 3;

/** What is left out, turned round or added, to see what it is worth (the paper’s ablations and its reviewers’). */
export type Ablation = {
  /** Actors plan first, in hidden third person. */
  readonly plan: boolean;
  /** Actors think in hidden first person. */
  readonly thoughts: boolean;
  /** The judge reads the actors’ thoughts; undefined: as the protocol has it. */
  readonly judgeThoughts: boolean | undefined;
  /** In which form actors write and read each other. */
  readonly dialect: 'her' | 'coser';
  /** So many drafts of a turn, of which the judge’s principles choose one. */
  readonly bestOf: number;
};

export const WHOLE: Ablation = {
  plan: true,
  thoughts: true,
  judgeThoughts: undefined,
  dialect: 'her',
  bestOf: 1,
};
