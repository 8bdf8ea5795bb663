import { openStore } from '../../../store/open-store.ts';
import { BadUse } from '../../bad-use.ts';
import type { CliIo } from '../../cli-command.ts';
import { settingsOf } from '../../house.ts';
import { readFlagsAndWords } from '../../read-flags.ts';
import { fileSource, type Source, scenesIn } from './what-may-train.ts';

/**
 * `dramatis lab export` and `lab synth` without a folder to write to: where the words came from, of scenes of
 * the store and of files. Resolves to the exit code.
 */
export async function tellOrigins(
  action: 'export' | 'synth',
  args: readonly string[],
  io: CliIo,
): Promise<number> {
  const sources = action === 'export' ? await stored(args, io) : await texts(args);
  if (sources.length === 0) io.stdout.write('There is nothing to look at: no scene is stored.\n');
  for (const { name, origin } of sources.filter((one) => one.origin !== 'discord')) {
    io.stdout.write(`${name}: ${origin}, may be used\n`);
  }
  const refused = sources.filter(({ origin }) => origin === 'discord');
  for (const { name } of refused) {
    io.stderr.write(`${name}: refused, it came through Discord or nothing says that it did not\n`);
  }
  return refused.length > 0 ? 1 : 0;
}

async function stored(args: readonly string[], { env, signal }: CliIo): Promise<readonly Source[]> {
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
  return readFlagsAndWords(args, { file: { type: 'string', multiple: true } });
}
