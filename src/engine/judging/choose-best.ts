import { randomUUID } from 'node:crypto';
import { principlesFor } from '../../judge/principles/choose.ts';
import type { Principle } from '../../judge/principles/principle.ts';
import { knockOut, type Standing } from '../../judge/tournament/tournament.ts';
import { judgePair } from '../../judge/verdict/judge-pair.ts';
import { pairOf } from '../../judge/verdict/pair-of.ts';
import type { OrderVerdict } from '../../judge/verdict/verdict.ts';
import type { ChatModel, ModelUsage } from '../../model/chat-model.ts';
import type { Actor, Made } from '../../scene/beat.ts';
import { steadyOf } from '../clock.ts';
import { type EngineRoom, kindOf } from '../engine-room.ts';
import type { LiveScene, Making } from '../live-scene.ts';
import type { DraftedTurns, MadeTurn } from '../turn/made-turn.ts';
import { noteJudge } from './best-of.ts';
import { judgeContext } from './judge-context.ts';
import type { JudgeReport } from './judge-report.ts';

/** What choosing a turn came to, beside the turn: for `/usage`, and for x-ray where something was compared. */
export type Choosing = {
  /** Pairs of candidates that a model judged. */
  readonly pairs: number;
  /** Milliseconds that waiting for the other drafts and judging added. */
  readonly ms: number;
  /** Of the judge. */
  readonly usage: readonly ModelUsage[];
  readonly report?: JudgeReport;
};

/** Tokens of its window that a judge is given something to read for: each pair is read twice. */
const MOST_READ = 16_000;
/** Of principles, at most: characters for each token that the judge can read, and in all. */
const PRINCIPLES_SHARE = 0.75;
const MOST_PRINCIPLES = 9000;

/** A judge that comes to no end within so long counts as one that does not answer. */
const MOST_WAITED_MS = 5 * 60_000;
/** Of a judge that answered nothing before in this turn: it is not asked. */
const UNASKED = pairOf(
  (['first', 'second'] as const).map((shownFirst) => ({
    ...{ shownFirst, attempts: 0, usage: [] },
    outcome: { type: 'missing', why: 'model-failed' },
  })),
);

/** Whoever writes a line may know everything but this. */
const SECRET = randomUUID();

/**
 * The best of a turn's candidates, with the others behind it. A judge that fails, or finds no
 * difference, leaves the turn to the one that was drafted first: no turn is lost for it.
 *
 * @throws the signal's reason when aborted, and nothing else
 */
export async function chooseBest(
  room: EngineRoom,
  live: LiveScene,
  making: Making,
  actor: Actor,
  judge: ChatModel,
  { turns, waitedMs }: DraftedTurns,
): Promise<{ readonly made: MadeTurn | undefined; readonly choosing: Choosing }> {
  const [only, ...more] = turns;
  if (more.length === 0) return { made: only, choosing: { pairs: 0, ms: waitedMs, usage: [] } };

  const began = steadyOf(room.clock);
  const usage: ModelUsage[] = [];
  const { standing, principles } = await compare(room, live, making, actor, judge, turns, usage);
  const { ranking, matches } = standing;
  const pairs = matches.filter(({ verdict }) => verdict.orders.some(({ attempts }) => attempts > 0)).length;
  const ms = waitedMs + steadyOf(room.clock) - began;
  const [best, ...others] = ranking.flatMap((place) => turns[place] ?? []);
  const judged = {
    ...{ by: judge.name, of: turns.length, pairs, ms },
    ...decided(standing, principles),
    ...(principles.some(({ source }) => source === 'server') ? { own: true as const } : {}),
  };
  const report: JudgeReport = {
    ...{ scene: live.record.id, log: live.record.log, turn: making.turn },
    ...{ speaker: actor, model: judge.name, ranking, matches, ms },
    candidates: turns.map(({ turn }) => ({ segments: turn.segments })),
  };
  return {
    made: best && { ...best, made: { ...best.made, judged }, others },
    choosing: { pairs, ms, usage, report },
  };
}

