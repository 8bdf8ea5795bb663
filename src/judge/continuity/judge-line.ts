import { type ChatModel, ModelError } from '../../model/chat-model.ts';
import { type CheckedLine, continuityRequest } from './continuity-request.ts';
import type { Mark } from './mark.ts';
import { quoteIn } from './quote-of.ts';
import { type Found, LONGEST_ANSWER, readContinuity } from './read-continuity.ts';

/** It is asked once more where it could not be understood. */
const ATTEMPTS = 2;
// Whoever thinks longer does not come to an end by itself. Characters.
const LONGEST_THOUGHT = 60_000;

/**
 * What a judge has to say of one line. Of its answer only the kinds of fault are kept, and quotes that stand in
 * what could be seen and heard of the line, as they stand there; nothing else that it writes gets out.
 *
 * @returns undefined where it gave no answer that could be read
 * @throws the signal's reason when aborted
 */
export async function judgeLine(
  model: ChatModel,
  checked: CheckedLine,
  signal: AbortSignal,
): Promise<readonly Mark[] | undefined> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    let answer: string;
    try {
      answer = await ask(model, checked, attempt > 1, signal);
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      signal.throwIfAborted();
      return undefined;
    }
    const found = readContinuity(answer);
    if (found) return marksOf(found, checked, model.name);
  }
  return undefined;
}

async function ask(
  model: ChatModel,
  checked: CheckedLine,
  again: boolean,
  signal: AbortSignal,
): Promise<string> {
  let answer = '';
  let thought = 0;
  for await (const delta of model.stream(continuityRequest(model, checked, again), signal)) {
    if (delta.type === 'text') answer += delta.text;
    else if (delta.type === 'reasoning') thought += delta.text.length;
    if (answer.length > LONGEST_ANSWER || thought > LONGEST_THOUGHT) break;
  }
  return answer;
}

function marksOf(found: readonly Found[], { segments, secret }: CheckedLine, by: string): Mark[] {
  const marks = new Map<string, Mark>();
  for (const { kind, quote: said } of found) {
    const quote = partsOf(said, secret).flatMap((part) => quoteIn(segments, part) ?? [])[0];
    if (quote !== undefined && !marks.has(kind)) marks.set(kind, { kind, quote, by });
  }
  return [...marks.values()];
}

/** A quote without the tags and the fence that are copied with it; the longest part first. */
function partsOf(said: string, secret: string): string[] {
  const marks = ['line', 'end'].map((name) => `${name}-${secret}`);
  const bare = marks.reduce((text, mark) => text.replaceAll(mark, '<>'), said);
  return bare.split(/<[^<>]*>/u).sort((one, other) => other.length - one.length);
}
