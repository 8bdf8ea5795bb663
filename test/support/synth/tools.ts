import type { StepAnswer, StepTools, SynthRole } from '../../../src/lab/synth/step.ts';
import type { ChatRequest } from '../../../src/model/chat-model.ts';

export type Asked = { readonly role: SynthRole; readonly request: ChatRequest; readonly take: number };

/** What a step is handed in a test: a function answers, and what was asked is kept. */
export function stepTools(
  answer: (asked: Asked) => string | StepAnswer | Promise<string | StepAnswer>,
  more: Partial<StepTools> = {},
): { readonly tools: StepTools; readonly asked: readonly Asked[] } {
  const asked: Asked[] = [];
  const tools: StepTools = {
    async ask(role, request, { take = 1 } = {}) {
      const one = { role, request, take };
      asked.push(one);
      const given = await answer(one);
      return typeof given === 'string' ? { text: given, reasoning: '', end: 'stop' } : given;
    },
    model: () => ({ name: 'teacher', contextSize: 32_000, maxTokens: 4096, temperature: 0.7 }),
    seed: 7,
    signal: new AbortController().signal,
    ...more,
  };
  return { tools, asked };
}
