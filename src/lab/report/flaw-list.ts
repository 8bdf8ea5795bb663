import { visibleSegments } from '../../format/segments.ts';
import { DIMENSIONS } from '../coser/judge-answer.ts';
import type { CaseResult } from '../eval/result.ts';
import type { TranscriptLine } from '../eval/transcript-line.ts';
import type { ReportCase, ReportData } from './report-data.ts';

const UNNAMED = 'of no named type';
/** So many words in a row are hardly the same by accident. */
const RUN = 4;

/** How often each type of flaw was found, by dimension, most first; types that differ by case only are one. */
export function countFlaws(cases: readonly CaseResult[]): ReportData['flaws'] {
  return DIMENSIONS.flatMap((group) => {
    const counts = new Map<string, { label: string; count: number }>();
    for (const { judgements } of cases) {
      for (const { flaws } of judgements[group] ?? []) {
        for (const { type } of flaws) {
          const label = typeOf(type);
          const known = counts.get(label.toLowerCase());
          if (known) known.count += 1;
          else counts.set(label.toLowerCase(), { label, count: 1 });
        }
      }
    }
    return [...counts.values()]
      .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))
      .map(({ label, count }) => ({ label, group, count }));
  });
}

/**
 * The flaws of a scene as the judge lists them, of all its judgements. One that quotes a thought, which a
 * judge may read, is marked as hidden.
 */
export function flawsOf(
  { judgements }: Pick<CaseResult, 'judgements'>,
  line: TranscriptLine | undefined,
): ReportCase['flaws'] {
  const hidden = hiddenRuns(line);
  return DIMENSIONS.flatMap((dimension) =>
    (judgements[dimension] ?? []).flatMap(({ flaws }) =>
      flaws.map(({ instance = '', type, severity }) => ({
        dimension,
        type: typeOf(type),
        severity: severityOf(severity),
        what: instance,
        hidden: runsOf(instance).some((run) => hidden.has(run)),
      })),
    ),
  );
}

function typeOf(type: string | undefined): string {
  return type?.trim().replace(/\s+/gu, ' ') || UNNAMED;
}

/** A judge writes what it will. */
function severityOf(severity: unknown): string {
  if (severity === undefined || severity === null) return '';
  return typeof severity === 'object' ? JSON.stringify(severity) : String(severity);
}

/** Runs of words that were thought in a scene, and not also said or done. */
function hiddenRuns(line: TranscriptLine | undefined): ReadonlySet<string> {
  const segments = (line?.turns ?? []).flatMap((turn) => turn.segments);
  const open = new Set(visibleSegments(segments).flatMap(({ text }) => runsOf(text)));
  const thoughts = segments.filter(({ kind }) => kind === 'thought').flatMap(({ text }) => runsOf(text));
  return new Set(thoughts.filter((run) => !open.has(run)));
}

function runsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .slice(0, Math.max(0, words.length - RUN + 1))
    .map((_, at) => words.slice(at, at + RUN).join(' '));
}
