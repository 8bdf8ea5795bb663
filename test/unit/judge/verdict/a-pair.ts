import type { Principle } from '../../../../src/judge/principles/principle.ts';
import type { AskedOrder } from '../../../../src/judge/verdict/asked-order.ts';
import type { Comparing, Layout } from '../../../../src/judge/verdict/judging.ts';
import type { JudgeContext, Side } from '../../../../src/judge/verdict/verdict.ts';

function principle(
  id: string,
  name: string,
  sign: Principle['sign'],
  dimension: Principle['dimension'],
): Principle {
  return {
    id,
    name,
    sign,
    dimension,
    level: 'sentence',
    asks: `Asked for by ${id}.`,
    breaks: `Broken as ${id} has it.`,
    example: 'An example.',
    source: 'ours',
  };
}

export const PRINCIPLES: readonly Principle[] = [
  principle('out-of-character', 'Out of Character', 'negative', 'character'),
  principle('speaks-for-another', 'Speaks for Another', 'negative', 'dialogue'),
  principle('own-initiative', 'Own Initiative', 'positive', 'character'),
  principle('subtext-over-statement', 'Subtext Over Statement', 'positive', 'emotion'),
  principle('emotional-authenticity', 'Emotional Authenticity', 'positive', 'emotion'),
];

export const CONTEXT: JudgeContext = {
  speaker: 'Dr. Watson',
  sheet: 'An army surgeon home from Afghanistan, loyal and plain-spoken.',
  setting: 'Baker Street, morning.',
  others: [{ name: 'Sherlock Holmes', sheet: 'A consulting detective.' }],
  lines: [
    'Environment: A cab rattles off below.',
    'Dr. Watson: <role_thinking>He has not slept.</role_thinking>Good morning.',
    'Sherlock Holmes: What do you make of our visitor?',
  ],
  note: 'A governess came for help.',
};

export function aPair(changes: Partial<Comparing> = {}): Comparing {
  return {
    model: { name: 'judge-1', contextSize: 16_384, maxTokens: 1024 },
    context: CONTEXT,
    principles: PRINCIPLES,
    first: {
      segments: [
        { kind: 'thought', text: 'I must not be foolish again.' },
        { kind: 'action', text: 'takes the glove' },
        { kind: 'speech', text: 'A governess, and in haste.' },
      ],
    },
    second: { segments: [{ kind: 'speech', text: 'I could not say.' }] },
    secret: 'a secret of the house',
    ...changes,
  };
}

/** The pair as if it had been asked; what it is called is fixed. */
export function anAsked(shownFirst: Side = 'first', layout: Layout = 'plain'): AskedOrder {
  const [one, other] = layout === 'plain' || shownFirst === 'first' ? [0, 1] : [1, 0];
  const labels = layout === 'plain' ? ['KV', 'RZ'] : ['cand_1', 'cand_2'];
  return {
    shownFirst,
    layout,
    labels: { first: labels[one] ?? '', second: labels[other] ?? '' },
    principles: PRINCIPLES,
    request: { messages: [], maxTokens: 1, temperature: 0 },
  };
}
