import { isOrdinary } from './ordinary-text.ts';
import { namesHiddenLayer } from './plan-guard.ts';
import { repeatsPlan, repeatsThought } from './repeated.ts';
import { type Segment, type VisibleSegment, visibleSegments } from './segments.ts';

// Tags of the format, and the tokens by which chat templates tell layers apart.
const TAG =
  /<\s*\/?\s*(?:system|role)[\s_-]?(?:think|action|speech)|<[|｜][^|｜<>\n]{1,40}[|｜]>|<<\/?SYS>>|\[\/?INST\]|<\/?think(?:ing)?>/iu;

/**
 * The last gate before anything is shown: what is visible of a turn, or nothing at all where a tag is left
 * in it, or a long stretch of what is hidden of the same turn. By then the parser has told the layers
 * apart; this asks only whether the result can be right. No part of a turn is taken out of it.
 *
 * @param plan as long as its draft lives; afterwards nobody has it
 * @param heard what its speaker heard of late, and may repeat
 */
export function passLastGate(segments: readonly Segment[], plan = '', heard = ''): readonly VisibleSegment[] {
  const visible = visibleSegments(segments);
  if (visible.some(({ text }) => bearsTag(text))) return [];
  const thoughts = segments.filter(({ kind }) => kind === 'thought');
  if (thoughts.length === 0 && plan === '') return visible;
  const text = visible.map((segment) => segment.text).join('\n');
  const aloud =
    thoughts.some((thought) => repeatsThought(text, thought.text, heard)) || repeatsPlan(text, plan, heard);
  return aloud ? [] : visible;
}

/** The part of it that needs nothing but the words: of what the log holds, before each post. */
export function withoutTags(visible: readonly VisibleSegment[]): readonly VisibleSegment[] {
  return visible.some(({ text }) => bearsTag(text)) ? [] : visible;
}

/** Whether a text holds something that looks like a tag of a layer. */
export function bearsTag(text: string): boolean {
  return !isOrdinary(text) && (TAG.test(text) || namesHiddenLayer(text));
}
