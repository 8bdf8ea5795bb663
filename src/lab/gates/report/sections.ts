import { counted, grouped } from '../../report/numbers.ts';
import { LAYERS } from '../survey/survey.ts';
import { agreementSection } from './agreement-section.ts';
import { type Block, DRAWN, number, percent, type Section, text } from './blocks.ts';
import { diversitySection, likenessSection } from './diversity-sections.ts';
import type { GatesReport } from './gates-report.ts';

/** HER’s own plans, on average (her-spec 1.1, F1). Tokens. */
const HER_PLAN_TOKENS = 580;

/** All that a report tells beside its gates; what has nothing to tell is left out. */
export function sectionsOf(report: GatesReport): readonly Section[] {
  return [
    contents(report),
    checksSection(report),
    parserSection(report),
    lengthsSection(report),
    diversitySection(report),
    likenessSection(report),
    scriptsSection(report),
    rejectsSection(report),
    agreementSection(report),
  ].filter((section) => section !== undefined);
}

function contents({ survey: { counts, unread } }: GatesReport): Section {
  const { books, planTypes, completed, sources } = counts;
  const table = (caption: string, how: string, rows: typeof planTypes): Block[] =>
    rows.length === 0
      ? []
      : [
          {
            ...{
              kind: 'table',
              caption,
              how,
              columns: [text('What'), DRAWN, number('Share'), number('Count')],
            },
            rows: rows.map(({ name, count, share }) => [name, { share }, percent(share), grouped(count)]),
          },
        ];
  return {
    ...{ id: 'contents', short: 'Contents', title: 'What is in it' },
    blocks: [
      {
        kind: 'facts',
        items: [
          { label: 'Books', value: `${books.more ? 'more than ' : ''}${grouped(books.n)}` },
          { label: 'Conversations', value: grouped(counts.conversations) },
          { label: 'Sheets of characters', value: grouped(counts.sheets) },
          { label: 'Turns', value: grouped(counts.turns) },
          { label: 'Turns of characters', value: grouped(counts.characterTurns) },
          { label: 'Plans', value: grouped(counts.plans) },
          { label: 'Drafts of plans', value: grouped(counts.drafts) },
          { label: 'Turns that were changed', value: grouped(counts.changed) },
          { label: 'Additions to settings', value: grouped(counts.additions) },
          { label: 'Tokens, about', value: grouped(counts.tokens) },
        ],
      },
      ...table('Where it is from', 'Conversations by their source.', sources),
      ...table(
        'How plans came about',
        'A: kept in form, B: rewritten, C: made anew, given: there before. Of all plans.',
        planTypes,
      ),
      ...table(
        'What was completed',
        'Parts of settings that have additions. Of all completed parts.',
        completed,
      ),
      ...(unread.n > 0
        ? [
            {
              kind: 'table' as const,
              caption: `${counted(unread.n, 'line')} that could not be read`,
              how: 'The first of them; they are in no other figure.',
              columns: [number('Line'), text('What is wrong')],
              rows: unread.first.map(({ line, fault }) => [grouped(line), fault]),
            },
          ]
        : []),
    ],
  };
}

function checksSection({ survey: { checks } }: GatesReport): Section {
  const { rows } = checks;
  return {
    ...{ id: 'checks', short: 'Checks', title: 'Checks by name' },
    note:
      rows.length === 0
        ? 'No check found anything.'
        : 'Turns that a check of the synthesis stops at. Examples are drawn by lot and show all layers, hidden ones too.',
    blocks: [
      ...(rows.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              caption: 'What checks found',
              how: 'Turns with at least one such fault, of all turns; a turn may have several. Leaks: those of them that the gate counts.',
              columns: [
                text('Check'),
                text('Layer'),
                DRAWN,
                number('Share'),
                number('Turns'),
                number('Leaks'),
              ],
              rows: rows.map(({ why, layer, share, turns, leaking }) => [
                why,
                layer,
                { share },
                percent(share),
                grouped(turns),
                grouped(leaking),
              ]),
            },
          ]),
      ...rows.map(
        ({ why, layer, examples }): Block => ({
          kind: 'folded',
          title: `${counted(examples.length, 'example')} of ${why} (${layer})`,
          examples: examples.map(({ conversation, turn, speaker, text: said, plan }) => ({
            title: `${speaker}, turn ${turn} of ${conversation}`,
            parts: [
              ...(plan === undefined ? [] : [{ label: 'plan', text: plan, isHidden: true }]),
              { label: 'turn, as it stands', text: said, isHidden: false },
            ],
          })),
        }),
      ),
    ],
  };
}

