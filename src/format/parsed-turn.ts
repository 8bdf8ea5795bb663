import type { Segment } from './segments.ts';

/** What a model got wrong. Reported, never thrown: a bad turn is data, not a bug. */
export type Fault =
  | 'plan-missing'
  | 'plan-unclosed'
  | 'plan-orphan-close'
  | 'plan-repeated'
  | 'plan-late'
  | 'plan-untagged'
  | 'thought-unclosed'
  | 'thought-orphan-close'
  | 'action-unclosed'
  | 'tag-variant'
  | 'tag-mismatched'
  | 'tag-nested'
  | 'tag-unknown'
  | 'tag-cut-off'
  | 'legacy-brackets'
  | 'bracket-thought'
  | 'json-reply'
  | 'heading-reply'
  | 'own-name'
  | 'other-speaker'
  | 'stop-token'
  | 'too-long'
  | 'noise'
  | 'nothing-visible'
  /** It read its instructions aloud; found by the performer, not by the parser. */
  | 'prompt-echo'
  /** It says aloud what is hidden of it; found by the last gate. */
  | 'hidden-aloud';

/**
 * A finished draft, taken apart.
 *
 * `systemThinking` may go to a trace and nowhere else. When `usable` is false the whole draft is
 * thrown away (fail closed): `segments` is then empty.
 */
export type ParsedTurn = {
  readonly systemThinking: string;
  readonly segments: readonly Segment[];
  /** Each fault once, in the order in which it was met. */
  readonly faults: readonly Fault[];
  readonly usable: boolean;
  /** The name in the label that cut the turn, where the model began to speak for someone else. */
  readonly nextSpeaker?: string;
};
