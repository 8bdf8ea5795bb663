import { expect, test } from 'vitest';
import type { TurnFaults } from '../../../../src/lab/gates/survey/checks.ts';
import { surveyRecords } from '../../../../src/lab/gates/survey/survey-records.ts';
import { passGates, verdictOf } from '../../../../src/lab/gates/table/gate.ts';
import { GATES } from '../../../../src/lab/gates/table/gates.ts';
import { readLimits } from '../../../../src/lab/gates/table/read-limits.ts';
import type { Conversation } from '../../../../src/lab/synth/record/conversation.ts';
import type { ReadRecord } from '../../../../src/lab/synth/run/records.ts';
import { sampleConversation } from '../../../support/synth/conversation.ts';

async function* lines(records: readonly (Conversation | string)[]): AsyncGenerator<ReadRecord> {
  for (const [at, record] of records.entries()) {
    yield typeof record === 'string' ? { line: at + 1, fault: record } : { line: at + 1, record };
  }
}

const clean: TurnFaults = () => [];
const look = (records: readonly (Conversation | string)[], faultsOf = clean) =>
  surveyRecords(lines(records), { faultsOf, seed: 3 });

const planned = sampleConversation({
  turns: sampleConversation().turns.map((turn) =>
    turn.speaker === 'Environment'
      ? turn
      : { ...turn, plan: `${turn.speaker} wants to end this soon.`, planType: 'C' as const },
  ),
});

test('counts what is there; the world needs no plan', async () => {
  const { counts, planTokens, openings } = await look([planned, { ...planned, id: 'again' }]);
  expect(counts).toMatchObject({
    ...{ conversations: 2, books: { n: 1, more: false }, sheets: 4, turns: 10, characterTurns: 8 },
    ...{ plans: 8, planless: 0, planTypes: [{ name: 'C', count: 8, share: 1 }] },
  });
  expect(planTokens).toBeCloseTo((34 + 36) / 8, 0);
  expect(openings.plans.top[0]).toMatchObject({ name: '<name> wants to', share: 1 });
});

test('patterns before and after: the text as it was loaded counts where a step changed it', async () => {
  const [first, ...others] = sampleConversation().turns;
  const text = '<role_thinking>He has a boat</role_thinking>Two shillings, if we go now.';
  const changed = first ? { ...first, text, original: 'Two shillings, if we go now.' } : undefined;
  const { patterns, counts } = await look([
    sampleConversation({ turns: changed ? [changed, ...others] : others }),
  ]);
  expect(counts.changed).toBe(1);
  expect(patterns.before.top.map(({ pattern }) => pattern)).toContain('speech');
  expect(patterns.after.top.map(({ pattern }) => pattern)).not.toContain('speech');
  expect(patterns.after.top[0]).toMatchObject({ pattern: 'think→speech', count: 2 });
  expect(patterns.perConversation).toBe(3);
});

test('lines that cannot be read are counted, and fail', async () => {
  const survey = await look([planned, 'it is no JSON', 'origin is missing']);
  expect(survey.unread).toEqual({
    n: 2,
    first: [
      { line: 2, fault: 'it is no JSON' },
      { line: 3, fault: 'origin is missing' },
    ],
  });
  expect(stateOf(await gated(survey), 'unread-lines')).toBe('fail');
});

test('a leak in one turn of many fails, with the turn as an example', async () => {
  const leaky: TurnFaults = (turn) => (turn.id === 1 ? [{ why: 'plan-words-visible', layer: 'speech' }] : []);
  const survey = await look([planned], leaky);
  expect(survey.checks).toMatchObject({
    leaking: 1,
    rows: [{ why: 'plan-words-visible', layer: 'speech', turns: 1, share: 0.2 }],
  });
  expect(survey.checks.rows[0]?.examples).toMatchObject([
    {
      conversation: planned.id,
      turn: 1,
      speaker: 'Perran Hale',
      plan: 'Perran Hale wants to end this soon.',
    },
  ]);
  const results = await gated(survey);
  expect(stateOf(results, 'leaks')).toBe('fail');
  expect(verdictOf(results)).toBe('fail');
  expect(stateOf(await gated(survey, ['leaks=20%']), 'leaks')).toBe('pass');
  expect(stateOf(await gated(survey, ['leaks=19.9%']), 'leaks')).toBe('fail');
  expect(stateOf(await gated(survey, ['leaks=off']), 'leaks')).toBe('off');
});

