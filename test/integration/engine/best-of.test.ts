import { describe, expect, test } from 'vitest';
import type { DraftReport } from '../../../src/engine/engine-api.ts';
import type { JudgeReport } from '../../../src/engine/judging/judge-report.ts';
import { ModelError } from '../../../src/model/chat-model.ts';
import { render } from '../../../src/words/render.ts';
import { promptOf } from '../../support/answering-model.ts';
import { BY, bestOfHouse } from '../../support/best-of-house.ts';
import { createHandClock } from '../../support/hand-clock.ts';
import { heldModel } from '../../support/held-model.ts';
import { OWNER, SCENE } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';

const lost = new ModelError('server-error', 'It fell over.', { retryable: true });

describe('a turn of which several drafts were made', () => {
  test.each([
    [2, 1],
    [3, 2],
    [4, 3],
  ])('is the best of %i, after %i pairs, each judged in both orders', async (bestOf, pairs) => {
    const { actor, judging, say, lines, log } = await bestOfHouse({
      bestOf,
      drafts: (n) => `<role_thinking>T-${n}</role_thinking>Draft ${n}${n === 1 ? ' BEST' : ''}.`,
    });
    await say('Tom?');
    expect(actor.asked).toHaveLength(bestOf);
    expect(judging.asked).toHaveLength(pairs * 2);
    expect(lines()).toEqual(['Mara: Tom?', 'Tom Reddick: Draft 1 BEST.']);
    const line = (await log()).findLast((beat) => beat.kind === 'line' && beat.alternativeTo === undefined);
    expect(line).toMatchObject({
      made: { by: 'actor-1', judged: { by: 'judge-1', of: bestOf, pairs, outcome: 'won' } },
    });
  });

  test('has the others for swipes, which cost no model: a pointer moves', async () => {
    const { engine, actor, judging, say, stage } = await bestOfHouse({
      drafts: (n) => `<role_thinking>T-${n}</role_thinking>Draft ${n}${n === 1 ? ' BEST' : ''}.`,
    });
    await say('Tom?');
    const asked = actor.asked.length + judging.asked.length;
    const first = await engine.past.swipes(SCENE);
    expect(first).toMatchObject({ version: 1, versions: 3 });
    const n = first?.n ?? 0;
    expect((await engine.backstage.thoughts(SCENE, n)).map(({ text }) => text)).toEqual(['T-1']);
    // Who went out last comes first.
    expect(await engine.past.swipe(SCENE, 'next', BY)).toMatchObject({ version: 2, versions: 3 });
    expect(stage.updates.at(-1)).toEqual({ n, text: 'Draft 2.' });
    expect((await engine.backstage.thoughts(SCENE, n)).map(({ text }) => text)).toEqual(['T-2']);
    expect(await engine.past.swipe(SCENE, 'next', BY)).toMatchObject({ version: 3 });
    expect(stage.updates.at(-1)).toEqual({ n, text: 'Draft 0.' });
    expect(await engine.past.swipe(SCENE, 'previous', BY)).toMatchObject({ version: 2 });
    expect(actor.asked.length + judging.asked.length).toBe(asked);
  });

  test('a version that is asked for beyond them is one draft, unjudged', async () => {
    const { engine, actor, judging, say } = await bestOfHouse({ bestOf: 2 });
    await say('Tom?');
    const judged = judging.asked.length;
    expect(await engine.past.swipe(SCENE, 'again', BY)).toMatchObject({ version: 3, versions: 3 });
    expect(actor.asked).toHaveLength(3);
    expect(judging.asked).toHaveLength(judged);
  });

  test('each version calls whom its own words call', async () => {
    const { engine, say, actor } = await bestOfHouse({
      bestOf: 2,
      drafts: (n) => ['Good evening BEST.', 'Ines, what do you say?', 'Nothing.', 'Not a word.'][n] ?? 'Hm.',
    });
    await say('Tom?');
    expect(actor.asked).toHaveLength(2);
    await engine.past.swipe(SCENE, 'next', BY);
    await engine.next(SCENE);
    await engine.idle(SCENE);
    expect(promptOf(actor.asked.at(-1))).toContain('## Your character: Ines');
  });

  test('nothing of any draft is released before the choice, and the plans of all stay theirs', async () => {
    const { say, stage, log, actor, judging } = await bestOfHouse({
      stage: createRecordingStage('web'),
      drafts: (n) =>
        `<system_thinking>PLAN-${n}</system_thinking><role_thinking>T-${n}</role_thinking>Draft ${n}.`,
    });
    await say('Tom?');
    await say('Ines?');
    expect(stage.pieces.filter((piece) => !piece.startsWith('typing'))).toEqual([]);
    expect(JSON.stringify(stage.shown)).not.toMatch(/PLAN|T-\d/);
    expect(JSON.stringify(await log())).not.toContain('PLAN');
    expect([...actor.asked, ...judging.asked].map(promptOf).join()).not.toContain('PLAN');
  });

  test('all drafts are asked with one and the same prompt', async () => {
    const { say, actor } = await bestOfHouse();
    await say('Tom?');
    expect(new Set(actor.asked.map((request) => JSON.stringify(request))).size).toBe(1);
  });

  test('a judge reads the speaker’s view: nobody else’s thoughts, no whisper that it did not hear', async () => {
    const { engine, say, judging } = await bestOfHouse({
      bestOf: 2,
      drafts: (n, request) => {
        const who = /## Your character: (\w+)/.exec(promptOf(request))?.[1];
        return `<role_thinking>THOUGHT-OF-${who} ${n}</role_thinking>Word ${n} of ${who}.`;
      },
    });
    await say('Tom?');
    await engine.whisper(SCENE, { player: { id: 'p1', name: 'Mara' }, text: 'WHISPERED.', to: ['tom'] });
    await engine.idle(SCENE);
    const before = judging.asked.length;
    await say('Ines?');
    const prompts = judging.asked.slice(before).map(promptOf);
    expect(prompts.length).toBe(2);
    for (const prompt of prompts) {
      expect(prompt).toContain('Ines works at the harbour');
      expect(prompt).toContain('Word 0 of Tom');
      expect(prompt).toContain('THOUGHT-OF-Ines');
      expect(prompt).not.toMatch(/THOUGHT-OF-Tom|WHISPERED|PRIVATE-CARD-tom|SECRET/);
    }
  });

  test('an answer to a whisper is chosen too, and its losers are heard by nobody and kept nowhere', async () => {
    const { engine, stage, log, judging } = await bestOfHouse({
      drafts: (n) => `Draft ${n}${n ? '' : ' BEST'}.`,
    });
    await engine.whisper(SCENE, { player: { id: 'p1', name: 'Mara' }, text: 'A word, Tom.', to: ['tom'] });
    await engine.idle(SCENE);
    expect(judging.asked).toHaveLength(4);
    expect(stage.whispers).toEqual(['p1: Tom Reddick: Draft 0 BEST.']);
    expect(JSON.stringify(await log())).not.toMatch(/Draft [12]/);
  });

  test('x-ray is told of each draft, of the beat that it became, and of the verdicts', async () => {
    const { engine, say } = await bestOfHouse({ drafts: (n) => `Draft ${n}${n === 2 ? ' BEST' : ''}.` });
    const drafts: DraftReport[] = [];
    const judged: JudgeReport[] = [];
    engine.backstage.onDraft((draft) => drafts.push(draft));
    engine.backstage.onJudged((report) => judged.push(report));
    await say('Tom?');
    const n = (await engine.past.swipes(SCENE))?.n ?? 0;
    const placed = drafts.map(({ candidate, beat }) => [candidate?.at, candidate?.of, beat]);
    expect(placed.toSorted()).toEqual([
      [0, 3, n + 1],
      [1, 3, n + 2],
      [2, 3, n],
    ]);
    expect(judged).toHaveLength(1);
    expect(judged[0]).toMatchObject({ scene: SCENE, model: 'judge-1', ranking: [2, 0, 1] });
    expect(judged[0]?.candidates.map(({ beat }) => beat)).toEqual([n + 1, n + 2, n]);
    expect(judged[0]?.matches).toHaveLength(2);
  });
});

