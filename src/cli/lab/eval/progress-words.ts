import type { EvalProgress } from '../../../lab/eval/eval-run.ts';
import { timeLeft } from '../progress-line.ts';

/** One line that says how far a run is. */
export function progressWords(
  { scenes, rounds, calls, tokensPerSecond, cost, ms }: EvalProgress,
  currency: string,
): string {
  const left = timeLeft(calls, ms);
  return [
    `${scenes.played} played, ${scenes.judged} judged of ${scenes.all} scenes`,
    ...(scenes.failed > 0 ? [`${scenes.failed} failed`] : []),
    `${rounds} rounds`,
    `${calls.all} of at most ${calls.expected} answers${calls.known > 0 ? ` (${calls.known} were there)` : ''}`,
    ...(tokensPerSecond > 0 ? [`${Math.round(tokensPerSecond)} tokens/s`] : []),
    ...(cost === undefined ? [] : [`${cost.toFixed(2)} ${currency}`]),
    ...(left === undefined ? [] : [`${left} left`]),
  ].join(' · ');
}
