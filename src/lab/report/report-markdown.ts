import { between, counted, duration, grouped, shown } from './numbers.ts';
import { inCapitals, plainLine } from './plain.ts';
import type { ReportCase, ReportData, ReportScores } from './report-data.ts';

/** So many types of flaw are listed for each group. */
const MOST_FLAWS = 10;

/** The report’s figures as Markdown, for a pull request or a wiki; transcripts are in the page. */
export function reportMarkdown(data: ReportData): string {
  const {
    title,
    about,
    remarks,
    scores,
    facts,
    roles,
    flaws,
    settings = [],
    cases,
    failed = [],
    unit = 'scene',
  } = data;
  return `${[
    `# ${text(title)}`,
    text(about),
    ...(remarks.length > 0 ? [remarks.map((remark) => `> - ${text(remark)}`).join('\n')] : []),
    ...scores.map((group) => scoresMarkdown(group, data.judge)),
    '## How it went',
    table(
      ['what', 'value'],
      facts.map(({ label, value, alarm }) => [alarm ? `**${text(label)}**` : text(label), text(value)]),
    ),
    ...(flaws.length > 0 ? ['## Flaws by type', flawsMarkdown(flaws)] : []),
    ...(roles.length > 0 ? ['## Cost and latency', rolesMarkdown(roles)] : []),
    `## ${inCapitals(text(unit))}s`,
    casesMarkdown(cases, scores[0], unit),
    ...failed.map(({ id, why }) => `- ${text(id)} could not be played or judged: ${text(why)}`),
    ...(settings.length > 0
      ? [
          '## How to get it again',
          table(
            ['setting', 'value'],
            settings.map(({ label, value }) => [text(label), text(value)]),
          ),
        ]
      : []),
  ].join('\n\n')}\n`;
}

function scoresMarkdown(group: ReportScores, judge: ReportData['judge']): string {
  const rows = group.figures.map(({ label, mean, low, high, n }) => [
    text(label),
    shown(mean),
    between(low, high),
    String(n),
  ]);
  const judged =
    judge && group.judged !== false
      ? `\n\nJudge ${text(judge.model)}, prompt ${text(judge.hash)}, ${counted(judge.times, 'time')} each.`
      : '';
  const scale = `${group.least} to ${group.most}`;
  return `## ${text(group.label)}\n\n${text(group.note)} (${scale})${judged}\n\n${table(
    ['', 'mean', '95 % interval', 'n'],
    rows,
    1,
  )}`;
}

function flawsMarkdown(flaws: ReportData['flaws']): string {
  const groups = [...Map.groupBy(flaws, ({ group }) => group).values()];
  return table(
    ['group', 'type', 'flaws'],
    groups.flatMap((group) =>
      group.slice(0, MOST_FLAWS).map((one) => [text(one.group), text(one.label), grouped(one.count)]),
    ),
    2,
  );
}

function rolesMarkdown(roles: ReportData['roles']): string {
  return table(
    ['part', 'model', 'calls', 'tokens', 'cost', 'median', '95th'],
    roles.map(({ role, model, calls, tokens, cost, p50, p95 }) => [
      text(role),
      text(model),
      grouped(calls),
      grouped(tokens),
      text(cost) || '–',
      duration(p50),
      duration(p95),
    ]),
    2,
  );
}

function casesMarkdown(cases: readonly ReportCase[], scale: ReportScores | undefined, unit: string): string {
  return table(
    [text(unit), scale ? text(scale.label) : 'score', 'flaws', ''],
    cases.map(({ title, score, flaws, invalid }) => [
      text(title),
      shown(score),
      String(flaws.length),
      invalid ? 'invalid' : '',
    ]),
    1,
  );
}

/** @param figures columns from this one on stand to the right */
function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  figures = Number.POSITIVE_INFINITY,
): string {
  if (rows.length === 0) return 'None.';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column < figures ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/** In one line, with nothing that Markdown or HTML would take for its own. */
function text(words: string): string {
  return plainLine(words, 300)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~]/gu, '\\$&')
    .replace(/(?<=https?|ftp|www)(?=[:.])/giu, '\u200B')
    .replaceAll('@', '@\u200B');
}
