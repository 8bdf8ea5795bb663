import { renderHer } from '../../../format/render-her.ts';
import type { Segment } from '../../../format/segments.ts';
import { tidy } from '../../../format/tidy.ts';
import type { Conversation, Turn } from '../record/conversation.ts';
import { isWorld, segmentsOf } from '../record/views.ts';
import { isOfDiscord } from './turn-faults.ts';

/**
 * What a rule can mend: neighbours of a kind, spaces, closing punctuation in tags, halves of signs (her-spec F5–F7),
 * and a thought of the world, which has no mind. The same turn where nothing is to be mended.
 */
export function mendTurn(turn: Turn, conversation: Conversation): Turn {
  // The parser would take the marks for tags, and nobody would know of them any more.
  if (isOfDiscord(turn)) return turn;
  const read = segmentsOf({ ...turn, text: tidy(turn.text) }, conversation);
  const seen = isWorld(turn) ? read.filter(({ kind }) => kind !== 'thought') : read;
  const text = seen.length === 0 ? turn.text : renderHer(seen.map(mendedSegment));
  const { plan, original, draft, planType, ...rest } = turn;
  const mended = { plan: tidied(plan), original: tidied(original), draft: tidied(draft) };
  if (text === turn.text && mended.plan === plan && mended.original === original && mended.draft === draft)
    return turn;
  return {
    ...rest,
    text,
    ...(mended.original === undefined ? {} : { original: mended.original }),
    ...(mended.plan === undefined ? {} : { plan: mended.plan, ...(planType ? { planType } : {}) }),
    ...(mended.draft === undefined ? {} : { draft: mended.draft }),
  };
}

/** Nothing where nothing is left. */
function tidied(text: string | undefined): string | undefined {
  return text === undefined ? undefined : tidy(text) || undefined;
}

function mendedSegment({ kind, text }: Segment): Segment {
  return { kind, text: kind === 'speech' ? text : text.replace(/(?<![.…])\.$/u, '') };
}

/** A turn that is history and never a target. */
export function withoutPlan({ plan: _plan, planType: _type, draft: _draft, ...turn }: Turn): Turn {
  return turn;
}

/** What can be seen and heard of a turn; undefined where that is nothing. */
export function withoutThoughts(turn: Turn, conversation: Conversation): Turn | undefined {
  const text = renderHer(segmentsOf(turn, conversation).filter(({ kind }) => kind !== 'thought'));
  return text === '' ? undefined : { ...turn, text };
}