describe('candidates that are none', () => {
  test('that read the same are one, and no judge is asked', async () => {
    const { engine, say, lines, judging, log } = await bestOfHouse({ drafts: () => 'The same words.' });
    await say('Tom?');
    expect(lines().at(-1)).toBe('Tom Reddick: The same words.');
    expect(judging.asked).toEqual([]);
    expect(await engine.past.swipes(SCENE)).toMatchObject({ versions: 1 });
    expect(JSON.stringify(await log())).not.toContain('judged');
  });

  test.each([
    ['empty', ''],
    ['unusable', '<system_thinking>a plan that never ends'],
    ['lost', lost],
  ])('%s ones are left out', async (_, draft) => {
    const { engine, actor, say, judging } = await bestOfHouse({
      drafts: (n) => (n === 0 ? draft : `Draft ${n}.`),
    });
    await say('Tom?');
    expect(actor.asked).toHaveLength(3);
    expect(judging.asked).toHaveLength(2);
    expect(await engine.past.swipes(SCENE)).toMatchObject({ versions: 2 });
  });

  test('none that can be used, twice: the moment passes', async () => {
    const { actor, say, stage, judging } = await bestOfHouse({ bestOf: 2, drafts: () => '' });
    await say('Tom?');
    expect(actor.asked).toHaveLength(4);
    expect(judging.asked).toEqual([]);
    expect(stage.notices.map(({ text }) => text)).toContain('*the moment passes*');
  });

  test('what the guard holds back is judged by nobody, and noted only where nothing is left', async () => {
    const refusal = 'I’m sorry, but I can’t assist with that request.';
    const one = await bestOfHouse({ drafts: (n) => (n === 1 ? refusal : `Draft ${n}.`) });
    await one.say('Tom?');
    expect(one.judging.asked.map(promptOf).join()).not.toContain('can’t assist');
    expect(JSON.stringify(await one.log())).not.toContain('can’t assist');
    expect(await one.engine.past.swipes(SCENE)).toMatchObject({ versions: 2 });
    const heldBack = async ({ engine }: typeof one) =>
      (await engine.audit.recent('server-1')).filter(({ kind }) => kind === 'held-back');
    expect(await heldBack(one)).toEqual([]);

    const all = await bestOfHouse({ drafts: () => refusal });
    await all.say('Tom?');
    expect(await heldBack(all)).toHaveLength(1);
    expect(all.judging.asked).toEqual([]);
    expect(all.stage.notices.map(({ text }) => text)).toContain('*the moment passes*');
  });
});

