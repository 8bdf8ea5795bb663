import type { Library } from '../../cast/library/library-api.ts';
import type { SceneScript } from '../../cast/scene-script.ts';
import type { Rules } from '../../config/room-settings.ts';
import type { ParsedTurn } from '../../format/parsed-turn.ts';
import type { Release } from '../../format/turn-parser.ts';
import type { Log } from '../../log.ts';
import type { PresenceChange } from '../../performer/environment-reply.ts';
import type { Made } from '../../scene/beat.ts';
import type { SceneStore } from '../../store/scene-store.ts';
import type { DraftReport } from '../engine-api.ts';
import type { Clock } from '../engine-options.ts';
import type { Models } from '../models.ts';

export type TurnOptions = {
  readonly library: Library;
  readonly models: Models;
  /** What holds here, for this character. */
  readonly rules: Rules;
  readonly script: SceneScript | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: SceneStore;
  /** Who may be watching; empty where prompts say nothing of it. */
  readonly audience: string;
  readonly tracing: boolean;
  /** So many candidates of a character's turn are drafted by its model; default one. */
  readonly drafts?: number;
  readonly onRelease: (release: Release) => void;
  readonly onDraft: (report: Omit<DraftReport, 'beat'>) => void;
};

/**
 * What a turn comes to: one, or candidates in the order in which they were asked for, no two of which
 * read the same; none where no draft was usable.
 */
export type DraftedTurns = {
  readonly turns: readonly MadeTurn[];
  /** Milliseconds for which the first one that was there waited for the others. */
  readonly waitedMs: number;
};

/** A finished turn. */
export type MadeTurn = {
  readonly turn: ParsedTurn;
  readonly made: Made;
  readonly cue?: string;
  /** Whom the draft began to speak for; they are called next. */
  readonly called?: string;
  /** Of a narration: who comes, goes, falls asleep. */
  readonly changes?: readonly PresenceChange[];
  /** Its place (from 0) among the candidates that were asked for. */
  readonly candidate?: number;
  /** Candidates that a judge put behind it, the best first: they become its swipes. */
  readonly others?: readonly Pick<MadeTurn, 'turn' | 'made' | 'called' | 'candidate'>[];
};
