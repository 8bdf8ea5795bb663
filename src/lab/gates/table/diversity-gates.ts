import type { Openings, Sampled } from '../survey/survey.ts';
import { SAMPLED } from '../survey/survey-records.ts';
import type { Gate } from './gate.ts';
import { shareIn } from './wholeness-gates.ts';

/** Whether turns are different enough. Fewer turns are alike by chance. */
const ENOUGH = 50;

export const DIVERSITY_GATES: readonly Gate[] = [
  {
    name: 'top-pattern',
    title: 'Share of the commonest pattern',
    unit: 'share',
    rule: 'at-most',
    limit: 0.6,
    level: 'fail',
    why: 'One mould for nearly all turns is what collapse looks like: HER’s commonest has 49.2 %, without care it is 96.1 % (her-spec 7.7).',
    how: 'Turns of characters whose layers stand in the commonest order, of all turns of characters.',
    least: ENOUGH,
    measure: ({ survey: { patterns } }) => ({ value: patterns.after.top1Share, n: patterns.after.n }),
  },
  {
    name: 'pattern-entropy',
    title: 'Entropy of patterns',
    unit: 'bits',
    rule: 'at-least',
    limit: 1,
    level: 'warn',
    why: 'HER’s data has 2.15 bits, a collapsed model 0.28 (her-spec 7.7).',
    how: 'Shannon’s entropy, over turns of characters.',
    least: ENOUGH,
    measure: ({ survey: { patterns } }) => ({ value: patterns.after.entropy, n: patterns.after.n }),
  },
  {
    name: 'self-bleu-plans',
    title: 'Self-BLEU of plans',
    unit: 'score',
    rule: 'at-most',
    limit: 0.7,
    level: 'warn',
    why: 'Plans that repeat each other teach a form to be filled in. The limit is ours; the paper’s figures are counted otherwise.',
    how: bleuWords('plans'),
    least: ENOUGH,
    measure: ({ survey: { selfBleu } }) => sampled(selfBleu.plans),
  },
  {
    name: 'self-bleu-turns',
    title: 'Self-BLEU of turns',
    unit: 'score',
    rule: 'at-most',
    limit: 0.5,
    level: 'warn',
    why: 'Turns that repeat each other teach a model to repeat itself. The limit is ours; the paper’s figures are counted otherwise.',
    how: bleuWords('turns'),
    least: ENOUGH,
    measure: ({ survey: { selfBleu } }) => sampled(selfBleu.turns),
  },
  {
    name: 'plan-opening',
    title: 'Plans that begin alike',
    unit: 'share',
    rule: 'at-most',
    limit: 0.5,
    level: 'warn',
    why: 'One beginning for all plans is a tic of the teacher.',
    how: openingWords('plans'),
    least: ENOUGH,
    measure: ({ survey: { openings } }) => topOf(openings.plans),
  },
  {
    name: 'thought-opening',
    title: 'Thoughts that begin alike',
    unit: 'share',
    rule: 'at-most',
    limit: 0.2,
    level: 'warn',
    why: 'Thoughts are different people’s: more than one in five with one beginning is a tic of the teacher.',
    how: openingWords('thoughts'),
    least: ENOUGH,
    measure: ({ survey: { openings } }) => topOf(openings.thoughts),
  },
  {
    name: 'alike-plans',
    title: 'Plans that are nearly another',
    unit: 'share',
    rule: 'at-most',
    limit: 0.05,
    level: 'warn',
    why: 'The same plan twice counts twice in training.',
    how: alikeWords('plans'),
    measure: ({ survey: { duplicates } }) => shareIn(duplicates.plans.alike, duplicates.plans.n),
  },
  {
    name: 'alike-turns',
    title: 'Turns that are nearly another',
    unit: 'share',
    rule: 'at-most',
    limit: 0.05,
    level: 'warn',
    why: 'The same turn twice counts twice in training, and may stand in the training and the test set.',
    how: alikeWords('turns'),
    measure: ({ survey: { duplicates } }) => shareIn(duplicates.turns.alike, duplicates.turns.n),
  },
];

function bleuWords(what: string): string {
  return `Mean BLEU-4 of each of at most ${SAMPLED.selfBleu} ${what}, drawn by lot, against all others of them; an order without a match counts as 0.1 of one.`;
}

function openingWords(what: string): string {
  return `${what} that begin with the commonest three words, names aside, of all ${what}.`.replace(
    /^./u,
    (sign) => sign.toUpperCase(),
  );
}

function alikeWords(what: string): string {
  return `Of at most ${SAMPLED.duplicates} ${what}, drawn by lot, those that share 80 % of their groups of three words with another of them; what is below six words is left out.`;
}

function sampled({ n, value }: Sampled): { value: number; n: number } | undefined {
  return value === null ? undefined : { value, n };
}

function topOf({ n, top }: Openings): { value: number; n: number } | undefined {
  return top[0] && { value: top[0].share, n };
}
