import { join } from 'node:path';
import { writeWhole } from '../../../lab/eval/write-whole.ts';
import { readReport } from '../../../lab/report/read-report.ts';
import { FORMATS, type ReportFormat, reportText, writeReports } from '../../../lab/report/write-reports.ts';
import { BadUse } from '../../bad-use.ts';
import type { CliIo } from '../../cli-command.ts';
import { readFlagsAndWords } from '../../read-flags.ts';

export const REPORT_HELP = `Usage: dramatis lab eval report DIR [options]

Writes the report of a finished run: DIR/report.html, one page that needs nothing else
(no script, no network) with scores, flaws, cost and every transcript, thoughts shown
only with x-ray on; DIR/report.md, its figures as Markdown; DIR/report.json, all of it.
A run writes them at its end; this writes them again.

The page and the JSON hold what characters thought: mind who gets them.

  --format WHICH   html, md or json: only that one
  --out FILE       where to write it, if not beside results.json (format by its ending,
                   else html)

Exit code 0; 1 where the results cannot be read; 2 for bad use.
`;

/** `dramatis lab eval report DIR`: resolves to the exit code. @throws BadUse, OperatorError */
export async function report(args: readonly string[], { stdout }: CliIo): Promise<number> {
  const { folder, format, out } = flagsOf(args);
  const data = await readReport(folder);
  if (!format && out === undefined) {
    for (const path of await writeReports(folder, data)) stdout.write(`${path}\n`);
    return 0;
  }
  const chosen = format ?? formatOf(out);
  const path = out ?? join(folder, `report.${chosen}`);
  await writeWhole(path, reportText(data, chosen));
  stdout.write(`${path}\n`);
  return 0;
}

function flagsOf(args: readonly string[]) {
  const { values, positionals } = parse(args);
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) {
    throw new BadUse('report takes the folder of one run; --help tells more.');
  }
  const { format, out } = values;
  if (out === '') throw new BadUse('--out needs the name of a file.');
  const known = FORMATS.find((one) => one === format);
  if (format !== undefined && !known) {
    throw new BadUse(`--format takes html, md or json, not “${format.slice(0, 40)}”.`);
  }
  return { folder, format: known, out };
}

function formatOf(path = ''): ReportFormat {
  return FORMATS.find((format) => path.toLowerCase().endsWith(`.${format}`)) ?? 'html';
}

function parse(args: readonly string[]) {
  return readFlagsAndWords(args, { format: { type: 'string' }, out: { type: 'string' } });
}
