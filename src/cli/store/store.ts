import { restoreStore, saveStore } from '../../store/backup/back-up.ts';
import { type BackupFacts, checkBackup } from '../../store/backup/backup-file.ts';
import { backUpStore, sealStore } from '../../store/open-store.ts';
import { sealingWarning } from '../../store/sealed/store-keys.ts';
import { BadUse } from '../bad-use.ts';
import type { CliCommand, CliIo } from '../cli-command.ts';
import { settingsOf } from '../house.ts';
import { storeWords } from '../house-facts.ts';
import { readFlags, readFlagsAndWords } from '../read-flags.ts';

/** One wrong key makes a problem of every value. */
const SHOWN = 5;

export const store: CliCommand = {
  help: `Usage: dramatis store seal    [--json]
       dramatis store backup  FILE
       dramatis store verify  FILE
       dramatis store restore FILE [--into URL] [--replace]

seal encrypts every value in the store (STORE_URL) with the first key of DATA_KEY, or
with the store's key file where DATA_KEY is not set: what was stored before there
was a key, and what an older key sealed. It is the second half of a key rotation
(docs/storage.md): put the new key first in DATA_KEY, run this, take the old one
out. It may be broken off and run again. Stop the bot first.

  --json   one JSON object on stdout: {"sealed":…,"kept":…,"problems":[…]}

Exit code 0 where all is sealed, 1 where something could not be opened; that is
left as it is.

backup writes all that is in the store into a new file, also while the bot runs. It
can be restored into a store of any kind. A FILE that ends in .db is a copy of a
SQLite store itself. What is deleted in the store later is still in older copies:
keep none longer than you tell people (docs/storage.md). The key is not in it:
keep that too, elsewhere.

verify reads a backup to its end and says whether it is whole, and which keys it needs.

restore puts a backup into the store (STORE_URL), which must be empty. Stop the bot first.

  --into URL   into this store instead, as when you move from SQLite to PostgreSQL
  --replace    remove all that the store holds now
`,
  async run([action, ...args], io) {
    if (action === 'seal') return seal(args, io);
    if (action === 'backup') return backUp(args, io);
    if (action === 'verify') return verify(args, io);
    if (action === 'restore') return restore(args, io);
    throw new BadUse('say seal, backup, verify or restore; --help tells more.');
  },
};

async function backUp(args: readonly string[], { env, stdout, signal }: CliIo): Promise<number> {
  const file = onlyFile(readFlagsAndWords(args, {}).positionals, 'backup takes the file to write');
  const { storeUrl } = settingsOf({ env });
  if (file.endsWith('.db')) {
    backUpStore(storeUrl, file);
    stdout.write(`${storeWords(storeUrl)}: copied to ${file}\n`);
    return 0;
  }
  const facts = await saveStore(storeUrl, file, signal);
  stdout.write(`${storeWords(storeUrl)}: ${facts.entries} entries written to ${file}\n${keysNeeded(facts)}`);
  return 0;
}

async function verify(args: readonly string[], { stdout }: CliIo): Promise<number> {
  const file = onlyFile(readFlagsAndWords(args, {}).positionals, 'verify takes the file to read');
  const facts = await checkBackup(file);
  stdout.write(`${file} is whole: ${facts.entries} entries\n${keysNeeded(facts)}`);
  return 0;
}

async function restore(args: readonly string[], { env, stdout, signal }: CliIo): Promise<number> {
  const { values, positionals } = readFlagsAndWords(args, {
    into: { type: 'string' },
    replace: { type: 'boolean', default: false },
  });
  const file = onlyFile(positionals, 'restore takes the file to read');
  const storeUrl = values.into ?? settingsOf({ env }).storeUrl;
  const facts = await restoreStore(storeUrl, file, { replace: values.replace, signal });
  stdout.write(
    `${storeWords(storeUrl)}: ${facts.entries} entries restored from ${file}\n${keysNeeded(facts)}`,
  );
  return 0;
}

/** @throws BadUse unless there is just one */
function onlyFile([file, ...more]: readonly string[], takes: string): string {
  if (file === undefined || more.length > 0) throw new BadUse(`${takes}; --help tells more.`);
  return file;
}

function keysNeeded({ keys }: BackupFacts): string {
  if (keys.length === 0) return 'Nothing in it is sealed.\n';
  return `It needs the ${keys.length > 1 ? 'keys' : 'key'} ${keys.join(', ')}: in DATA_KEY, or as the .key file beside a SQLite store.\n`;
}

async function seal(args: readonly string[], { env, stdout, stderr, signal }: CliIo): Promise<number> {
  const { json } = readFlags(args, { json: { type: 'boolean', default: false } });
  const { storeUrl, dataKeys } = settingsOf({ env });
  if (storeUrl.startsWith('memory:')) throw new BadUse('memory: keeps nothing to seal: set STORE_URL.');
  const report = await sealStore(storeUrl, dataKeys, signal);
  const { sealed, kept, problems } = report;
  for (const problem of problems.slice(0, SHOWN)) stderr.write(`dramatis store: ${problem}\n`);
  if (problems.length > SHOWN)
    stderr.write(`dramatis store: … and ${problems.length - SHOWN} more like these\n`);
  if (json) {
    stdout.write(`${JSON.stringify(report)}\n`);
  } else {
    const left = problems.length > 0 ? `; ${problems.length} could not be opened` : '';
    stdout.write(`${storeWords(storeUrl)}: ${sealed} values sealed, ${kept} were already${left}\n`);
    stdout.write(nextStep(storeUrl, dataKeys, problems.length));
  }
  return problems.length > 0 ? 1 : 0;
}

function nextStep(storeUrl: string, dataKeys: readonly Uint8Array[], problems: number): string {
  if (problems > 0) return 'Keep every key until these are mended.\n';
  if (dataKeys.length === 0) return `${sealingWarning(storeUrl, dataKeys)}\n`;
  return 'Only the first key of DATA_KEY is needed now; keep older ones, and a .key file, with old backups.\n';
}
