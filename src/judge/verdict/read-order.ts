import { objectsIn } from '../../format/answer-json.ts';
import type { AskedOrder } from './asked-order.ts';
import { decisionIn } from './decision.ts';
import { findIn } from './principle-ref.ts';
import { readFound } from './read-found.ts';
import { findInHerRm } from './read-her-rm.ts';
import { settleReading } from './settle-reading.ts';
import type { Missing, OrderVerdict, Reading } from './verdict.ts';
import { withoutThinking } from './without-thinking.ts';

/** More of an answer is not read. Characters. */
export const LONGEST_ANSWER = 64_000;

/**
 * Makes sense of what a judge answered: lenient about its form, strict about its meaning. In the
 * judge's words the candidates are called `[first]` and `[second]`. Never throws.
 */
export function readOrder(answer: string, asked: AskedOrder): OrderVerdict['outcome'] {
  const read = readAnswer(answer, asked);
  return typeof read === 'string' ? { type: 'missing', why: read } : { type: 'read', reading: read };
}

function readAnswer(answer: string, asked: AskedOrder): Reading | Missing {
  if (answer.trim() === '') return 'empty';
  const { said, isOver } = withoutThinking(answer.slice(0, LONGEST_ANSWER));
  // HER-RM copies the candidates out; no sign in them may look like the end of a string.
  const { objects, end, beside } = asked.layout === 'her-rm' ? objectsIn(said, '"') : objectsIn(said);
  if (objects.length === 0 && end === 'whole') return isOver ? 'prose' : 'half';
  // Behind an object that nobody can read there may be anything, and one that ended before its
  // decision was ended by something that it quotes.
  if (end === 'broken' || /["'“”](?:better\w*|winner|decision)["'“”]\s{0,9}:/iu.test(beside)) return 'shape';
  const decision = decisionIn(objects, asked);
  if (decision === 'shape' && end === 'cut') return 'half';
  if (typeof decision === 'string') return decision;
  const find =
    asked.layout === 'her-rm' ? findInHerRm(decision.holder, asked.principles) : findIn(asked.principles);
  return settleReading(readFound(decision, asked, find), decision.winner);
}
