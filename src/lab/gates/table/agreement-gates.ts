import { QUESTIONS, type Question } from '../agreement/questions.ts';
import type { Gate, Measured } from './gate.ts';

const TITLES: Readonly<Record<Question['name'], string>> = {
  'plan-leads': 'Plans that lead to their turn',
  'thought-in-character': 'Thoughts in character',
  'thought-private': 'Thoughts that stay private',
  'knows-only': 'Turns that use only what is known',
};

/** What judges say of a sample, and whether they say the same. Fewer turns tell nothing. */
const ENOUGH = 20;

export const AGREEMENT_GATES: readonly Gate[] = [
  {
    name: 'judges-agree',
    title: 'Judges agree',
    unit: 'score',
    rule: 'at-least',
    limit: 0.2,
    level: 'warn',
    why: 'Where judges agree hardly more than by chance, no figure of theirs is worth much (J. Landis, G. Koch 1977: slight up to 0.2).',
    how: 'The lowest of the questions’ Krippendorff’s alphas. Where nearly all answers are alike alpha is low although they agree: look at the table.',
    least: ENOUGH,
    measure: ({ agreement }) =>
      lowest(agreement?.questions.map(({ alpha, n }) => ({ value: alpha.value, n }))),
  },
  ...QUESTIONS.map(
    ({ name, kind }): Gate => ({
      name,
      title: TITLES[name],
      unit: 'share',
      rule: 'at-least',
      limit: 0.8,
      level: 'warn',
      why: 'What judges turn down on a sample is in the whole set as often.',
      how: `Of the sampled turns, the share that passes (${kind === 'scale' ? '4 or 5 of 5' : 'yes'}), of the strictest judge.`,
      least: ENOUGH,
      measure: (measured) => strictest(measured, name),
    }),
  ),
];

function strictest({ agreement }: Measured, name: Question['name']) {
  const question = agreement?.questions.find((one) => one.name === name);
  return lowest(question?.judges.map(({ passes, answered }) => ({ value: passes.value, n: answered })));
}

function lowest(
  figures: readonly { readonly value: number | null; readonly n: number }[] = [],
): { value: number; n: number } | undefined {
  let least: { value: number; n: number } | undefined;
  for (const { value, n } of figures) {
    if (value !== null && (!least || value < least.value)) least = { value, n };
  }
  return least;
}
