import { join } from 'node:path';
import { ModelError } from '../../../model/chat-model.ts';
import { createAsk } from '../../calls/ask.ts';
import { askOnline } from '../../calls/ask-online.ts';
import type { LabModel } from '../../calls/call.ts';
import { openJournal } from '../../calls/journal.ts';
import { sideBySide } from '../../synth/step.ts';
import { type AskedTurn, requestFor } from './ask-request.ts';
import { type AgreementFigures, agreementFigures, type JudgedTurn } from './figures.ts';
import { readAnswers } from './read-answers.ts';

export type AgreementRun = {
  /** The folder of `calls.jsonl`: what is answered there is not asked again. */
  readonly out: string;
  readonly judges: readonly LabModel[];
  /** Of the intervals. */
  readonly seed: number;
  /** Answers so far, and in all. */
  readonly progress: (done: number, total: number) => void;
};

/**
 * Asks every judge about every turn of a sample, and tells how far they agree. A judge that gives no answer
 * is missing for that turn.
 *
 * @throws ModelError where it is plain that a judge cannot be asked at all; OperatorError where the folder
 *   cannot be written; the signal’s reason when aborted: what was answered by then is kept
 */
export async function runAgreement(
  turns: readonly AskedTurn[],
  { out, judges, seed, progress }: AgreementRun,
  signal: AbortSignal,
): Promise<AgreementFigures> {
  const journal = await openJournal(join(out, 'calls.jsonl'));
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const ask = createAsk(
    journal,
    undefined,
    askOnline((error) => stop.abort(error)),
  );
  let done = 0;

  async function answersOf(judge: LabModel, turn: AskedTurn) {
    try {
      const { text } = await ask(judge, requestFor(turn, judge.model.maxTokens), {}, either);
      return readAnswers(text, turn.questions);
    } catch (error) {
      if (either.aborted || !(error instanceof ModelError)) throw error;
      return new Map<never, number>();
    } finally {
      done += 1;
      progress(done, turns.length * judges.length);
    }
  }

  async function judged(turn: AskedTurn): Promise<JudgedTurn> {
    const all = await sideBySide(judges.map((judge) => answersOf(judge, turn)));
    const answers = turn.questions.map(({ name }) => [name, all.map((one) => one.get(name))] as const);
    return { conversation: turn.conversation, answers: new Map(answers) };
  }

  try {
    const all = await sideBySide(turns.map(judged));
    return agreementFigures(
      all,
      judges.map(({ model }) => model.name),
      seed,
    );
  } finally {
    await journal.close();
  }
}
