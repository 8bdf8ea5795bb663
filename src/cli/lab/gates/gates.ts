import { limitWords, STATES, valueWords, verdictWords } from '../../../lab/gates/report/gate-words.ts';
import { type GatesRun, type WrittenGates, writeGates } from '../../../lab/gates/write-gates.ts';
import { plainLine } from '../../../lab/report/plain.ts';
import type { CliIo } from '../../cli-command.ts';
import { settingsOf } from '../../house.ts';
import { openJudges } from '../open-lab-models.ts';
import { gatesFlags } from './gates-flags.ts';

export { GATES_HELP } from './gates-help.ts';

/** `dramatis lab gates`: resolves to the exit code, 1 where a gate fails. */
export async function gates(args: readonly string[], io: CliIo): Promise<number> {
  const { data, out, judges: names, sample, limits, concurrency, seed, json } = gatesFlags(args);
  const judges =
    names.length === 0 ? [] : (await openJudges(settingsOf(io), { names, concurrency }, io.signal)).judges;
  const written = await writeGates(
    {
      ...{ data, judges, limits, seed, progress: progressOn(io) },
      ...(out === undefined ? {} : { out }),
      ...(sample === undefined ? {} : { sample }),
    },
    io.signal,
  );
  io.stdout.write(json ? `${JSON.stringify(asJson(written))}\n` : words(written));
  return written.report.verdict === 'fail' ? 1 : 0;
}

/** All but what quotes the data: that stands in `gates.json`. */
function asJson({ report: { data, verdict, gates: results, agreement }, out }: WrittenGates) {
  return { data, out, verdict, gates: results, agreement };
}

function words({ report, out }: WrittenGates): string {
  const rows = report.gates.map((gate) => [
    STATES[gate.state],
    gate.title,
    valueWords(gate.value, gate.unit),
    limitWords(gate),
  ]);
  const widths = [0, 1, 2].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [
    `${plainLine(report.data)}: ${verdictWords(report)}`,
    '',
    ...lines,
    '',
    `gates.html, gates.md and gates.json are in ${plainLine(out)}`,
    '',
  ].join('\n');
}

const CONVERSATIONS_A_LINE = 10_000;

/** A line for each ten thousand conversations, and for each tenth of the answers. */
function progressOn({ stderr }: CliIo): NonNullable<GatesRun['progress']> {
  let told = 0;
  return ({ what, done, total }) => {
    if (total === undefined) {
      if (done % CONVERSATIONS_A_LINE === 0) stderr.write(`${done} ${what}\n`);
      return;
    }
    const tenth = Math.floor((done * 10) / total);
    if (tenth === told) return;
    told = tenth;
    stderr.write(`${done} of ${total} ${what}\n`);
  };
}
