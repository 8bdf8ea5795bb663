import { z } from 'zod';
import { PLAN_RULES } from '../../../src/lab/synth/plan/plan-prompt.ts';
import { type TaughtMessage, teach } from './teacher.ts';

const answerSchema = z.object({ plans: z.array(z.object({ turn: z.int(), plan: z.string() })) });
type Written = z.infer<typeof answerSchema>['plans'][number];

/** A plan for each turn that is asked for; undefined for any other prompt. */
export function teachPlan(messages: readonly TaughtMessage[]): string | undefined {
  return messages[0]?.content.startsWith(PLAN_RULES) ? teach(messages) : undefined;
}

function bad(change: (plan: Written, all: readonly Written[], ask: string) => readonly object[]) {
  return (messages: readonly TaughtMessage[]): string | undefined => {
    const good = teachPlan(messages);
    if (good === undefined) return undefined;
    const { plans } = answerSchema.parse(JSON.parse(good));
    const ask = messages.at(-1)?.content ?? '';
    return JSON.stringify({ plans: plans.flatMap((plan) => change(plan, plans, ask)) });
  };
}

const saying = (text: string) => bad(({ turn, plan }) => [{ turn, plan: `${plan} ${text}` }]);

/** Answers in the right form, none of which may become a plan. */
export const HOSTILE_PLAN = {
  'speaks of a user': saying('The user wants to see this.'),
  'is the character': bad(({ turn, plan }) => [
    { turn, plan: `${plan.slice(0, 200)} ${'I know what I want, and I keep it to myself. '.repeat(14)}` },
  ]),
  'is short': bad(({ turn }) => [{ turn, plan: 'A refusal.' }]),
  'is endless': bad(({ turn, plan }) => [{ turn, plan: plan.repeat(9) }]),
  'names nobody': bad(({ turn, plan }, _all, ask) => {
    const words = /^The character: (.+)$/mu.exec(ask)?.[1]?.split(' ') ?? [];
    return [{ turn, plan: words.reduce((text, word) => text.replaceAll(word, 'somebody'), plan) }];
  }),
  'shifts the numbers by one': bad(({ plan }, all, ask) => {
    const at = all.findIndex((one) => one.plan === plan);
    const asked = [...ask.matchAll(/^#(\d+) Type/gmu)].map(([, turn]) => Number(turn));
    return [{ turn: asked[at + 1] ?? 1000, plan }];
  }),
  'counts from a thousand': bad(({ turn, plan }) => [{ turn: turn + 1000, plan }]),
  'writes two for each': bad(({ turn, plan }) => [
    { turn, plan },
    { turn, plan: `${plan} Or the other way about.` },
  ]),
  'leaves all out': bad(() => []),
  'lists no objects': bad(({ turn }) => [[turn]]),
} as const satisfies Record<string, (messages: readonly TaughtMessage[]) => string | undefined>;
