import type { PatternFigures } from '../../patterns/pattern-counts.ts';
import type { LengthFigures } from './lengths.ts';
import type { NearDuplicates } from './near-duplicates.ts';

/** How often something was met, and among how many. */
export type Counted = { readonly name: string; readonly count: number; readonly share: number };

/** A turn that a check stopped at, as a person needs to see it; hidden layers are in it. Cut where long. */
export type Example = {
  readonly conversation: string;
  readonly turn: number;
  readonly speaker: string;
  readonly text: string;
  readonly plan?: string;
};

/** One check of `turnFaults`, and how many turns it found. */
export type CheckFigure = {
  readonly why: string;
  readonly layer: string;
  readonly turns: number;
  /** Turns of them in which it tells, or teaches to tell, what must be hidden. */
  readonly leaking: number;
  /** Of all turns. */
  readonly share: number;
  readonly examples: readonly Example[];
};

/** The commonest beginnings of texts of a layer. */
export type Openings = { readonly n: number; readonly other: number; readonly top: readonly Counted[] };

/** A figure of a sample; null where fewer than two texts are in it. */
export type Sampled = { readonly n: number; readonly value: number | null };

export const LAYERS = ['plan', 'turn', 'thought', 'action', 'speech'] as const;
export type Layer = (typeof LAYERS)[number];

/** All that one pass over a data set tells. Shares are 0…1. */
export type Survey = {
  readonly counts: {
    readonly conversations: number;
    /** Different ones, of which so many are told apart; `more`: there are others. */
    readonly books: { readonly n: number; readonly more: boolean };
    readonly sources: readonly Counted[];
    readonly sheets: number;
    readonly turns: number;
    /** Of characters; the others are the world’s. */
    readonly characterTurns: number;
    readonly plans: number;
    /** Turns of characters without a plan. */
    readonly planless: number;
    readonly planTypes: readonly Counted[];
    readonly drafts: number;
    /** Turns whose text a step changed. */
    readonly changed: number;
    /** Parts of the setting that were completed, and what was added to them. */
    readonly completed: readonly Counted[];
    readonly additions: number;
    /** Of texts and plans, estimated. */
    readonly tokens: number;
  };
  /** Lines that are no conversation: the first of them, and how many. */
  readonly unread: { readonly n: number; readonly first: readonly { line: number; fault: string }[] };
  readonly parser: {
    /** Turns that cannot be taken apart. */
    readonly unusable: number;
    /** Turns with any fault of form; that nothing is visible is none. */
    readonly faulty: number;
    readonly faults: readonly Counted[];
  };
  readonly checks: {
    /** Turns with a fault that tells what it must not. */
    readonly leaking: number;
    /** Turns with any other. */
    readonly faulty: number;
    readonly rows: readonly CheckFigure[];
  };
  readonly firstPersonPlans: number;
  readonly lengths: { readonly [L in Layer]?: LengthFigures };
  /** Mean of plans, estimated; null where there is none. */
  readonly planTokens: number | null;
  readonly patterns: {
    readonly before: PatternFigures;
    readonly after: PatternFigures;
    /** Mean number of different patterns; null where there is no conversation. */
    readonly perConversation: number | null;
  };
  readonly selfBleu: { readonly plans: Sampled; readonly turns: Sampled };
  readonly openings: { readonly plans: Openings; readonly thoughts: Openings };
  readonly scripts: {
    readonly turns: readonly Counted[];
    readonly plans: readonly Counted[];
    /** Plans in another script than their turn, of those where both have letters. */
    readonly apart: { readonly n: number; readonly count: number };
  };
  readonly duplicates: { readonly plans: Alike; readonly turns: Alike };
};

/** Near-duplicates with the texts of the pairs that are shown, cut where long. */
export type Alike = Omit<NearDuplicates, 'pairs'> & {
  readonly pairs: readonly { readonly first: string; readonly second: string; readonly jaccard: number }[];
};
