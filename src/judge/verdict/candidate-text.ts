import { renderHer } from '../../format/render-her.ts';
import type { Segment } from '../../format/segments.ts';
import { weightOf } from '../../scene/weight-of.ts';
import { cutTo } from './fit-context.ts';
import type { Candidate } from './verdict.ts';

/**
 * A candidate as a judge reads it: HER's tags, no name before it. Quotation marks and backslashes are
 * such as need no escape in JSON: a judge that copies some words cannot break its own answer with them.
 *
 * @param most weight (`weightOf`) of its words; what goes beyond is cut
 */
export function candidateText({ segments }: Candidate, most = Number.POSITIVE_INFINITY): string {
  const told: Segment[] = [];
  let left = most;
  for (const { kind, text } of segments) {
    if (kind !== 'thought' && kind !== 'action' && kind !== 'speech') continue;
    told.push({ kind, text: quotable(cutTo(text, left)) });
    left -= weightOf(text);
    if (left <= 0) break;
  }
  return renderHer(told);
}

/** Weight of a candidate's words. */
export function candidateWeight({ segments }: Candidate): number {
  return segments.reduce((sum, { text }) => sum + weightOf(text), 0);
}

function quotable(text: string): string {
  return text
    .replace(/(^|[\s([{—–-])"/gu, '$1“')
    .replaceAll('"', '”')
    .replaceAll('\\', '⧵');
}
