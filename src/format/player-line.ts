import { unmarked } from './bare-text.ts';
import { glyphPairs } from './glyph-pairs.ts';
import { joinNeighbours } from './join-neighbours.ts';
import { createNames } from './labels.ts';
import { neutraliseLines, withoutTricks } from './neutralise.ts';
import { perceptible } from './perceptible.ts';
import { renderHer } from './render-her.ts';
import type { VisibleSegment } from './segments.ts';
import { findSpans } from './spans.ts';
import { isEmpty, tidy } from './tidy.ts';
import { readDraft } from './turn-parser.ts';

/** Longer lines are cut here, with an ellipsis that shows it. Characters. */
export const MAX_PLAYER_LINE = 4000;

/**
 * Whether a whole message steps out of the play: it begins with `//`, or it is nothing but `((…))`,
 * the closing ones left out or not. The cast never hears it.
 */
export function isOutOfCharacter(text: string): boolean {
  const typed = withoutTricks(text).trimStart();
  return /^[/／]{2}/.test(typed) || (/^[(（]{2}/.test(typed) && isEmpty(perceptible(typed)));
}

/**
 * Reads what a human typed, as the cast perceives it: stretches between asterisks or underscores are
 * actions, the rest is speech; thoughts, spoilers and what is said out of character are left out
 * (`perceptible`). Empty where nothing can be perceived.
 *
 * Nothing in it forges anything: tags, labels of those in `reserved` (the cast, Environment,
 * Narrator and the roles of chat templates always are), headings and prompt headers become text that
 * reads the same and means nothing.
 *
 * The parser itself has the last word: what it would still take for a thought, a plan or another's
 * line loses its marks, the fewest first.
 */
export function readPlayerLine(text: string, reserved: readonly string[]): VisibleSegment[] {
  if (isOutOfCharacter(text)) return [];
  const names = createNames(undefined, reserved);
  // Cut last: a mark that closes far below still hides what stands above it.
  const heard = clip(perceptible(withoutTricks(text)), MAX_PLAYER_LINE);
  const typed = neutraliseLines(heard, names);
  let segments = splitActions(typed).map(({ kind, text: words }) => ({
    kind,
    text: tidy(neutraliseLines(words, names)),
  }));
  for (const soften of SOFTENERS) {
    if (isHarmless(segments, reserved)) break;
    segments = segments.map(({ kind, text: words }) => ({ kind, text: tidy(soften(words)) }));
  }
  return [...joinNeighbours(segments.filter((segment) => !isEmpty(segment.text)))];
}

/** The text up to `limit` characters, an ellipsis at its end where some was cut off. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text
    .slice(0, limit - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')}…`;
}

function splitActions(text: string): VisibleSegment[] {
  const segments: VisibleSegment[] = [];
  let said = '';
  let pos = 0;
  for (const span of findSpans(text)) {
    if ((span.mark !== 'star' && span.mark !== 'bold') || span.broken) continue;
    said += text.slice(pos, span.from);
    pos = span.to;
    const inner = text.slice(span.inFrom, span.inTo);
    if (span.mark === 'bold') {
      said = unmarked(said, inner, text.slice(pos, pos + 1));
      continue;
    }
    segments.push({ kind: 'speech', text: said }, { kind: 'action', text: inner });
    said = '';
  }
  segments.push({ kind: 'speech', text: said + text.slice(pos) });
  return segments;
}

/** Whether the parser reads nothing hidden and nobody else in it, as HER text. */
function isHarmless(segments: readonly VisibleSegment[], reserved: readonly string[]): boolean {
  const read = readDraft(renderHer(segments), { others: reserved });
  return (
    read.plan === '' &&
    read.nextSpeaker === undefined &&
    read.segments.every((segment) => segment.kind !== 'thought')
  );
}

const SOFT_MARKS = glyphPairs(
  '[‹]›{‹}›［‹］›【‹】›〔‹〕›〖‹〗›⟦‹⟧›｛‹｝›<‹>›＜‹＞›⟨‹⟩›〈‹〉›《‹》›「‹」›『‹』›|¦~∼`’*∗_-',
);

const SOFTENERS: readonly ((text: string) => string)[] = [
  (text) =>
    text.replace(
      /[[\]{}［］【】〔〕〖〗⟦⟧｛｝<>＜＞⟨⟩〈〉《》「」『』|~`*_]/g,
      (glyph) => SOFT_MARKS.get(glyph) ?? glyph,
    ),
  (text) =>
    text
      .replace(/[(（]/g, '‹')
      .replace(/[)）]/g, '›')
      .replace(/[:：﹕︓]/g, '∶')
      .replace(/["“”«»]/g, '’'),
  (text) => text.replace(/[^\p{L}\p{M}\p{N}\s.,!?’'…]/gu, ' '),
];