/** Never throws but when aborted; `usage` takes what the judge used, however it ends. */
async function compare(
  room: EngineRoom,
  live: LiveScene,
  { turn, since, controller: { signal } }: Making,
  actor: Actor,
  model: ChatModel,
  turns: readonly MadeTurn[],
  usage: ModelUsage[],
): Promise<{ readonly standing: Standing; readonly principles: readonly Principle[] }> {
  const { record } = live;
  const failed = (why: string) =>
    room.log.warn('judge-failed', { scene: record.id, turn, model: model.name, why });
  try {
    // What happened while they were drafted none of them could know.
    const read = Math.min(model.contextSize, MOST_READ);
    const context = judgeContext(room, live, actor.id, read, since + 1);
    if (!context) throw new Error(`${actor.id} has no view to judge it by`);
    const all = await room.principles.of(record.server);
    const budget = Math.min(read * PRINCIPLES_SHARE, MOST_PRINCIPLES);
    const principles = principlesFor(all, { budget, past: context.lines.length > 0 });
    const orders: OrderVerdict[] = [];
    const answers = () => orders.some((order) => !whyMissing(order).includes('model-failed'));
    const standing = await noLonger(room, signal, (judging) =>
      knockOut(turns.length, async (one, other) => {
        if (orders.length > 0 && !answers()) return UNASKED;
        const [first, second] = [candidateOf(turns[one]), candidateOf(turns[other])];
        const pair = { model, context, principles, first, second, secret: SECRET };
        const verdict = await judgePair(pair, judging);
        orders.push(...verdict.orders);
        usage.push(...verdict.orders.flatMap((order) => order.usage));
        return verdict;
      }),
    );
    const missing = orders.flatMap(whyMissing);
    if (orders.length > 0) await noteJudge(room, live, model.name, answers());
    if (missing.length > 0) failed(missing.join(' '));
    return { standing, principles };
  } catch (error) {
    signal.throwIfAborted();
    if (error === TOO_LONG) await noteJudge(room, live, model.name, false);
    failed(error === TOO_LONG ? 'too-long' : kindOf(error));
    return { standing: { ranking: [...turns.keys()], matches: [] }, principles: [] };
  }
}

const TOO_LONG = Symbol('too long');

/** @throws TOO_LONG where `task` was broken off for that; what it throws */
async function noLonger<T>(
  { clock }: EngineRoom,
  signal: AbortSignal,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const over = new AbortController();
  const waiting = clock.sleep(MOST_WAITED_MS, over.signal).then(
    () => late.abort(TOO_LONG),
    () => {},
  );
  try {
    return await task(AbortSignal.any([signal, late.signal]));
  } finally {
    over.abort();
    await waiting;
  }
}

function candidateOf(made: MadeTurn | undefined) {
  return { segments: made?.turn.segments ?? [] };
}

function whyMissing({ outcome }: OrderVerdict): string[] {
  return outcome.type === 'missing' ? [outcome.why] : [];
}

/** What the last match came to: the one that the best candidate won. Ids alone, no word of the judge's. */
function decided(
  { matches }: Standing,
  principles: readonly Principle[],
): Pick<NonNullable<Made['judged']>, 'outcome' | 'principle' | 'dimension'> {
  const verdict = matches.at(-1)?.verdict;
  if (!verdict || verdict.winner === 'missing') return { outcome: 'missing' };
  if (verdict.winner === 'tie') return { outcome: 'tie' };
  const { deciding } = verdict;
  const known = principles.find(({ id }) => id === deciding?.id);
  const dimension = known?.dimension ?? deciding?.dimension;
  return {
    outcome: 'won',
    ...(known ? { principle: known.id } : {}),
    ...(dimension === undefined ? {} : { dimension }),
  };
}
