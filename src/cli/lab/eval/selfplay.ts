import { writeReports } from '../../../lab/report/write-reports.ts';
import type { Work } from '../../../lab/selfplay/engine/style.ts';
import { calibrate } from '../../../lab/selfplay/minimax/calibrate.ts';
import { transcriptOf } from '../../../lab/selfplay/run/dialogue-lines.ts';
import { planSelfplay } from '../../../lab/selfplay/run/plan.ts';
import { runSelfplay } from '../../../lab/selfplay/run/run-selfplay.ts';
import { selfplayReport } from '../../../lab/selfplay/run/selfplay-report.ts';
import type { SelfplayProgress, SelfplayRun } from '../../../lab/selfplay/run/selfplay-run.ts';
import type { CliIo } from '../../cli-command.ts';
import { settingsOf } from '../../house.ts';
import { createProgressLine } from '../progress-line.ts';
import { type SelfplayFlags, selfplayFlags } from './selfplay-flags.ts';
import { openSelfplayModels, plannedSelfplayModels, type SelfplayModels } from './selfplay-models.ts';
import { type ChosenStyle, chooseStyle } from './selfplay-style.ts';
import { SELFPLAY_HELP, selfplayPlanWords, selfplayProgressWords, selfplayWords } from './selfplay-words.ts';

export { SELFPLAY_HELP };

/** More are not listed. */
const MOST_PROBLEMS = 10;

/** `dramatis lab eval selfplay …`: resolves to the exit code. */
export async function selfplay(args: readonly string[], io: CliIo): Promise<number> {
  const flags = selfplayFlags(args);
  const settings = settingsOf(io);
  const { currency } = settings;
  const chosen = await chooseStyle(flags);
  for (const problem of chosen.problems.slice(0, MOST_PROBLEMS)) io.stderr.write(`left out: ${problem}\n`);
  if (chosen.problems.length > MOST_PROBLEMS) {
    io.stderr.write(`left out: ${chosen.problems.length - MOST_PROBLEMS} more\n`);
  }
  if (flags.plan) {
    const plan = planSelfplay(
      chosen.works,
      { played: flags.dialogues === undefined, times: flags.times },
      plannedSelfplayModels(settings, flags),
    );
    io.stdout.write(
      flags.json ? `${JSON.stringify({ ...plan, currency })}\n` : selfplayPlanWords(plan, currency),
    );
    return 0;
  }
  const models = await openSelfplayModels(settings, flags, io.signal);
  const line = createProgressLine<SelfplayProgress>(io.stderr, (now) => selfplayProgressWords(now, currency));
  const run = runOf(flags, chosen, models, {
    currency,
    concurrency: settings.models.actor?.concurrency,
    progress: (now) => line.show(now),
  });
  const { result, played } = await runSelfplay(run, io.signal).finally(() => line.end());
  await writeReports(run.out, selfplayReport(result, played.map(transcriptOf)));
  io.stdout.write(flags.json ? `${JSON.stringify(result)}\n` : selfplayWords(result, run.out));
  return result.cases.some(({ score }) => score !== null) ? 0 : 1;
}

function runOf(
  flags: SelfplayFlags,
  chosen: ChosenStyle,
  { players, judges }: SelfplayModels,
  {
    concurrency,
    ...told
  }: Pick<SelfplayRun<Work>, 'currency' | 'progress'> & { readonly concurrency: number | undefined },
): SelfplayRun<Work> {
  const { evaluations } = chosen;
  return {
    ...told,
    out: flags.out ?? '.',
    data: chosen.data,
    style: (secret) => chosen.style(players, secret),
    models: { ...players, judges },
    settings: settingsOfRun(flags, chosen, { ...(players ? { players } : {}), judges }),
    seed: flags.seed,
    times: flags.times,
    concurrent: (flags.concurrency ?? concurrency) !== 1,
    remarks: [],
    ...(evaluations ? { calibrate: (cases) => calibrate(cases, evaluations) } : {}),
  };
}

/** All that decides what is asked. How many seeds are played is not in it: a run may go on with more. */
function settingsOfRun(
  { style, turns, chunk, format, seed, times, dialogues, language }: SelfplayFlags,
  { data, prompts }: ChosenStyle,
  { players, judges }: SelfplayModels,
): SelfplayRun<Work>['settings'] {
  const roles = [...Object.entries(players ?? {}), ...judges.map((judge) => ['judge', judge] as const)];
  const isLong = style === 'minimax';
  return {
    style,
    data: data.sha256,
    prompts,
    seed,
    times,
    ...(isLong ? { chunk } : { language }),
    ...(isLong && dialogues === undefined ? { turns } : {}),
    ...(dialogues === undefined ? { 'actor format': format } : {}),
    ...Object.fromEntries(
      roles.flatMap(([role, { model, endpoint }]) => {
        const name = role === 'judge' && judges.length > 1 ? `judge ${model.name}` : role;
        return [
          [name, model.name],
          [`${name} endpoint`, endpoint],
          [
            `${name} settings`,
            `${model.profile}, temperature ${model.temperature}, ${model.maxTokens} tokens`,
          ],
        ];
      }),
    ),
  };
}
