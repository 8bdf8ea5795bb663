import { renderHer } from '../../../format/render-her.ts';
import { hasDiscordMarks } from '../checks/discord-marks.ts';
import type { Conversation, Turn } from '../record/conversation.ts';
import { isWorld, segmentsOf } from '../record/views.ts';
import { layerFaults } from './layer-faults.ts';
import { planFaults } from './plan-faults.ts';
import type { TurnFault } from './turn-fault.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/u;
const LONGEST_TURN = 4000;

/**
 * What is wrong with a turn by the rules that training data is held to (her-spec 6.2, 6.3; the one law). Pure; of a
 * turn without a plan nothing is said about plans.
 */
export function turnFaults(turn: Turn, conversation: Conversation): readonly TurnFault[] {
  return [
    ...formFaults(turn, conversation),
    ...layerFaults(turn, conversation),
    ...planFaults(turn, conversation),
  ];
}

/** Whether Discord left its marks in a turn. */
export function isOfDiscord({ speaker, text, plan = '', original = '', draft = '' }: Turn): boolean {
  return hasDiscordMarks([speaker, text, plan, original, draft].join('\n'));
}

function formFaults(turn: Turn, conversation: Conversation): TurnFault[] {
  const segments = segmentsOf(turn, conversation);
  const fault = (why: string): TurnFault => ({ why, layer: 'turn' });
  const all = [turn.text, turn.plan ?? ''].join('\n');
  const hasThought = segments.some(({ kind }) => kind === 'thought');
  return [
    ...(segments.length === 0 ? [fault('layers-unclear')] : []),
    ...(segments.length > 0 && renderHer(segments) !== turn.text ? [fault('not-canonical')] : []),
    ...(segments.length > 0 && segments.every(({ kind }) => kind === 'thought')
      ? [fault('nothing-visible')]
      : []),
    ...(turn.text.length > LONGEST_TURN ? [fault('too-long')] : []),
    ...(CONTROL.test(all) ? [fault('control-signs')] : []),
    ...(all.isWellFormed() ? [] : [fault('lone-surrogate')]),
    ...(isOfDiscord(turn) ? [fault('of-discord')] : []),
    // The world has no mind (her-spec 2.3 V4).
    ...(isWorld(turn) && hasThought ? [{ why: 'thought-of-the-world', layer: 'thought' } as const] : []),
  ];
}
