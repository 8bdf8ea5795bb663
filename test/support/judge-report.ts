import type { JudgeReport } from '../../src/engine/judging/judge-report.ts';
import type { OrderVerdict, Reading } from '../../src/judge/verdict/verdict.ts';

const LEAVES_ROOM = { id: 'leaves-room', name: 'Leaves Room', dimension: 'dialogue' } as const;
const usage = [
  { model: 'gemma', promptTokens: 900, cachedTokens: 0, completionTokens: 80, msToFirst: 90, msToLast: 400 },
];

export const reading: Reading = {
  violations: [],
  comparisons: [
    {
      principle: LEAVES_ROOM,
      first: 'Asks him straight out.',
      second: 'Ends the talk.',
      better: 'first',
      degree: 'clear',
    },
  ],
  reason: 'The first one lets him answer.',
  better: 'first',
  deciding: LEAVES_ROOM,
};

function order(shownFirst: OrderVerdict['shownFirst'], outcome: OrderVerdict['outcome']): OrderVerdict {
  return { shownFirst, outcome, attempts: outcome.type === 'read' ? 1 : 2, usage };
}

/** Three candidates of one line: one match that was flipped by the order, and one that was won. */
export const judgeReport: JudgeReport = {
  scene: 'web:harbour',
  log: 'web:harbour#1',
  turn: '3.1',
  speaker: { id: 'character:tom', name: 'Tom Reddick' },
  model: 'gemma',
  candidates: [
    {
      beat: 7,
      segments: [
        { kind: 'thought', text: 'He lies.' },
        { kind: 'speech', text: 'Is that so?' },
      ],
    },
    { beat: 8, segments: [{ kind: 'speech', text: 'Good night.' }] },
    { segments: [{ kind: 'action', text: 'shrugs' }] },
  ],
  ranking: [0, 1, 2],
  matches: [
    {
      first: 1,
      second: 2,
      verdict: {
        how: 'judged',
        winner: 'tie',
        flipped: true,
        orders: [
          order('first', { type: 'read', reading }),
          order('second', { type: 'read', reading: { ...reading, better: 'second' } }),
        ],
      },
    },
    {
      first: 0,
      second: 1,
      verdict: {
        how: 'judged',
        winner: 'first',
        flipped: false,
        deciding: LEAVES_ROOM,
        orders: [order('first', { type: 'read', reading }), order('second', { type: 'read', reading })],
      },
    },
  ],
  ms: 1234,
};

/** The same, with a last match whose second answer could not be used. */
export const undecided: JudgeReport = {
  ...judgeReport,
  matches: [
    {
      first: 0,
      second: 1,
      verdict: {
        how: 'judged',
        winner: 'missing',
        flipped: false,
        orders: [
          order('first', { type: 'read', reading }),
          order('second', { type: 'missing', why: 'half' }),
        ],
      },
    },
  ],
};