describe('a judge that is of no use', () => {
  test.each([
    ['answers prose', () => ({ answers: 'I like the first one.' })],
    ['breaks off', () => ({ answers: '{"violations": [], "compar' })],
    ['chooses a third', () => ({ answers: '{"violations":[],"comparisons":[],"reason":"","better":"ZZ"}' })],
    ['fails', () => lost],
  ] as const)('and %s: the first draft stands, the others are its swipes', async (_, judges) => {
    const { engine, say, lines, logged } = await bestOfHouse({ judges });
    await say('Tom?');
    expect(lines().at(-1)).toBe('Tom Reddick: Draft 0.');
    expect(await engine.past.swipes(SCENE)).toMatchObject({ version: 1, versions: 3 });
    const { n = 0 } = (await engine.past.swipes(SCENE)) ?? {};
    expect(await engine.why(SCENE, n, BY)).toMatchObject({ judged: { outcome: 'missing', of: 3 } });
    const warnings = logged.filter((line) => line.startsWith('judge-failed'));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).not.toMatch(/Draft|like/);
  });

  test.each([
    ['always the first that it is shown', () => 'first' as const],
    ['none', () => 'tie' as const],
  ])('and prefers %s: a tie, and the first draft stands', async (_, judges) => {
    const { engine, say, lines } = await bestOfHouse({ judges });
    await say('Tom?');
    expect(lines().at(-1)).toBe('Tom Reddick: Draft 0.');
    const { n = 0 } = (await engine.past.swipes(SCENE)) ?? {};
    expect(await engine.why(SCENE, n, BY)).toMatchObject({ judged: { outcome: 'tie' } });
  });

  test('and is nobody: each turn is one draft, the card says nothing, the moderators are told once', async () => {
    const { engine, say, actor } = await bestOfHouse({ judge: null });
    await say('Tom?');
    await say('Ines?');
    expect(actor.asked).toHaveLength(2);
    expect(await engine.info(SCENE)).not.toHaveProperty('bestOf');
    const told = (await engine.audit.recent('server-1')).filter(({ text }) =>
      JSON.stringify(text).includes('bestOf'),
    );
    expect(told).toHaveLength(1);
  });
});

