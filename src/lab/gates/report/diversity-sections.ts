import type { PatternFigures } from '../../patterns/pattern-counts.ts';
import { counted, grouped } from '../../report/numbers.ts';
import { NEARLY } from '../survey/near-duplicates.ts';
import type { Alike, Openings } from '../survey/survey.ts';
import { SAMPLED } from '../survey/survey-records.ts';
import { type Block, DRAWN, number, percent, type Section, text } from './blocks.ts';
import type { GatesReport } from './gates-report.ts';

/** In which order layers stand, before and after the steps (her-spec 6.2). */
export function diversitySection({ survey: { patterns } }: GatesReport): Section | undefined {
  const { before, after, perConversation } = patterns;
  if (after.n === 0) return undefined;
  const figures = (words: string, told: (one: PatternFigures) => string) => [
    words,
    told(before),
    told(after),
  ];
  const band = (name: keyof PatternFigures['bands']) => (one: PatternFigures) =>
    `${counted(one.bands[name].patterns, 'pattern')}, ${counted(one.bands[name].turns, 'turn')}`;
  const other = after.other + before.other;
  return {
    ...{ id: 'patterns', short: 'Patterns', title: 'Patterns' },
    note: `A pattern is the order of layers in a turn, neighbours of a kind as one.${perConversation === null ? '' : ` A conversation has ${perConversation.toFixed(2)} different ones on average.`}`,
    blocks: [
      {
        ...{ kind: 'table', caption: 'Before and after' },
        how: `Of turns of characters. Before: the text as it was loaded, where a step changed it. HER’s data: 2.15 bits, commonest 49.2 %.${other > 0 ? ` ${counted(other, 'turn')} of rare patterns are not told apart and count as one: entropy is the least that it can be.` : ''}`,
        columns: [text('What'), number('Before'), number('After')],
        rows: [
          figures('Entropy, bits', ({ entropy }) => entropy.toFixed(2)),
          figures('Commonest pattern', ({ top1Share }) => percent(top1Share)),
          figures('Different patterns', ({ distinct }) => grouped(distinct)),
          figures('Common: more than 1 %', band('high')),
          figures('Middling: 0.1 to 1 %', band('mid')),
          figures('Rare: less than 0.1 %', band('low')),
        ],
      },
      {
        ...{ kind: 'table', caption: 'The commonest patterns, after' },
        how: 'Of all turns of characters.',
        columns: [text('Pattern'), DRAWN, number('Share'), number('Turns')],
        rows: after.top.map(({ pattern, share, count }) => [
          pattern,
          { share },
          percent(share),
          grouped(count),
        ]),
      },
    ],
  };
}

/** How far texts repeat each other. */
export function likenessSection({ survey }: GatesReport): Section | undefined {
  const { selfBleu, openings, duplicates } = survey;
  const kinds = [
    { name: 'plans', bleu: selfBleu.plans, alike: duplicates.plans },
    { name: 'turns', bleu: selfBleu.turns, alike: duplicates.turns },
  ].filter(({ bleu }) => bleu.n > 0);
  if (kinds.length === 0) return undefined;
  return {
    ...{ id: 'likeness', short: 'Likeness', title: 'Likeness' },
    blocks: [
      {
        ...{ kind: 'table', caption: 'Texts that repeat each other' },
        how: `Samples drawn by lot. Self-BLEU: mean BLEU-4 of each of at most ${SAMPLED.selfBleu} against all others, an order without a match as 0.1 of one; it grows with the sample. Nearly alike: ${percent(NEARLY)} of groups of three words in common with another of at most ${SAMPLED.duplicates}.`,
        columns: [text('Texts'), number('Self-BLEU'), number('of'), number('Nearly alike'), number('of')],
        rows: kinds.map(({ name, bleu, alike }) => [
          ...[name, bleu.value === null ? '–' : bleu.value.toFixed(3), grouped(bleu.n)],
          ...[grouped(alike.alike), grouped(alike.n)],
        ]),
      },
      ...openingsTable('Beginnings of plans', openings.plans),
      ...openingsTable('Beginnings of thoughts', openings.thoughts),
      ...kinds.flatMap(({ name, alike }) => pairsOf(name, alike)),
    ],
  };
}

function openingsTable(caption: string, { n, other, top }: Openings): Block[] {
  if (n === 0) return [];
  return [
    {
      ...{ kind: 'table', caption },
      how: `The first three words, the character’s own name as <name>; of ${grouped(n)}.${other > 0 ? ` ${grouped(other)} rare ones are not told apart.` : ''}`,
      columns: [text('Beginning'), DRAWN, number('Share'), number('Count')],
      rows: top.map(({ name, share, count }) => [name, { share }, percent(share), grouped(count)]),
    },
  ];
}

function pairsOf(name: string, { pairs }: Alike): Block[] {
  if (pairs.length === 0) return [];
  const isHidden = name === 'plans';
  return [
    {
      kind: 'folded',
      title: `${name} that are nearly alike: ${counted(pairs.length, 'pair')}`,
      examples: pairs.map(({ first, second, jaccard }) => ({
        title: `${percent(jaccard)} in common`,
        parts: [
          { label: 'one', text: first, isHidden },
          { label: 'the other', text: second, isHidden },
        ],
      })),
    },
  ];
}
