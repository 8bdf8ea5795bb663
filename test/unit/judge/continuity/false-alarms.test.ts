import { describe, expect, test } from 'vitest';
import { MARK_KINDS } from '../../../../src/judge/continuity/mark.ts';
import { marksByRules } from '../../../../src/judge/continuity/marks-by-rules.ts';
import type { ReviewedLine } from '../../../../src/judge/continuity/reviewed-line.ts';
import { coserLines, hasCoser, shippedLines } from './played-lines.ts';

/** Of lines that people wrote, and in which nothing is wrong. */
const MOST_FALSE_ALARMS = 0.02;

/** How often each rule finds fault. */
function ratesOf(lines: readonly ReviewedLine[]): Record<string, number> {
  const marks = lines.flatMap(marksByRules);
  return Object.fromEntries(
    MARK_KINDS.map((kind) => [kind, marks.filter((mark) => mark.kind === kind).length / lines.length]),
  );
}

function expectFew(lines: readonly ReviewedLine[]): void {
  const rates = ratesOf(lines);
  for (const kind of MARK_KINDS) expect(rates[kind], kind).toBeLessThan(MOST_FALSE_ALARMS);
}

describe('false alarms', () => {
  test('are rare in the scenes that ship, with the secrets of the others and another scene as what was missed', async () => {
    const lines = await shippedLines();
    expect(lines.length).toBeGreaterThan(100);
    expectFew(lines);
  });

  test.skipIf(!hasCoser)(
    'are rare in published scenes from books (skipped without ../shared/data/coser), with all other books as what was missed',
    () => {
      const lines = coserLines();
      expect(lines.length).toBeGreaterThan(100);
      expectFew(lines);
    },
  );
});
