import { namesHiddenLayer } from '../../../format/plan-guard.ts';
import { renderHer } from '../../../format/render-her.ts';
import { parseTurn } from '../../../format/turn-parser.ts';
import { knowsHidden } from '../checks/hidden-of.ts';
import { isFirstPerson } from '../checks/voice.ts';
import { runsIn, sharesRun, wordsOf } from '../checks/words.ts';
import type { Conversation, Turn } from '../record/conversation.ts';
import { isWorld, segmentsOf, speakersOf } from '../record/views.ts';
import type { TurnFault } from './turn-fault.ts';

const LONGEST_PLAN = 6000;
/** Words in a row that a plan may not share with a thought of its own turn. */
const COPIED_RUN = 14;
/** What a plan is about is a character; these are about a machine that plays one. */
const OF_A_MACHINE =
  /\b(?:as an ai|language model|system prompt|chatbot|role-?play(?:s|ed|er|ing)?|character (?:sheet|card))\b/iu;

/** What is wrong with the plan of a turn; nothing where it has none. */
export function planFaults(turn: Turn, conversation: Conversation): TurnFault[] {
  const { plan } = turn;
  if (plan === undefined) return [];
  const fault = (why: string): TurnFault => ({ why, layer: 'plan' });
  if (isWorld(turn)) return [fault('plan-of-the-world')];
  const words = wordsOf(plan);
  const thoughts = segmentsOf(turn, conversation).flatMap(({ kind, text }) =>
    kind === 'thought' ? [wordsOf(text)] : [],
  );
  return [
    ...(plan.length > LONGEST_PLAN ? [fault('plan-too-long')] : []),
    ...(/\buser(?:['’]?s)?\b/iu.test(plan) ? [fault('plan-names-a-user')] : []),
    ...(OF_A_MACHINE.test(plan) ? [fault('plan-names-the-task')] : []),
    ...(namesHiddenLayer(plan) ? [fault('plan-names-a-hidden-layer')] : []),
    ...(isFirstPerson(plan) ? [fault('plan-first-person')] : []),
    ...(knowsHidden(words, turn, conversation) ? [fault('plan-knows-too-much')] : []),
    ...(thoughts.some((one) => sharesRun(words, runsIn(one, COPIED_RUN), COPIED_RUN))
      ? [fault('plan-copies-thought')]
      : []),
    ...(readsBack(plan, turn, conversation) ? [] : [fault('plan-does-not-read-back')]),
  ];
}

/** Whether plan and turn, written one behind the other as they are trained on, read back as they were. */
function readsBack(plan: string, { speaker, text }: Turn, conversation: Conversation): boolean {
  const others = speakersOf(conversation).filter((name) => name !== speaker);
  const whole = `<system_thinking>${plan}</system_thinking>${speaker}: ${text}`;
  const parsed = parseTurn(whole, { speaker: { name: speaker }, others });
  return parsed.usable && parsed.systemThinking.trim() === plan.trim() && renderHer(parsed.segments) === text;
}