test('a judge that does not answer is left alone for a minute, and so is what it would have to compare', async () => {
  const clock = createHandClock();
  let down = true;
  const { engine, say, actor } = await bestOfHouse({
    bestOf: 2,
    judges: () => (down ? lost : 'tie'),
    engine: { clock },
  });
  const draftsOf = async (text: string) => {
    const before = actor.asked.length;
    await say(text);
    return actor.asked.length - before;
  };
  expect(await draftsOf('Tom?')).toBe(2);
  expect(await draftsOf('Ines?')).toBe(1);
  down = false;
  await clock.pass(60_000);
  expect(await draftsOf('Tom?')).toBe(2);
  expect(await draftsOf('Ines?')).toBe(2);
  const told = (await engine.audit.recent('server-1')).filter(({ kind }) => kind === 'failed');
  expect(told.map(({ text }) => render(text, 'en'))).toEqual([
    'The judge (judge-1) does not answer. Until it does, turns are drafted once.',
  ]);
});

test('a judge that answered nobody in the first round is not waited for in a second', async () => {
  const { say, judging, lines } = await bestOfHouse({ bestOf: 4, judges: () => lost });
  await say('Tom?');
  expect(judging.asked).toHaveLength(4);
  expect(lines().at(-1)).toContain('Draft 0.');
});

test('a judge that comes to no end is waited for no longer than five minutes', async () => {
  const clock = createHandClock();
  const judge = heldModel({ name: 'judge-1' });
  const { engine, lines, log } = await bestOfHouse({ bestOf: 3, judge, engine: { clock } });
  await engine.hear(SCENE, { player: OWNER, text: 'Tom?' });
  await judge.asked(2);
  await clock.pass(299_000);
  expect(judge.aborted()).toBe(0);
  await clock.pass(1_000);
  await engine.idle(SCENE);
  expect(judge.aborted()).toBe(2);
  expect(lines().at(-1)).toContain('Draft 0.');
  const line = (await log()).find((beat) => beat.kind === 'line' && beat.made?.judged);
  expect(line).toMatchObject({ made: { judged: { of: 3, pairs: 0, ms: 300_000, outcome: 'missing' } } });
  expect(await engine.past.swipes(SCENE)).toMatchObject({ version: 1, versions: 3 });
});

test('a moderator reads of a version the plan that was made for it, and no other candidate’s', async () => {
  const { engine, say } = await bestOfHouse({
    bestOf: 2,
    drafts: (n) => `<system_thinking>PLAN-${n}</system_thinking>Draft ${n}.`,
    engine: { tracing: true },
  });
  await say('Tom?');
  const n = (await engine.past.swipes(SCENE))?.n ?? 0;
  expect(await engine.plans(SCENE, n, BY)).toEqual(['PLAN-0']);
  await engine.past.swipe(SCENE, 'next', BY);
  expect(await engine.plans(SCENE, n, BY)).toEqual(['PLAN-1']);
});

test('where it is not asked for, one draft is made and nobody judges', async () => {
  const { engine, say, actor, judging } = await bestOfHouse({ bestOf: 1 });
  await say('Tom?');
  expect(actor.asked).toHaveLength(1);
  expect(judging.asked).toEqual([]);
  expect(await engine.info(SCENE)).not.toHaveProperty('bestOf');
});

test('the scene’s card says of how many a turn is the best', async () => {
  const { engine } = await bestOfHouse({ bestOf: 4 });
  expect(await engine.info(SCENE)).toMatchObject({ bestOf: 4 });
});