function parserSection({ survey: { parser, counts } }: GatesReport): Section | undefined {
  if (parser.faults.length === 0) return undefined;
  return {
    ...{ id: 'parser', short: 'Parser', title: 'What the parser finds' },
    blocks: [
      {
        ...{ kind: 'table', caption: 'Faults of form' },
        how: `Turns with the fault, of all ${grouped(counts.turns)}. “nothing-visible”: somebody only thinks, which is no fault of form; but nobody can play it.`,
        columns: [text('Fault'), DRAWN, number('Share'), number('Turns')],
        rows: parser.faults.map(({ name, count, share }) => [
          name,
          { share },
          percent(share),
          grouped(count),
        ]),
      },
    ],
  };
}

function lengthsSection({ survey: { lengths, planTokens } }: GatesReport): Section | undefined {
  const rows = LAYERS.flatMap((layer) => {
    const one = lengths[layer];
    if (!one) return [];
    const { n, mean, median, p95, least, most } = one;
    return [[layer, ...[mean, median, p95, least, most, n].map(grouped)]];
  });
  if (rows.length === 0) return undefined;
  return {
    ...{ id: 'lengths', short: 'Lengths', title: 'Lengths' },
    blocks: [
      {
        ...{ kind: 'table', caption: 'Characters by layer' },
        how: 'Of turns of characters, without tags; a turn is all of its layers but the plan. Percentiles are nearest ranks.',
        columns: [text('Layer'), ...['Mean', 'Median', '95th', 'Least', 'Most', 'n'].map(number)],
        rows,
      },
      ...(planTokens === null ? [] : [planTable(planTokens)]),
    ],
  };
}

function planTable(planTokens: number): Block {
  const most = Math.max(planTokens, HER_PLAN_TOKENS);
  const row = (name: string, value: number) => [name, { share: value / most }, grouped(value)];
  return {
    ...{ kind: 'table', caption: 'Plans beside HER’s' },
    how: 'Mean tokens, ours estimated: a quarter of the characters, one for each sign of scripts without blanks. HER’s is as published, about.',
    columns: [text('Data'), DRAWN, number('Tokens')],
    rows: [row('this data', planTokens), row('HER, as published', HER_PLAN_TOKENS)],
  };
}

function scriptsSection({ survey: { scripts } }: GatesReport): Section | undefined {
  const tables = [
    { caption: 'Turns by script', rows: scripts.turns },
    { caption: 'Plans by script', rows: scripts.plans },
  ].filter(({ rows }) => rows.length > 0);
  if (tables.length === 0) return undefined;
  return {
    ...{ id: 'scripts', short: 'Scripts', title: 'Languages, by script' },
    note: `${grouped(scripts.apart.count)} of ${counted(scripts.apart.n, 'plan')} in another script than their turn.`,
    blocks: tables.map(({ caption, rows }) => ({
      ...{
        kind: 'table',
        caption,
        how: 'By the script that most of the first letters are in; kana beside Han is Kana.',
      },
      columns: [text('Script'), DRAWN, number('Share'), number('Count')],
      rows: rows.map(({ name, count, share }) => [name, { share }, percent(share), grouped(count)]),
    })),
  };
}

function rejectsSection({ steps }: GatesReport): Section | undefined {
  if (steps.length === 0) return undefined;
  const told = (value: number | null) => (value === null ? '–' : grouped(value));
  const reasons = steps.flatMap(({ name, rejects }) =>
    Object.entries(rejects)
      .sort(([, one], [, other]) => other - one)
      .map(([why, count]) => [name, why, grouped(count)]),
  );
  return {
    ...{ id: 'rejects', short: 'Rejects', title: 'What the steps rejected' },
    blocks: [
      {
        ...{ kind: 'table', caption: 'Conversations, step by step' },
        how: 'As the folder’s manifest has it; the first step counts pieces of its sources.',
        columns: [text('Step'), number('In'), number('Out'), number('Rejected')],
        rows: steps.map((step) => [step.name, told(step.in), told(step.out), told(step.rejected)]),
      },
      ...(reasons.length === 0
        ? []
        : [
            {
              ...{ kind: 'table' as const, caption: 'Reasons' },
              how: 'Of conversations, characters and turns alike: a turn that was rejected stays as it was, or lost its plan.',
              columns: [text('Step'), text('Reason'), number('Count')],
              rows: reasons,
            },
          ]),
    ],
  };
}
