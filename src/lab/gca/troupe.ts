import type { Segment } from '../../format/segments.ts';
import type { GcaChoice } from './simulation.ts';

/** What came of a turn; without segments nothing of it can be used. */
export type Acted = {
  readonly segments: readonly Segment[];
  /** The name stood before it. */
  readonly named: boolean;
  readonly faults: readonly string[];
  /** Characters of system thinking. */
  readonly planned: number;
  /** Answers that were asked for, one after the other. */
  readonly attempts: number;
};

/** Whom a director names: a name, the end, or chance. */
export type Predicted = { readonly name: string; readonly reason: string };

/** Who plays the parts of a scene, each with a memory of its own; names are those of the scene. */
export type Troupe = {
  /**
   * A turn of that part, as a model makes it.
   *
   * @throws ModelError where its model cannot answer; the signal’s reason when aborted
   */
  act(name: string, round: number, signal: AbortSignal): Promise<Acted>;
  /** A turn that is given: the reference conversation’s own words. */
  give(name: string, message: string): Acted;
  /** Everyone perceives a turn as they may; one without segments is a silence. */
  hear(name: string, acted: Acted): void;
  /** Whom the director sees next. @throws as `act` */
  predict(current: string, round: number, signal: AbortSignal): Promise<Predicted>;
  /** The director is told who really is next. */
  told(choice: GcaChoice): void;
};
