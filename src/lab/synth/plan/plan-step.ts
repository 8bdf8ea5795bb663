import { weightOf } from '../../../scene/weight-of.ts';
import { entriesIn, textIn, wholeIn } from '../checks/answer-list.ts';
import { type Window, windowsOf } from '../prompt-parts.ts';
import type { Conversation, Turn } from '../record/conversation.ts';
import { segmentsOf, speakersOf } from '../record/views.ts';
import { SAMPLE } from '../sample.ts';
import { type Reject, type Step, type StepTools, sideBySide } from '../step.ts';
import { checkPlan, type PlanContext, type PlanFault, planContext } from './check-plan.ts';
import { type AskedPlan, planRequest, tokensFor } from './plan-prompt.ts';
import { lengthTaken, type PlanType, planTypeOf } from './plan-type.ts';

/** Own turns that are asked for together: a plan is long, and a model loses count. */
const MOST_TURNS = 8;
const CHARS_PER_TOKEN = 3;
/** What a prompt needs beside lines. Characters. */
const BESIDE_LINES = 14_000;
const LEAST_LINES = 4000;
const SAMPLING = { maxTokens: 8192, temperature: 0.7 };

/**
 * Consistency rewriting (her-spec 6.3, 3_7 to 3_11): backwards from the known turn, each turn of a character gets
 * the plan that leads to it. What cannot be used is asked for once more, then made anew without its draft; a turn
 * that still has none is named in the rejects.
 */
export const planStep: Step = {
  name: 'plan',
  title: 'writing plans',
  roles: ['teacher'],
  prompts: { request: sampleText() },
  settings: { 'rules of plan': 3, ...SAMPLING },
  async work(record, tools) {
    const done = await sideBySide(speakersOf(record).map((name) => planned(record, name, tools)));
    const plans = new Map(done.flatMap((one) => [...one.plans]));
    const count = (type: PlanType) => [...plans.values()].filter((one) => one.type === type).length;
    return {
      record: { ...record, turns: record.turns.map((turn) => withPlan(turn, plans.get(turn.id))) },
      rejects: done.flatMap(({ rejects }) => rejects),
      counts: {
        turns: done.reduce((sum, { asked }) => sum + asked, 0),
        'type A': count('A'),
        'type B': count('B'),
        'type C': count('C'),
        'had a plan': record.turns.filter(({ plan }) => plan !== undefined).length,
        'asked again': done.reduce((sum, { again }) => sum + again, 0),
        'made anew': done.reduce((sum, { anew }) => sum + anew, 0),
      },
    };
  },
};

type Plan = { readonly plan: string; readonly type: PlanType };
type Planned = {
  readonly asked: number;
  readonly again: number;
  readonly anew: number;
  readonly plans: ReadonlyMap<number, Plan>;
  readonly rejects: readonly Reject[];
};

async function planned(record: Conversation, name: string, tools: StepTools): Promise<Planned> {
  const wanted = record.turns.filter((turn) => turn.speaker === name && turn.plan === undefined);
  // Of a turn that cannot be taken apart nobody can say to what a plan of it leads.
  const unclear = wanted.filter((turn) => segmentsOf(turn, record).length === 0);
  const { contextSize } = tools.model('teacher');
  const maxTokens = Math.min(SAMPLING.maxTokens, Math.floor(contextSize / 2));
  const room = (contextSize - maxTokens) * CHARS_PER_TOKEN - BESIDE_LINES;
  const clear = wanted.filter((turn) => !unclear.includes(turn));
  const asking: Asking = { record, name, context: planContext(record, name), maxTokens, tools };
  const plans = new Map<number, Plan>();
  const rejects = unclear.map(({ id }): Reject => ({ why: 'layers-unclear', turn: id, character: name }));
  let [again, anew] = [0, 0];
  await sideBySide(
    batchesOf(clear, maxTokens).flatMap((batch) => {
      const drafts = batch.reduce((sum, { draft = '' }) => sum + weightOf(draft), 0);
      const ids = batch.map(({ id }) => id);
      const windows = windowsOf(record, name, ids, MOST_TURNS, Math.max(LEAST_LINES, room - drafts));
      return windows.map(async (window) => {
        const first = batch.filter(({ id }) => window.turns.includes(id)).map(askedOf);
        const second = await ask(asking, window, first, 1, plans);
        again += second.length;
        const failing = await ask(asking, window, second, 2, plans);
        anew += failing.length;
        const third = failing.map((one): AskedPlan => ({ ...one, draft: '', type: 'C' }));
        const lost = await ask(asking, window, third, 3, plans);
        rejects.push(...lost.map(({ turn, fault }) => ({ why: `plan-${fault}`, turn, character: name })));
      });
    }),
  );
  // In whatever order answers came.
  rejects.sort((one, other) => (one.turn ?? 0) - (other.turn ?? 0));
  return { asked: wanted.length, again, anew, plans, rejects };
}

