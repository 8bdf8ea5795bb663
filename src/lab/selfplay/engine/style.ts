import type { ChatModel, ChatRequest } from '../../../model/chat-model.ts';
import type { Ask } from '../../calls/ask.ts';
import type { Dice } from './dice.ts';
import type { Chunk, Message } from './message.ts';
import type { Part } from './play-dialogue.ts';

/** One dialogue to be played and judged. */
export type Work = {
  readonly id: string;
  /** Dialogues that hang together, as runs of one scene do, are drawn together for intervals. */
  readonly cluster: string;
  readonly title: string;
  /** From 1. */
  readonly run: number;
  /** Whose dialogue it is, where it was played before (published ones). */
  readonly model?: string;
  readonly opening: readonly Message[];
  readonly exchanges: number;
  /** Exchanges that are judged at once. */
  readonly perChunk: number;
};

/** Something that a judge holds against one turn. */
export type Flaw = {
  readonly dimension: string;
  readonly severity: string;
  /** Number of the exchange. */
  readonly turn: number;
  readonly what: string;
  readonly quote: string;
};

/** What one judge says of one chunk. */
export type ChunkJudgement = {
  /** By dimension: a mark for each exchange, in order. */
  readonly marks: Readonly<Record<string, readonly number[]>>;
  readonly flaws: readonly Flaw[];
  /** The tested model would not play on. */
  readonly refused: boolean;
  /** Flaws of turns that are not there; in no mark. */
  readonly misplaced: number;
  /** Quotes that do not stand in their turn: how careless a judge is. */
  readonly misquoted: number;
};

export type Judging = {
  /**
   * @param attempt from 1; from the second on it is said what was wrong with the answer before
   * @param seed of this throw of the dice
   */
  request(attempt: number, seed: number): ChatRequest;
  /** Undefined where it cannot be read; then nothing is guessed. */
  read(text: string): ChunkJudgement | undefined;
};

export type Playing = { readonly dice: Dice; readonly askAs: (role: 'actor' | 'user') => Ask };

/** `maxTokens`: at most, in a window that is large enough. */
export type Sampling = { readonly temperature: number; readonly maxTokens: number };

/** A benchmark on the one engine: what is played, what is asked of judges, what follows from it. */
export type Style<W extends Work = Work> = {
  readonly benchmark: 'minimax-style' | 'pingpong';
  /** Whose counting it is. */
  readonly protocol: string;
  readonly dimensions: readonly { readonly id: string; readonly label: string }[];
  /** Ends of the scale of marks and figures. */
  readonly scale: { readonly least: number; readonly most: number };
  /** `hash` of all prompts, `judge` of the judge’s; `texts` of what is ours, filled with nobody’s data. */
  readonly prompts: {
    readonly source: string;
    readonly hash: string;
    readonly judge: string;
    readonly texts: Readonly<Record<string, string>>;
  };
  /** With what a part is asked, where the benchmark says so and not the model’s settings. */
  readonly sampling: Partial<Record<'user' | 'judge', Sampling>>;
  readonly works: readonly W[];
  readonly remarks: readonly string[];
  partsOf(work: W, playing: Playing): { readonly actor: Part; readonly user: Part };
  judging(work: W, chunk: Chunk, judge: ChatModel): Judging;
  /** Figures of one dialogue from its means by dimension; `overall` among them. */
  figuresOf(means: Readonly<Record<string, number>>): Readonly<Record<string, number>>;
  readonly labels: Readonly<Record<string, string>>;
  /** A dialogue that the tested model would not play on has no figure, and is counted by itself. */
  readonly leavesOutRefusals: boolean;
};
