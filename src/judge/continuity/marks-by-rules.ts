import { visibleSegments } from '../../format/segments.ts';
import { BY_RULES, type Mark, type MarkKind } from './mark.ts';
import type { ReviewedLine } from './reviewed-line.ts';
import { assistantVoice } from './rules/assistant-voice.ts';
import { knowsTooMuch } from './rules/knows-too-much.ts';
import { repetition } from './rules/repetition.ts';
import { speaksForOthers } from './rules/speaks-for-others.ts';
import { thoughtLeaked } from './rules/thought-leaked.ts';

/** Each finds words of the line that could be seen or heard, or nothing. Whether a line is out of its card, no rule can tell. */
const RULES: Readonly<Partial<Record<MarkKind, (line: ReviewedLine) => string | undefined>>> = {
  'knows-too-much': knowsTooMuch,
  'speaks-for-others': speaksForOthers,
  'thought-leaked': thoughtLeaked,
  repetition,
  'assistant-voice': assistantVoice,
};

/** What the rules have to say of a line, one mark a kind; a rule that is in doubt says nothing. */
export function marksByRules(line: ReviewedLine): Mark[] {
  const seen = visibleSegments(line.segments);
  return Object.entries(RULES).flatMap(([kind, rule]) => {
    const quote = rule(line);
    // Whatever a rule makes of what it may read: nothing but what is seen or heard is quoted.
    if (quote === undefined || !seen.some(({ text }) => text.includes(quote))) return [];
    return [{ kind: kind as MarkKind, quote, by: BY_RULES }];
  });
}
