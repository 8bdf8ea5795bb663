import type { BatchRead } from '../../../lab/calls/read-batches.ts';
import type { Summary } from '../../../lab/judge/figures/summary.ts';
import { summaryWords } from '../../../lab/judge/figures/summary-words.ts';
import { type JudgeOutcome, type JudgeRun, runJudge } from '../../../lab/judge/run-judge.ts';
import type { CliIo } from '../../cli-command.ts';
import { settingsOf } from '../../house.ts';
import { openJudges, readAnswer } from '../open-lab-models.ts';
import { agreement } from './agreement.ts';
import { type JudgeFlags, judgeFlags } from './judge-flags.ts';
import { principlesOf } from './principles-of.ts';
import { runSelfTest } from './self-test.ts';

/** `dramatis lab judge …`: resolves to the exit code. */
export async function judge(args: readonly string[], io: CliIo): Promise<number> {
  const flags = judgeFlags(args);
  const settings = settingsOf(io);
  if (flags.mode === 'agreement') return agreement(flags, settings, io);
  if (flags.mode === 'self-test') return runSelfTest(flags, settings, io);
  const principles = await principlesOf(flags.principles);
  const asked = { names: flags.judges, concurrency: flags.concurrency };
  const { judges, concurrency } = await openJudges(settings, asked, io.signal);
  const outcome = await runJudge(
    {
      files: flags.mode === 'batch-read' ? [] : flags.words,
      out: flags.out ?? '.',
      judges,
      principles,
      pairing: flags.pairing,
      concurrency,
      seed: flags.seed,
      mode: modeOf(flags),
      progress: progressOn(io),
    },
    io.signal,
  );
  const { stdout } = io;
  if (flags.json) stdout.write(`${JSON.stringify(outcome)}\n`);
  else stdout.write(outcomeWords(outcome, flags.out ?? '.'));
  return outcome.summary && !judgedAny(outcome.summary) ? 1 : 0;
}

function modeOf({ mode, words }: JudgeFlags): JudgeRun['mode'] {
  switch (mode) {
    case 'batch-write':
      return { kind: 'write' };
    case 'batch-read':
      return { kind: 'read', results: words, read: readAnswer };
    default:
      return { kind: 'online' };
  }
}

/** Not one verdict where a model was asked is a failure, whatever else is in the table. */
function judgedAny({ judges }: Summary): boolean {
  return judges.every(({ bias: { counts } }) => counts.missing === 0 || counts.decided + counts.ties > 0);
}

/** A line for each tenth. */
function progressOn({ stderr }: CliIo): JudgeRun['progress'] {
  let told = 0;
  return (done, total) => {
    const tenth = Math.floor((done * 10) / total);
    if (tenth === told) return;
    told = tenth;
    stderr.write(`${done} of ${total} pairs\n`);
  };
}

function outcomeWords({ summary, known, asked, batches, read }: JudgeOutcome, out: string): string {
  const lines: string[] = [];
  if (read) lines.push(readWords(read));
  for (const { path, model, requests } of batches ?? [])
    lines.push(`${path}: ${requests} requests to ${model}`);
  if (batches?.length === 0) lines.push('Nothing is missing: every answer is there.');
  if (summary) {
    lines.push(
      `${known} answers were there, ${asked} were got now; all of it is in ${out}`,
      '',
      summaryWords(summary),
    );
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function readWords({ taken, refused, double, unknown, unread }: BatchRead): string {
  return `taken ${taken}, refused ${refused}, there before ${double}, of another folder ${unknown}, no results ${unread}`;
}
