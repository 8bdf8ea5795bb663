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
  readonly onRelease: (release: Release) => void;
  readonly onDraft: (report: Omit<DraftReport, 'beat'>) => void;
};

/** A finished turn, or `undefined` where both drafts were unusable. */
export type MadeTurn = {
  readonly turn: ParsedTurn;
  readonly made: Made;
  readonly cue?: string;
  /** Whom the draft began to speak for; they are called next. */
  readonly called?: string;
  /** Of a narration: who comes, goes, falls asleep. */
  readonly changes?: readonly PresenceChange[];
};
