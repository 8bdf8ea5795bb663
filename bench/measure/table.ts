import { NO_REACH, type Result, type Row } from './row.ts';

/** The rows of a bench as people read them. */
export function tableOf(rows: readonly Row[]): string {
  return rows.map(lineOf).join('');
}

function lineOf({ measure, value, unit, beside, ratio, interval, reach, ok }: Row): string {
  const other = beside === null ? '' : ` beside ${beside} ${unit}`;
  const range = interval ? ` [${interval.join(', ')}]` : '';
  const times = ratio === null ? range : `, ratio ${ratio}${range}`;
  return `  ${ok ? 'ok  ' : 'MISS'} ${measure}: ${value} ${unit}${other}${times} (reach ${reach})\n`;
}

/** What was to be reached, as one Markdown table, with the machine, versions and commits above it. */
export function markdownOf(results: readonly Result[]): string {
  const [first] = results;
  if (!first) return 'Nothing was measured yet.\n';
  const commits = [...new Set(results.map(({ commit }) => commit))].join(', ');
  const installed = Object.entries(first.versions).map(([name, version]) => `${name} ${version}`);
  const rows = results.flatMap(({ name, rows: all }) =>
    all.filter(({ reach }) => reach !== NO_REACH.words).map((row) => cellsOf(name, row)),
  );
  const lines = [['bench', 'figure', 'ours', 'beside', 'ratio [95 %]', 'to reach', ''], HEAD, ...rows];
  return `${first.machine}; ${installed.join(', ')}; ${commits}\n\n${lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')}`;
}

const HEAD = ['---', '---', '---', '---', '---', '---', '---'];

function cellsOf(name: string, { measure, value, unit, beside, ratio, interval, reach, ok }: Row): string[] {
  const range = interval ? `[${interval.join(', ')}]` : '';
  const told = [measure, `${value} ${unit}`, beside === null ? '' : `${beside} ${unit}`];
  return [name, ...told, `${ratio ?? ''} ${range}`.trim(), reach, ok ? 'yes' : '**no**'].map((cell) =>
    cell.replaceAll('|', '\\|'),
  );
}
