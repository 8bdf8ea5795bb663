import { plainLine } from '../../report/plain.ts';
import type { Block, Cell, Column } from './blocks.ts';
import { limitWords, STATES, valueWords, verdictWords } from './gate-words.ts';
import type { GatesReport } from './gates-report.ts';
import { sectionsOf } from './sections.ts';

/** The report as text. Ends with a newline. */
export function gatesMarkdown(report: GatesReport): string {
  const { gates, data, seed, version } = report;
  const lines = [
    '# Quality gates',
    '',
    `${line(data)}: ${verdictWords(report)}. Dramatis ${version}, seed ${seed}. It quotes hidden layers: it stays in the lab.`,
    '',
    ...tableOf(
      [
        { label: 'Gate', kind: 'text' },
        { label: 'Result', kind: 'text' },
        { label: 'Value', kind: 'number' },
        { label: 'Limit', kind: 'number' },
        { label: 'n', kind: 'number' },
        { label: 'Why, and how', kind: 'text' },
      ],
      gates.map((gate) => [
        gate.name,
        STATES[gate.state],
        valueWords(gate.value, gate.unit),
        `${limitWords(gate)}${gate.isOwnLimit ? ' (set)' : ''}`,
        String(gate.n),
        `${gate.why} ${gate.how}`,
      ]),
    ),
  ];
  for (const { title, note, blocks } of sectionsOf(report)) {
    lines.push('', `## ${title}`, '', ...(note ? [line(note), ''] : []), ...blocks.flatMap(blockLines));
  }
  return `${lines
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trimEnd()}\n`;
}

function blockLines(block: Block): readonly string[] {
  switch (block.kind) {
    case 'facts':
      return [...block.items.map(({ label, value }) => `- ${line(label)}: ${line(value)}`), ''];
    case 'table': {
      const { caption, how, columns, rows } = block;
      const isTold = columns.map(({ kind }) => kind !== 'bar');
      const cells = rows.map((row) => row.filter((_, at) => isTold[at]));
      return [`**${line(caption)}.** ${line(how)}`, '', ...tableOf(columns.filter(told), cells), ''];
    }
    case 'folded':
      return [
        `**${line(block.title)}**`,
        '',
        ...block.examples.flatMap(({ title, parts }) => [
          `- ${line(title)}`,
          ...parts.map(({ label, text }) => `  - ${label}: ${line(text, 1500)}`),
        ]),
        '',
      ];
  }
}

function told({ kind }: Column): boolean {
  return kind !== 'bar';
}

function tableOf(columns: readonly Column[], rows: readonly (readonly Cell[])[]): readonly string[] {
  return [
    `| ${columns.map(({ label }) => line(label)).join(' | ')} |`,
    `| ${columns.map(({ kind }) => (kind === 'number' ? '---:' : '---')).join(' | ')} |`,
    ...rows.map(
      (row) => `| ${row.map((cell) => (typeof cell === 'string' ? line(cell, 600) : '')).join(' | ')} |`,
    ),
  ];
}

/** One line that is text and nothing else: no cell, tag, link or emphasis is made by what a file says. */
function line(text: string, longest = 600): string {
  return plainLine(text, longest).replace(/[\\`*_{}[\]<>#|!~]/gu, (sign) => `\\${sign}`);
}
