import { describe, expect, test } from 'vitest';
import { coserReport } from '../../../../src/lab/report/coser-report.ts';
import { reportMarkdown } from '../../../../src/lab/report/report-markdown.ts';
import { hostileReport, THOUGHT } from '../../../support/hostile-report.ts';
import { sampleRun } from '../../../support/sample-run.ts';

describe('the report as Markdown', () => {
  test('has every figure with its interval, and who judged it', () => {
    const { result, transcripts } = sampleRun(25);
    const markdown = reportMarkdown(coserReport(result, transcripts));
    const { mean, low, high, n } = result.figures.honest['overall'] ?? {};
    expect(markdown).toContain(
      `| Overall | ${mean?.toFixed(1)} | ${low?.toFixed(1)} to ${high?.toFixed(1)} | ${n} |`,
    );
    expect(markdown.match(/Judge large-judge, prompt 9a3be07c41f2, 1 time each\./gu)).toHaveLength(2);
    expect(markdown).toContain('> - These scores do not compare with published ones');
    expect(markdown).toMatch(/\| The Ferry: The river is up, evening 17 \| – \| \d+ \| invalid \|/u);
  });

  test('takes nothing that was written for markup of its own, and tells no thought', () => {
    const markdown = reportMarkdown(hostileReport());
    expect(markdown).not.toContain(THOUGHT);
    expect(markdown).not.toMatch(/<[a-z/]/iu);
    expect(markdown).not.toMatch(/(?<!\\)\]\(/u);
    expect(markdown).not.toMatch(/https?:\/\//u);
    for (const line of markdown.split('\n').filter((one) => one.startsWith('| '))) {
      expect(line.length).toBeLessThan(4000);
    }
    const rows = markdown.split('\n').filter((line) => line.startsWith('| '));
    const cells = rows.map((row) => row.match(/(?<!\\)\|/gu)?.length ?? 0);
    expect(Math.max(...cells)).toBeLessThanOrEqual(8);
  });
});
