import { join } from 'node:path';
import { ablationMarkdown, ablationWords } from '../../../lab/ablation/ablation-words.ts';
import { runAblation } from '../../../lab/ablation/run-ablation.ts';
import { VARIANTS, type VariantName, variantOf } from '../../../lab/ablation/variants.ts';
import type { Ablation } from '../../../lab/coser/protocol.ts';
import type { EvalProgress } from '../../../lab/eval/eval-run.ts';
import { planEval } from '../../../lab/eval/plan.ts';
import { writeWhole } from '../../../lab/eval/write-whole.ts';
import { holdFolder } from '../../../lab/folder/hold-folder.ts';
import { table } from '../../../lab/judge/figures/table.ts';
import { readReport } from '../../../lab/report/read-report.ts';
import { writeReports } from '../../../lab/report/write-reports.ts';
import { BadUse } from '../../bad-use.ts';
import type { CliIo } from '../../cli-command.ts';
import { settingsOf } from '../../house.ts';
import { createProgressLine } from '../progress-line.ts';
import { type CoserFlags, coserFlags } from './coser-flags.ts';
import { openEvalModels } from './open-models.ts';
import { plannedModels } from './planned-models.ts';
import { progressWords } from './progress-words.ts';
import { readData } from './read-data.ts';
import { promptsOf, whatIsPlayed } from './run-of-flags.ts';

export const ABLATE_HELP = `Usage: dramatis lab eval ablate [--data FILE] --out DIR [--only A,B] [options]

Plays the scenes as lab eval coser does, and again with one thing the other way round
at a time, to see what it is worth. Each run has a folder of its own in DIR and can be
gone on with; all keep to one limit. What the whole was answered already is not asked
again by the others.

  --only A,B        of plan      without system thinking
                       thoughts  without role thinking
                       dialect   in CoSER's brackets instead of HER's tags
                       best-of   the judge's choice of four drafts of each turn
                    (or the other way round, where the flags say so: with --no-plan
                    the whole has no system thinking, and plan is the run that has)
  --plan            calls, tokens and price of every run; nothing is asked

All other flags are those of lab eval coser, for the whole: dramatis lab eval coser --help.

DIR gets whole/, a folder for each of the others (each with a report of its own),
ablation.json and ablation.md.
Exit code 0; 1 where nothing could be compared; 2 for bad use.
`;

/** `dramatis lab eval ablate …`: resolves to the exit code. */
export async function ablate(args: readonly string[], io: CliIo): Promise<number> {
  const { only, rest } = withoutOnly(args);
  const flags = coserFlags(rest);
  for (const [flag, isSet] of [
    ['--simulation', flags.simulation !== undefined],
    ['--batch', flags.batch !== undefined],
  ] as const) {
    if (isSet) throw new BadUse(`${flag} does not go with ablate: nothing would be played the other way.`);
  }
  const settings = settingsOf(io);
  const data = await readData(flags);
  const played = whatIsPlayed(flags);
  if (flags.plan) return showPlans(flags, { only, scenes: data.scenes, settings }, io);

  const models = await openEvalModels(settings, flags, io.signal);
  const out = flags.out ?? '.';
  using _held = holdFolder(out);
  if (flags.trace) {
    io.stderr.write('--trace: traces.jsonl will hold what characters plan in hidden. Keep it to yourself.\n');
  }
  const line = createProgressLine<EvalProgress>(io.stderr, (now) => progressWords(now, settings.currency));
  const steps = new Map<string, EvalProgress>();
  const began = performance.now();
  try {
    const result = await runAblation(
      {
        ...{ ...played, out, data, models },
        prompts: promptsOf(flags, models.actor.model.name),
        ...{ seed: flags.seed, currency: settings.currency, remarks: [], trace: flags.trace },
        progress: () => {},
      },
      only,
      (name, now) => {
        steps.set(name, now);
        line.show(inAll([...steps.values()], performance.now() - began));
      },
      io.signal,
    );
    await writeWhole(join(out, 'ablation.md'), ablationMarkdown(result));
    for (const name of ['whole', ...only]) {
      const folder = join(out, name);
      await writeReports(folder, await readReport(folder));
    }
    io.stdout.write(flags.json ? `${JSON.stringify(result)}\n` : ablationWords(result));
    return result.variants.some(({ comparison }) => comparison.figures.length > 0) ? 0 : 1;
  } finally {
    line.end();
  }
}

/** How far all of the runs are that have begun. */
function inAll(steps: readonly EvalProgress[], ms: number): EvalProgress {
  const sum = (of: (one: EvalProgress) => number) => steps.reduce((all, one) => all + of(one), 0);
  return {
    scenes: {
      all: sum(({ scenes }) => scenes.all),
      played: sum(({ scenes }) => scenes.played),
      judged: sum(({ scenes }) => scenes.judged),
      failed: sum(({ scenes }) => scenes.failed),
    },
    rounds: sum(({ rounds }) => rounds),
    calls: {
      all: sum(({ calls }) => calls.all),
      asked: sum(({ calls }) => calls.asked),
      known: sum(({ calls }) => calls.known),
      expected: sum(({ calls }) => calls.expected),
    },
    tokens: sum(({ tokens }) => tokens),
    tokensPerSecond: sum(({ tokensPerSecond }) => tokensPerSecond),
    cost: steps.every(({ cost }) => cost === undefined) ? undefined : sum(({ cost = 0 }) => cost),
    ms,
  };
}

function withoutOnly(args: readonly string[]): { only: readonly VariantName[]; rest: readonly string[] } {
  const at = args.findIndex((arg) => arg === '--only' || arg.startsWith('--only='));
  if (at < 0) return { only: VARIANTS, rest: args };
  const joined = args[at] !== '--only';
  const given = joined ? args[at]?.slice('--only='.length) : args[at + 1];
  const rest = [...args.slice(0, at), ...args.slice(at + (joined ? 1 : 2))];
  const names = [...new Set((given ?? '').split(',').map((name) => name.trim()))];
  return { only: names.map(variantCalled), rest };
}

function variantCalled(name: string): VariantName {
  const found = VARIANTS.find((one) => one === name);
  if (found) return found;
  throw new BadUse(`--only takes some of ${VARIANTS.join(',')}, not “${name.slice(0, 40)}”.`);
}

function showPlans(
  flags: CoserFlags,
  {
    only,
    scenes,
    settings,
  }: {
    readonly only: readonly VariantName[];
    readonly scenes: Awaited<ReturnType<typeof readData>>['scenes'];
    readonly settings: ReturnType<typeof settingsOf>;
  },
  { stdout }: CliIo,
): number {
  const models = plannedModels(settings, flags);
  const input = { ...whatIsPlayed(flags), scenes, prompts: promptsOf(flags, models.actor.name), models };
  const planOf = (ablation: Ablation) => planEval({ ...input, ablation, judgeOnly: false });
  const runs = [
    { name: 'whole', words: 'the whole', plan: planOf(flags.ablation) },
    ...only.map((name) => {
      const { words, ablation } = variantOf(name, flags.ablation);
      return { name, words, plan: planOf(ablation) };
    }),
  ];
  const { currency } = settings;
  if (flags.json) {
    stdout.write(`${JSON.stringify({ currency, runs })}\n`);
    return 0;
  }
  const rows = runs.map(({ words, plan: { calls, tokens, cost } }) => [
    words,
    String(calls),
    tokens.toLocaleString('en'),
    cost === undefined ? 'no price set' : cost.toFixed(2),
  ]);
  stdout.write(
    `${table(['', 'calls at most', 'tokens', currency], rows)}An estimate from the records; nothing was asked.\n`,
  );
  return 0;
}
