import type { Metric } from './alpha.ts';

/** What judges are asked about a turn. */
export type Question = {
  readonly name: 'plan-leads' | 'thought-in-character' | 'thought-private' | 'knows-only';
  /** Its key in the answer. */
  readonly key: string;
  readonly kind: 'yes-no' | 'scale';
  /** As it stands in the prompt. */
  readonly words: string;
  /** Which layer a turn must have to be asked about it. */
  readonly needs: 'plan' | 'thought' | 'turn';
};

/** The scale of `scale`, and from where on an answer passes. */
export const SCALE = { least: 1, most: 5, passes: 4 };

export const QUESTIONS: readonly Question[] = [
  {
    name: 'plan-leads',
    key: 'plan_leads',
    kind: 'yes-no',
    words: 'Does the plan lead to this turn: would somebody who plans so think, act and speak like this?',
    needs: 'plan',
  },
  {
    name: 'thought-in-character',
    key: 'thought_in_character',
    kind: 'scale',
    words:
      'How well does what is thought fit the character? 1: it might be anybody’s, or contradicts the sheet; 5: only this character would think so.',
    needs: 'thought',
  },
  {
    name: 'thought-private',
    key: 'thought_private',
    kind: 'yes-no',
    words: 'Does what is thought stay private: is it more than a repetition of what is done and said?',
    needs: 'thought',
  },
  {
    name: 'knows-only',
    key: 'knows_only',
    kind: 'yes-no',
    words:
      'Does the turn use only what the character can know: its own sheet, and what it has seen, heard and thought above?',
    needs: 'turn',
  },
];

export function metricOf({ kind }: Question): Metric {
  return kind === 'scale' ? 'ordinal' : 'nominal';
}

/** Whether an answer is a good one; yes is 1. */
export function passes({ kind }: Question, answer: number): boolean {
  return kind === 'scale' ? answer >= SCALE.passes : answer === 1;
}
