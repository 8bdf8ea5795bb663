import { join } from 'node:path';
import { writeWhole } from '../eval/write-whole.ts';
import { reportHtml } from './html/report-html.ts';
import type { ReportData } from './report-data.ts';
import { reportMarkdown } from './report-markdown.ts';

export const FORMATS = ['html', 'md', 'json'] as const;
export type ReportFormat = (typeof FORMATS)[number];

/** The text of a report; ends with a newline. */
export function reportText(data: ReportData, format: ReportFormat): string {
  switch (format) {
    case 'html':
      return reportHtml(data);
    case 'md':
      return reportMarkdown(data);
    case 'json':
      return `${JSON.stringify(data, undefined, 2)}\n`;
  }
}

/**
 * Writes `report.html`, `report.md` and `report.json` into a run’s folder.
 *
 * @returns their paths
 * @throws OperatorError where one cannot be written
 */
export async function writeReports(folder: string, data: ReportData): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const format of FORMATS) {
    const path = join(folder, `report.${format}`);
    await writeWhole(path, reportText(data, format));
    paths.push(path);
  }
  return paths;
}
