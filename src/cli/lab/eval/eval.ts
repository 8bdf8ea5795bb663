import { BadUse } from '../../bad-use.ts';
import type { CliIo } from '../../cli-command.ts';
import { ABLATE_HELP, ablate } from './ablate.ts';
import { COMPARE_HELP, compare } from './compare.ts';
import { evalCoser } from './coser.ts';
import { COSER_HELP } from './coser-help.ts';
import { REPORT_HELP, report } from './report.ts';
import { SCORE_HELP, score } from './score.ts';
import { SELFPLAY_HELP, selfplay } from './selfplay.ts';

type Action = {
  readonly help: string;
  readonly run: (args: readonly string[], io: CliIo) => Promise<number>;
};

const ACTIONS: Readonly<Record<string, Action>> = {
  coser: { help: COSER_HELP, run: evalCoser },
  score: { help: SCORE_HELP, run: score },
  compare: { help: COMPARE_HELP, run: compare },
  report: { help: REPORT_HELP, run: report },
  ablate: { help: ABLATE_HELP, run: ablate },
  selfplay: { help: SELFPLAY_HELP, run: selfplay },
};

/** `dramatis lab eval …`: resolves to the exit code. @throws BadUse for an action that there is none of */
export async function evaluate([name = '', ...args]: readonly string[], io: CliIo): Promise<number> {
  const action = actionOf(name);
  if (action) return action.run(args, io);
  throw new BadUse(`lab eval takes ${Object.keys(ACTIONS).join(', ')}; --help tells more.`);
}

/** The page of an action of `lab eval`, else the list of them. */
export function evalHelp([name = '']: readonly string[]): string {
  return actionOf(name)?.help ?? EVAL_HELP;
}

function actionOf(name: string): Action | undefined {
  return Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
}

const EVAL_HELP = `Usage: dramatis lab eval coser --out DIR      plays, judges and scores scenes
       dramatis lab eval ablate --out DIR     the same, one thing turned round at a time
       dramatis lab eval selfplay --out DIR   conversations with a simulated player, judged
       dramatis lab eval compare A B          two runs beside each other, scene by scene
       dramatis lab eval report DIR           the report of a run, once more
       dramatis lab eval score [FILE|-]       scores from judges' answers

Each has a page of its own: dramatis lab eval coser --help. docs/lab-eval.md says what
the numbers mean, and what not.
`;
