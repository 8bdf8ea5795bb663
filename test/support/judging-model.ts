import type { ChatDelta, ChatModel, ChatRequest, ModelUsage } from '../../src/model/chat-model.ts';
import { answeringModel, promptOf } from './answering-model.ts';

/** Which of two candidates is better, in the order in which they are shown; or what it answers instead. */
export type Judges = (first: string, second: string) => Judged | Promise<Judged>;
export type Judged = 'first' | 'second' | 'tie' | { readonly answers: string } | Error;

/** What a judge's words in a test begin with: they are for nobody's eyes. */
export const JUDGE_WORDS = 'JUDGE-CANARY';

/** A judge whose verdicts the test writes; what decides is the last principle that it was given. */
export function judgingModel(
  judges: Judges,
  change: Partial<ChatModel> = {},
): ChatModel & { readonly asked: ChatRequest[] } {
  const asked: ChatRequest[] = [];
  const name = 'judge-1';
  return {
    ...answeringModel(),
    name,
    async *stream(request, signal): AsyncGenerator<ChatDelta> {
      signal.throwIfAborted();
      asked.push(request);
      const shown = candidatesIn(request);
      const judged = await judges(shown[0].text, shown[1].text);
      signal.throwIfAborted();
      if (judged instanceof Error) throw judged;
      const text = typeof judged === 'string' ? verdict(request, shown, judged) : judged.answers;
      yield { type: 'text', text };
      yield { type: 'end', reason: 'stop', usage: usageOf(name) };
    },
    ...change,
    asked,
  };
}

/** The one that holds a word is better; of two that do, or do not, none. */
export function prefersWord(word: string): Judges {
  return (first, second) => {
    if (first.includes(word) === second.includes(word)) return 'tie';
    return first.includes(word) ? 'first' : 'second';
  };
}

export function usageOf(model: string): ModelUsage {
  return { model, promptTokens: 100, cachedTokens: 40, completionTokens: 10, msToFirst: 5, msToLast: 20 };
}

type Shown = { readonly label: string; readonly text: string };

/** The two candidates of a judge's prompt, as they are shown. */
function candidatesIn(request: ChatRequest): readonly [Shown, Shown] {
  const prompt = promptOf(request);
  const nonce = /^\[([0-9a-f]{16})\] candidate /m.exec(prompt)?.[1] ?? 'none';
  const [first, second] = prompt
    .split(new RegExp(`^\\[${nonce}\\] `, 'm'))
    .filter((part) => part.startsWith('candidate '))
    .map((part) => {
      const end = part.indexOf('\n');
      return { label: part.slice('candidate '.length, end), text: part.slice(end + 1).trim() };
    });
  if (!first || !second) throw new Error('the prompt shows no two candidates');
  return [first, second];
}

function verdict(request: ChatRequest, [first, second]: readonly [Shown, Shown], better: string): string {
  const listed = [...promptOf(request).matchAll(/^- ([\p{L}\p{N}-]+): /gmu)].map(([, id]) => id);
  const chosen = better === 'first' ? first.label : better === 'second' ? second.label : 'tie';
  return JSON.stringify({
    violations: [],
    comparisons: [
      {
        principle: listed.at(-1) ?? 'leaves room',
        [first.label]: `${JUDGE_WORDS} it opens the talk`,
        [second.label]: `${JUDGE_WORDS} it closes the talk`,
        better: chosen,
        degree: 'clear',
      },
    ],
    reason: `${JUDGE_WORDS} what is left open decides.`,
    better: chosen,
  });
}
