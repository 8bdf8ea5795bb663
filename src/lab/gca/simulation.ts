import type { Segment } from '../../format/segments.ts';

/** One turn of a simulated scene. By its type it holds no system thinking. */
export type GcaTurn = {
  readonly round: number;
  readonly name: string;
  readonly segments: readonly Segment[];
  /** The model wrote the name before its turn, as HER’s training data has it. */
  readonly named: boolean;
  /** It was taken from the reference conversation. */
  readonly injected: boolean;
  /** What was wrong with the form of the answer that was used. */
  readonly faults: readonly string[];
  /** Characters of its system thinking, which nobody kept. */
  readonly planned?: number;
  /** Answers until one could be used. */
  readonly attempts?: number;
};

/** Who was predicted after a round, and who acts: undefined where the scene ends. */
export type GcaChoice = {
  readonly round: number;
  /** A name, `<END CHAT>` or `random`; with CoSER whatever its director named. */
  readonly predicted: string;
  readonly next: string | undefined;
  readonly rule: 'accepted' | 'end' | 'fallback' | 'injected' | 'drawn';
  /** The director’s reason, as anyone may read it; absent where it gave none. */
  readonly reason?: string;
};

/** A turn of which nothing could be used. */
export type GcaSilence = {
  readonly round: number;
  readonly name: string;
  /** Of the last answer. */
  readonly faults: readonly string[];
};

/** How a scene came to its end; `silence`: too many turns in a row came to nothing. */
export type GcaEnd = 'end-chat' | 'rounds' | 'nobody' | 'silence';

export type Simulation = {
  readonly turns: readonly GcaTurn[];
  readonly choices: readonly GcaChoice[];
  /** Rounds in which no usable turn was made. */
  readonly silent: readonly number[];
  /** Who kept silent in them, and why. */
  readonly silences?: readonly GcaSilence[];
  readonly end: GcaEnd;
};
