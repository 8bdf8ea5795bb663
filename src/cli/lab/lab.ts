import { parseArgs } from 'node:util';
import { openStore } from '../../store/open-store.ts';
import { BadUse } from '../bad-use.ts';
import type { CliCommand, CliIo } from '../cli-command.ts';
import { settingsOf } from '../house.ts';
import { badFlags } from '../read-flags.ts';
import { CHECK_HELP, checkData } from './check-data.ts';
import { evalHelp, evaluate } from './eval/eval.ts';
import { judge } from './judge/judge.ts';
import { JUDGE_HELP } from './judge/judge-help.ts';
import { fileSource, type Source, scenesIn } from './what-may-train.ts';

/** `dramatis lab`: runs benchmarks, judges files, and says what may train a model and what never may. */
export const lab: CliCommand = {
  name: 'lab',
  summary: 'runs benchmarks; judges files; says which scenes and files may be used for training',
  helpOf([action, ...rest]) {
    if (action === 'judge') return JUDGE_HELP;
    if (action === 'data') return CHECK_HELP;
    return action === 'eval' ? evalHelp(rest) : undefined;
  },
  help: `Usage: dramatis lab eval coser --out DIR      (dramatis lab eval --help tells more)
       dramatis lab judge FILE… --out DIR     (dramatis lab judge --help tells more)
       dramatis lab data check FILE…          (dramatis lab data --help tells more)
       dramatis lab export [SCENE…] [--file KEEPSAKE]…
       dramatis lab synth FILE…

eval measures models on benchmarks, judge compares candidates for a turn, data check
looks through a set of scenes. The others look at where words came from, before any
of them may be used to train a model.

Nothing that came through Discord is ever exported: Discord's Developer Policy
forbids training models on message content without Discord's written permission.
A scene counts as Discord's where one of its beats came from there, or where its
origin is missing or unknown; branches, notes, exports and imports inherit it.
Keepsakes carry a mark that says so. No flag and no setting overrides this.

export  scenes of the store (STORE_URL; without a name all of them) and keepsakes
synth   texts of your own; keepsakes of Discord are refused

Exit code 0 where all of it may be used, 1 where something was refused. Files for
training are not written yet.
`,
  async run([action, ...args], io) {
    if (action === 'judge') return judge(args, io);
    if (action === 'eval') return evaluate(args, io);
    if (action === 'data') return data(args, io);
    if (action !== 'export' && action !== 'synth')
      throw new BadUse('say eval, judge, data, export or synth; --help tells more.');
    const sources = action === 'export' ? await exported(args, io) : await texts(args);
    if (sources.length === 0) io.stdout.write('There is nothing to look at: no scene is stored.\n');
    for (const { name, origin } of sources.filter((one) => one.origin !== 'discord')) {
      io.stdout.write(`${name}: ${origin}, may be used\n`);
    }
    const refused = sources.filter(({ origin }) => origin === 'discord');
    for (const { name } of refused) {
      io.stderr.write(`${name}: refused, it came through Discord or nothing says that it did not\n`);
    }
    return refused.length > 0 ? 1 : 0;
  },
};

async function data([action, ...args]: readonly string[], io: CliIo): Promise<number> {
  if (action === 'check') return checkData(args, io);
  throw new BadUse('lab data takes check; --help tells more.');
}

async function exported(args: readonly string[], { env, signal }: CliIo): Promise<readonly Source[]> {
  const { positionals, values } = read(args);
  const files = await Promise.all((values.file ?? []).map((path) => fileSource(path, false)));
  if (files.length > 0 && positionals.length === 0) return files;
  const { storeUrl, dataKeys } = settingsOf({ env });
  const store = await openStore(storeUrl, dataKeys);
  try {
    const scenes = await Array.fromAsync(scenesIn(store, signal));
    const missing = positionals.find((name) => !scenes.some((scene) => scene.name === name));
    if (missing !== undefined) throw new BadUse(`there is no scene ${missing.slice(0, 80)} in the store`);
    return [...scenes.filter(({ name }) => positionals.length === 0 || positionals.includes(name)), ...files];
  } finally {
    await store.close();
  }
}

async function texts(args: readonly string[]): Promise<readonly Source[]> {
  const { positionals, values } = read(args);
  const paths = [...positionals, ...(values.file ?? [])];
  if (paths.length === 0) throw new BadUse('synth takes files; --help tells more.');
  return Promise.all(paths.map((path) => fileSource(path, true)));
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { file: { type: 'string', multiple: true } },
      strict: true,
      allowPositionals: true,
    });
  } catch (error) {
    throw badFlags(error);
  }
}
