import { plainLine } from '../report/plain.ts';
import type { CheckReport } from './check-export.ts';
import { MOST_TOLD } from './finding.ts';

/** A report as a person reads it: each file, and under it what was found. */
export function reportWords({ files, findings, errors, warnings }: CheckReport): string {
  const lines: string[] = [];
  const names = [...new Set([...files.map(({ path }) => path), ...findings.map(({ file }) => file)])];
  for (const name of names) {
    const file = files.find(({ path }) => path === name);
    const { engine, kind, split, rows } = file ?? {};
    const what = [engine, kind, split].filter(Boolean).join(', ');
    lines.push(`${plainLine(name)}: ${file ? `${what || 'nobody’s'}, ${rows} rows` : 'not read'}`);
    for (const { rule, level, row, what: wrong, effect } of findings.filter((one) => one.file === name)) {
      const where = row === undefined ? '' : `row ${row}: `;
      lines.push(`  ${level} ${rule}: ${where}${plainLine(wrong, 300)}`, `    ${effect}`);
    }
    for (const [rule, count] of Object.entries(file?.found ?? {})) {
      if (count > MOST_TOLD) lines.push(`  ${rule}: ${count - MOST_TOLD} more`);
    }
  }
  const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  lines.push(`${count(files.length, 'file')}, ${count(errors, 'error')}, ${count(warnings, 'warning')}`);
  return `${lines.join('\n')}\n`;
}
