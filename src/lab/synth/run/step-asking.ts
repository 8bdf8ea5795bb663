import { ModelError } from '../../../model/chat-model.ts';
import { createAsk, type Keep, type Source } from '../../calls/ask.ts';
import type { LabModel } from '../../calls/call.ts';
import type { Journal } from '../../calls/journal.ts';
import type { StepAnswer, StepTools, SynthRole } from '../step.ts';
import { createUse, type Use } from './use-of.ts';

/** Nothing more is asked: what was allowed is spent. */
export class BudgetSpent extends ModelError {
  /** `the budget is spent`. */
  readonly what: string;

  constructor(what: string) {
    super('rate-limited', `No more is asked: ${what}.`, { retryable: false });
    this.name = 'BudgetSpent';
    this.what = what;
  }
}

export type StepAsking = {
  readonly tools: StepTools;
  readonly use: Use;
  /** `tokens`: of those that were asked now. */
  readonly calls: { readonly asked: number; readonly known: number; readonly tokens: number };
};

/** What a step asks with. @param spent what is spent, where no new request may be sent, by what was used so far */
export function createStepAsking(
  models: Partial<Record<SynthRole, LabModel>>,
  { journal, source, seed }: { readonly journal: Journal; readonly source: Source; readonly seed: number },
  spent: (use: Use) => string | undefined,
  signal: AbortSignal,
): StepAsking {
  const use = createUse(models);
  const calls = { asked: 0, known: 0, tokens: 0 };
  const within: Source = async (asked, aborted) => {
    const what = spent(use);
    if (what !== undefined) throw new BudgetSpent(what);
    return source(asked, aborted);
  };
  const ask = createAsk(
    journal,
    ({ usage }, isNew) => {
      calls[isNew ? 'asked' : 'known'] += 1;
      if (isNew) calls.tokens += usage.promptTokens + usage.completionTokens;
    },
    within,
  );

  function modelOf(role: SynthRole): LabModel {
    const model = models[role];
    // A step says whom it asks; the runner opens no others.
    if (!model) throw new Error(`the step has no ${role}`);
    return model;
  }

  const tools: StepTools = {
    async ask(role, request, { take = 1 } = {}) {
      const call = await ask(modelOf(role), request, { take, keep: KEEP }, signal);
      use.add(role, call);
      return answerOf(call.text, call.end);
    },
    model: (role) => modelOf(role).model,
    seed,
    signal,
  };
  return { tools, use, calls };
}

const OPENS = '<think>';
const CLOSES = '</think>';

/** What a model reasons on a channel of its own stands before its answer, as many models write it anyway. */
export function withReasoning({
  text,
  reasoning,
}: {
  readonly text: string;
  readonly reasoning: string;
}): string {
  return reasoning.trim() === '' ? text : `${OPENS}${reasoning.replaceAll(CLOSES, '')}${CLOSES}${text}`;
}

const KEEP: Keep = (answer) => ({ text: withReasoning(answer) });

/** The other way round. */
export function answerOf(text: string, end: StepAnswer['end']): StepAnswer {
  const close = text.startsWith(OPENS) ? text.indexOf(CLOSES) : -1;
  if (close < 0) return { text, reasoning: '', end };
  return { text: text.slice(close + CLOSES.length), reasoning: text.slice(OPENS.length, close), end };
}
