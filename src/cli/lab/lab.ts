import { BadUse } from '../bad-use.ts';
import type { CliCommand, CliIo } from '../cli-command.ts';
import { CHECK_HELP, checkExport } from './check/check.ts';
import { checkData, CHECK_HELP as DATA_HELP } from './check-data.ts';
import { evalHelp, evaluate } from './eval/eval.ts';
import { EXPORT_HELP, exportData } from './export/export.ts';
import { GATES_HELP, gates } from './gates/gates.ts';
import { judge } from './judge/judge.ts';
import { JUDGE_HELP } from './judge/judge-help.ts';
import { tellOrigins } from './origin/origin.ts';
import { REWARD_HELP, reward } from './reward/reward.ts';
import { SYNTH_HELP, synth } from './synth/synth.ts';

type Action = {
  readonly run: (args: readonly string[], io: CliIo) => Promise<number>;
  readonly help: (args: readonly string[]) => string;
};

const ACTIONS: Readonly<Record<string, Action>> = {
  eval: { run: evaluate, help: evalHelp },
  judge: { run: judge, help: () => JUDGE_HELP },
  data: { run: data, help: () => DATA_HELP },
  synth: { run: orOrigins('synth', synth), help: () => SYNTH_HELP },
  gates: { run: gates, help: () => GATES_HELP },
  export: { run: orOrigins('export', exportData), help: () => EXPORT_HELP },
  check: { run: checkExport, help: () => CHECK_HELP },
  reward: { run: reward, help: () => REWARD_HELP },
};

/** `dramatis lab`: measures, judges, and makes what a model is trained on. */
export const lab: CliCommand = {
  helpOf([name = '', ...rest]) {
    return Object.hasOwn(ACTIONS, name) ? ACTIONS[name]?.help(rest) : undefined;
  },
  help: `Usage: dramatis lab <action> …      (dramatis lab <action> --help tells more)

To measure
  eval     plays and scores models on benchmarks
  judge    compares candidates for a turn
  data     looks through a set of scenes before it is used

To train
  synth    turns dialogue into reasoning-augmented data, step by step
  gates    measures the quality of such data, and reports
  export   writes it for ms-swift, TRL, LLaMA-Factory, verl and OpenRLHF
  check    re-reads what was written, by each engine’s own rules
  reward   serves rewards to a training run

synth FILE… and export [SCENE…] [--file KEEPSAKE]… without --out write nothing: they look at
where words came from, before any of them may be used to train a model.

Nothing that came through Discord is ever exported: Discord's Developer Policy
forbids training models on message content without Discord's written permission.
A scene counts as Discord's where one of its beats came from there, or where its
origin is missing or unknown; branches, notes, exports and imports inherit it.
Keepsakes carry a mark that says so. No flag and no setting overrides this.
`,
  async run([name = '', ...args], io) {
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (action) return action.run(args, io);
    throw new BadUse(`say ${Object.keys(ACTIONS).join(', ')}; --help tells more.`);
  },
};

async function data([action, ...args]: readonly string[], io: CliIo): Promise<number> {
  if (action === 'check') return checkData(args, io);
  throw new BadUse('lab data takes check; --help tells more.');
}

/** Without a folder to write to nothing is made of anything: it is said what may be used. */
function orOrigins(name: 'synth' | 'export', run: Action['run']): Action['run'] {
  return (args, io) =>
    args.some((arg) => arg === '--out' || arg.startsWith('--out='))
      ? run(args, io)
      : tellOrigins(name, args, io);
}
