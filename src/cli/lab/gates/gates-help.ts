import { valueWords } from '../../../lab/gates/report/gate-words.ts';
import type { Gate } from '../../../lab/gates/table/gate.ts';
import { GATES } from '../../../lab/gates/table/gates.ts';

/** `lab gates --help`; the table of gates is the one that is used. */
export const GATES_HELP = `Usage: dramatis lab gates FOLDER|FILE [--out DIR] [--judges a,b[,c] [--sample N]]
                          [--gate NAME=VALUE]… [--seed N] [--json]

Measures the quality of a data set of lab synth and reports: what is in it, leaks and
faults by name with examples, lengths, diversity, near-duplicates, what the steps
rejected. Of a FOLDER it looks at the newest step that is done.

  --out DIR         where gates.json, gates.md and gates.html go
                    (default: gates in the folder, NAME.gates beside a file)
  --judges a,b      asks two or more models about a sample of turns, and tells how far
                    they agree; what was answered in DIR is not asked again
  --sample N        turns that they are asked about (default 100)
  --concurrency N   requests in flight at once at each endpoint
  --gate NAME=VALUE another limit: --gate leaks=0.5%, --gate top-pattern=off
  --seed N          of all samples and intervals (default 0)
  --json            prints the gates as one JSON object

Exit code 0 where no gate fails (warnings are none), 1 where one does, 2 for bad use.

The report quotes plans and thoughts, which are hidden layers: it stays in the lab.

Gates and their limits:
${GATES.map(gateLine).join('\n')}
`;

function gateLine({ name, rule, limit, unit, level }: Gate): string {
  const limits = `${rule === 'at-most' ? 'at most' : 'at least'} ${valueWords(limit, unit)}`;
  return `  ${name.padEnd(22)}${limits.padEnd(26)}${level === 'fail' ? 'else it fails' : 'else it warns'}`;
}