test('examples stay few and memory flat, however many turns are at fault', async () => {
  const all: TurnFaults = () => [{ why: 'some-leak', layer: 'plan' }];
  const { checks } = await look(
    Array.from({ length: 300 }, (_, at) => ({ ...planned, id: `c${at}` })),
    all,
  );
  expect(checks.rows[0]).toMatchObject({ turns: 1500, share: 1 });
  expect(checks.rows[0]?.examples).toHaveLength(3);
});

test('turns in one mould fail, and say so only where there are enough of them', async () => {
  const one = sampleConversation().turns[3];
  const turn = {
    id: 0,
    from: [0],
    speaker: 'Ada Crane',
    text: 'Then I shall wait here.',
    plan: one?.text ?? 'x',
  };
  const turns = (n: number) =>
    sampleConversation({ turns: Array.from({ length: n }, (_, id) => ({ ...turn, id, from: [id] })) });
  expect(stateOf(await gated(await look([turns(49)])), 'top-pattern')).toBe('unmeasured');
  expect(stateOf(await gated(await look([turns(50)])), 'top-pattern')).toBe('fail');
  expect(stateOf(await gated(await look([turns(50)])), 'pattern-entropy')).toBe('warn');
});

test('of an empty data set nothing passes for good', async () => {
  const results = await gated(await look([]));
  expect(stateOf(results, 'conversations')).toBe('fail');
  expect(stateOf(results, 'leaks')).toBe('unmeasured');
});

test('a turn that cannot be taken apart fails', async () => {
  const turns = planned.turns.map((turn) =>
    turn.id === 4 ? { ...turn, text: '<system_thinking>x</system_thinking>No.' } : turn,
  );
  const survey = await look([{ ...planned, turns }]);
  expect(survey.parser.unusable).toBe(1);
  expect(stateOf(await gated(survey), 'unusable-turns')).toBe('fail');
});

test('plans in the character’s voice, or in another script than the turn, are told', async () => {
  const plan = 'I am afraid of him and my hands shake, but I shall wait here for my ferry.';
  const turns = planned.turns.map((turn) =>
    turn.id === 3 ? { ...turn, plan } : turn.id === 4 ? { ...turn, plan: '他想结束谈话' } : turn,
  );
  const survey = await look([{ ...planned, turns }]);
  expect(survey.firstPersonPlans).toBe(1);
  expect(survey.scripts.apart).toEqual({ n: 4, count: 1 });
  const results = await gated(survey);
  expect(stateOf(results, 'first-person-plans')).toBe('warn');
  expect(stateOf(results, 'mixed-scripts')).toBe('warn');
});

test('the same seed, the same survey', async () => {
  const records = Array.from({ length: 40 }, (_, at) => ({ ...planned, id: `c${at}` }));
  expect(await look(records)).toEqual(await look(records));
});

test('limits: what is no gate, and what is no number, is told in one line', () => {
  expect(readLimits(['leak=0'])).toMatch(/there is no gate “leak”: say .*leaks/u);
  expect(readLimits(['leaks=few'])).toMatch(/takes a number or off/u);
  expect(readLimits(['leaks'])).toMatch(/NAME=NUMBER/u);
  expect(readLimits(['leaks=1%', 'top-pattern=0.5', 'rejected=off'])).toEqual(
    new Map<string, number | 'off'>([
      ['leaks', 0.01],
      ['top-pattern', 0.5],
      ['rejected', 'off'],
    ]),
  );
});

test('every gate has a name of its own, a reason and a way', () => {
  expect(new Set(GATES.map(({ name }) => name)).size).toBe(GATES.length);
  for (const { name, why, how } of GATES) {
    expect(name).toMatch(/^[a-z-]+$/u);
    expect(why).toMatch(/\.$/u);
    expect(how).toMatch(/\.$/u);
  }
});

async function gated(survey: Awaited<ReturnType<typeof look>>, words: readonly string[] = []) {
  const limits = readLimits(words);
  if (typeof limits === 'string') throw new Error(limits);
  return passGates(GATES, { survey, steps: [] }, limits);
}

function stateOf(results: Awaited<ReturnType<typeof gated>>, name: string) {
  return results.find((one) => one.name === name)?.state;
}