/** Turns that are asked for together: plans of drafts that are kept are as long as those, and all have to fit. */
function batchesOf(turns: readonly Turn[], maxTokens: number): readonly (readonly Turn[])[] {
  const batches: Turn[][] = [];
  let tokens = Number.POSITIVE_INFINITY;
  for (const turn of turns) {
    const needed = tokensFor([askedOf(turn)]);
    tokens += needed;
    const last = batches.at(-1);
    if (last && last.length < MOST_TURNS && tokens <= maxTokens) last.push(turn);
    else {
      batches.push([turn]);
      tokens = needed;
    }
  }
  return batches;
}

function askedOf({ id, draft = '' }: Turn): AskedPlan {
  return { turn: id, draft, type: planTypeOf(draft) };
}

type Asking = {
  readonly record: Conversation;
  readonly name: string;
  readonly context: PlanContext;
  readonly maxTokens: number;
  readonly tools: StepTools;
};

/**
 * Takes what is good into `plans`, and gives what is not, with its fault.
 *
 * @param take the how-manieth throw it is: a third request may have the words of the second
 */
async function ask(
  { record, name, context, maxTokens, tools }: Asking,
  window: Window,
  asked: readonly AskedPlan[],
  take: number,
  plans: Map<number, Plan>,
): Promise<(AskedPlan & { readonly fault: PlanFault })[]> {
  if (asked.length === 0) return [];
  const request = planRequest(record, name, window, asked, { ...SAMPLING, maxTokens });
  const written = readPlans((await tools.ask('teacher', request, { take })).text, asked);
  return asked.flatMap((one) => {
    if (written === 'other-numbers') return [{ ...one, fault: written }];
    const turn = record.turns.find(({ id }) => id === one.turn);
    const words = written.get(one.turn);
    if (!turn || words === undefined) return [{ ...one, fault: 'not-there' as const }];
    const checked = checkPlan(turn, words, lengthTaken(one.type, one.draft), context);
    if ('fault' in checked) return [{ ...one, fault: checked.fault }];
    plans.set(one.turn, { plan: checked.plan, type: one.type });
    return [];
  });
}

/**
 * Plans by the number of their turn. Where a number was not asked for, or stands there twice, all may be
 * shifted by one, and none is taken (her-spec 9.3 D6).
 */
function readPlans(
  answer: string,
  asked: readonly AskedPlan[],
): ReadonlyMap<number, string> | 'other-numbers' {
  const plans = new Map<number, string>();
  for (const entry of entriesIn(answer, ['plans', 'result', 'results']) ?? []) {
    const turn = wholeIn(entry, ['turn', 'id', 'dialogueindex', 'number']);
    const plan = textIn(entry, ['plan', 'revisedsysthinking', 'systemthinking', 'thinking']);
    if (turn === undefined || plan === undefined) continue;
    const isAsked = asked.some((one) => one.turn === turn);
    if (!isAsked || (plans.has(turn) && plans.get(turn) !== plan)) return 'other-numbers';
    plans.set(turn, plan);
  }
  return plans;
}

function withPlan(turn: Turn, plan: Plan | undefined): Turn {
  return plan ? { ...turn, plan: plan.plan, planType: plan.type } : turn;
}

/** The request for a sample, so that every change of its words is seen. */
function sampleText(): string {
  const [window] = windowsOf(SAMPLE, 'Perran Hale', [1], 1, 4000);
  const asked: AskedPlan[] = [
    { turn: 1, draft: 'Perran would refuse.', type: 'A', fault: 'too-short' },
    { turn: 1, draft: 'I would refuse, I think.', type: 'B' },
    { turn: 1, draft: '', type: 'C' },
  ];
  const request = planRequest(SAMPLE, 'Perran Hale', { lines: window?.lines ?? [] }, asked, SAMPLING);
  return request.messages.map(({ role, content }) => `[${role}]\n${content}`).join('\n\n');
}
