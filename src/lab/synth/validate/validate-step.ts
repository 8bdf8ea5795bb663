import { type Conversation, conversationSchema, type Turn } from '../record/conversation.ts';
import { isWorld } from '../record/views.ts';
import type { Reject, Step } from '../step.ts';
import { mendTurn, withoutPlan, withoutThoughts } from './mend-turn.ts';
import { isSettingOfDiscord, soundSetting } from './record-texts.ts';
import { turnFaults } from './turn-faults.ts';

/** Faults that only make a turn a bad example: it stays as history, without its plan, and is never a target. */
const NO_TARGET: ReadonlySet<string> = new Set([
  'thought-names-the-task',
  'thought-not-first-person',
  'thought-repeats-in-speech',
  'action-names-actor',
  'too-long',
  'plan-too-long',
  'plan-names-a-user',
  'plan-names-the-task',
  'plan-names-a-hidden-layer',
  'plan-first-person',
  'plan-knows-too-much',
  'plan-copies-thought',
  'plan-does-not-read-back',
  'plan-of-the-world',
]);
/** Faults of a thought alone, whose other layers may stay. */
const OF_THE_THOUGHT: ReadonlySet<string> = new Set(['thought-knows-too-much']);

/**
 * The last step: every record that leaves it may be exported as it is. What a rule can mend is mended; a turn that is a
 * bad example loses its plan, so that it is history and no target; a thought that knows too much is taken out; a turn
 * that may not train at all is taken out; a conversation in which nobody is left to be learnt goes no further.
 */
export const validateStep: Step = {
  name: 'validate',
  title: 'checking',
  roles: [],
  prompts: {},
  settings: { 'rules of validate': 3 },
  async work(record) {
    const sound = soundSetting(record);
    const mended = { ...sound.record, turns: record.turns.map((turn) => mendTurn(turn, sound.record)) };
    const rejects: Reject[] = [...sound.rejects];
    const turns = settled(mended, rejects);
    for (const turn of turns) if (isBare(turn, rejects)) rejects.push({ why: 'no-plan', ...about(turn) });
    const counts = {
      turns: record.turns.length,
      mended: mended.turns.filter((turn, at) => turn !== record.turns[at]).length,
      targets: turns.filter(({ plan }) => plan !== undefined).length,
      'history only': turns.filter((turn) => !isWorld(turn) && turn.plan === undefined).length,
      'turns of the Environment': turns.filter(isWorld).length,
      'taken out': record.turns.length - turns.length,
      ...(sound.mended > 0 ? { 'settings mended': sound.mended } : {}),
    };
    // Of a conversation that goes no further no turn is left.
    const none = { targets: 0, 'history only': 0, 'turns of the Environment': 0 };
    const lost = (why: string) => ({
      rejects: [{ why }, ...rejects],
      counts: { ...counts, ...none, 'taken out': record.turns.length },
    });
    if (isSettingOfDiscord(mended)) return lost('of-discord');
    // One who speaks to nobody is no conversation; the world may be who it speaks to.
    if (turns.length < 2) return lost('too-few-turns');
    if (turns.every(isWorld)) return lost('nobody-speaks');
    const read = conversationSchema.safeParse({ ...mended, turns });
    return read.success ? { record: read.data, rejects, counts } : lost('bad-form');
  },
};

/**
 * The turns that may stay, as they may. What is taken out changes what the others are held against (who plays in it,
 * what was said aloud): it is looked at again until nothing changes. Each round takes something away.
 */
function settled(conversation: Conversation, rejects: Reject[]): readonly Turn[] {
  for (let now = conversation; ; ) {
    const turns = now.turns.flatMap((turn) => judged(turn, now, rejects));
    const isSame = turns.length === now.turns.length && turns.every((turn, at) => turn === now.turns[at]);
    if (isSame) return turns;
    now = { ...now, turns };
  }
}

/** A turn as it may stay; nothing where it may not. */
function judged(turn: Turn, conversation: Conversation, rejects: Reject[]): Turn[] {
  const faults = turnFaults(turn, conversation);
  if (faults.length === 0) return [turn];
  for (const { why, layer } of faults) {
    const known = rejects.some((one) => one.why === why && one.turn === turn.id && one.detail === layer);
    if (!known) rejects.push({ why, ...about(turn), detail: layer });
  }
  if (!faults.every(({ why }) => NO_TARGET.has(why) || OF_THE_THOUGHT.has(why))) return [];
  const isTooKnowing = faults.some(({ why }) => OF_THE_THOUGHT.has(why));
  const kept = isTooKnowing ? withoutThoughts(turn, conversation) : turn;
  if (!kept) return [];
  const isHistory = kept.plan === undefined && kept.planType === undefined && kept.draft === undefined;
  return [isHistory ? kept : withoutPlan(kept)];
}

/** Whether a turn came without a plan: one that lost it is named by its fault. */
function isBare(turn: Turn, rejects: readonly Reject[]): boolean {
  return turn.plan === undefined && !isWorld(turn) && !rejects.some((one) => one.turn === turn.id);
}

function about({ id, speaker }: Turn): { turn: number; character: string } {
  return { turn: id, character: speaker };
}
