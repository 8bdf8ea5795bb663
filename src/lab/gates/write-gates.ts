import { join } from 'node:path';
import { createRandom } from '../../judge/stats/random.ts';
import type { LabModel } from '../calls/call.ts';
import { version } from '../eval/version.ts';
import { writeJson, writeWhole } from '../eval/write-whole.ts';
import { holdFolder } from '../folder/hold-folder.ts';
import { readRecords } from '../synth/run/records.ts';
import { turnFaults } from '../synth/validate/turn-faults.ts';
import { type AskedTurn, askedTurn, questionsAbout } from './agreement/ask-request.ts';
import { runAgreement } from './agreement/run-agreement.ts';
import { gatesHtml } from './report/gates-html.ts';
import { gatesMarkdown } from './report/gates-markdown.ts';
import type { GatesReport } from './report/gates-report.ts';
import { createReservoir } from './survey/reservoir.ts';
import { surveyRecords } from './survey/survey-records.ts';
import { findDataSet } from './synth-folder.ts';
import { type Limits, passGates, verdictOf } from './table/gate.ts';
import { GATES } from './table/gates.ts';

export type GatesRun = {
  /** A folder of synthesis, or a file of conversations. */
  readonly data: string;
  /** The folder of the report; left out: `gatesFolder` of the data. */
  readonly out?: string;
  /** Left out, or none: nobody is asked. */
  readonly judges?: readonly LabModel[];
  /** Turns that each judge is asked about. */
  readonly sample?: number;
  readonly limits?: Limits;
  /** Of all samples and intervals. */
  readonly seed?: number;
  /** Told now and then: conversations so far, or answers of judges. */
  readonly progress?: (told: {
    readonly what: 'conversations' | 'answers';
    readonly done: number;
    readonly total?: number;
  }) => void;
};

export type WrittenGates = {
  readonly report: GatesReport;
  readonly out: string;
};

const SAMPLE = 100;
/** What a sample is drawn with must not hang on what else is drawn. */
const APART = 0x5eed;

/** Where the report of a data set goes when nobody says: `gates` in a folder, `NAME.gates` beside a file. */
export function gatesFolder(data: string): string {
  return /\.jsonl$/u.test(data) ? data.replace(/\.jsonl$/u, '.gates') : join(data, 'gates');
}

/**
 * Measures a data set and writes `gates.json`, `gates.md` and `gates.html`; with judges `calls.jsonl` too,
 * by which it goes on where it was.
 *
 * @throws OperatorError where the data cannot be read or the folder cannot be written or is in use;
 *   ModelError where a judge cannot be asked at all; the signal’s reason when aborted
 */
export async function writeGates(
  {
    data,
    out = gatesFolder(data),
    judges = [],
    sample = SAMPLE,
    limits = new Map(),
    seed = 0,
    progress = () => {},
  }: GatesRun,
  signal: AbortSignal,
): Promise<WrittenGates> {
  const { file, steps } = await findDataSet(data);
  using _held = holdFolder(out);
  const asked = createReservoir<AskedTurn>(judges.length > 0 ? sample : 0, createRandom(seed ^ APART));
  let done = 0;
  const survey = await surveyRecords(readRecords(file, signal), {
    ...{ faultsOf: turnFaults, seed },
    onRecord(record) {
      done += 1;
      progress({ what: 'conversations', done });
      if (judges.length === 0) return;
      for (const turn of record.turns) {
        const questions = questionsAbout(turn, record);
        if (questions.length > 0) asked.add(() => askedTurn(turn, record, questions));
      }
    },
  });
  const answers = (so: number, total: number) => progress({ what: 'answers', done: so, total });
  const turns = asked.items();
  const agreement =
    turns.length > 0
      ? await runAgreement(turns, { out, judges, seed, progress: answers }, signal)
      : undefined;
  const gates = passGates(GATES, { survey, steps, ...(agreement ? { agreement } : {}) }, limits);
  const report: GatesReport = {
    format: 1,
    version: version(),
    data: file,
    ...{ seed, verdict: verdictOf(gates), gates, survey, steps },
    agreement: agreement ?? null,
  };
  await writeJson(join(out, 'gates.json'), report);
  await writeWhole(join(out, 'gates.md'), gatesMarkdown(report));
  await writeWhole(join(out, 'gates.html'), gatesHtml(report));
  return { report, out };
}
