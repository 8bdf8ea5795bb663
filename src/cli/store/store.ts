import { backUpStore, sealStore } from '../../store/open-store.ts';
import { sealingWarning } from '../../store/sealed/store-keys.ts';
import { BadUse } from '../bad-use.ts';
import type { CliCommand, CliIo } from '../cli-command.ts';
import { settingsOf } from '../house.ts';
import { storeWords } from '../house-facts.ts';
import { readFlags } from '../read-flags.ts';

/** One wrong key makes a problem of every value. */
const SHOWN = 5;

export const store: CliCommand = {
  help: `Usage: dramatis store seal   [--json]
       dramatis store backup FILE

seal encrypts every value in the store (STORE_URL) with the first key of DATA_KEY, or
with the store's key file where DATA_KEY is not set: what was stored before there
was a key, and what an older key sealed. It is the second half of a key rotation
(docs/storage.md): put the new key first in DATA_KEY, run this, take the old one
out. It may be broken off and run again. Stop the bot first.

  --json   one JSON object on stdout: {"sealed":…,"kept":…,"problems":[…]}

Exit code 0 where all is sealed, 1 where something could not be opened; that is
left as it is.

backup copies a SQLite store into a new file, also while the bot runs. What is
deleted in the store later is still in older copies: keep none longer than you
tell people (docs/storage.md). The key is not in it: keep that too, elsewhere.
`,
  async run([action, ...args], io) {
    if (action === 'seal') return seal(args, io);
    if (action === 'backup') return backUp(args, io);
    throw new BadUse('say seal, or backup and a file; --help tells more.');
  },
};

function backUp(args: readonly string[], { env, stdout }: CliIo): number {
  const [file, ...more] = args;
  if (file === undefined || file.startsWith('-') || more.length > 0) {
    throw new BadUse('backup takes the file to write; --help tells more.');
  }
  const { storeUrl } = settingsOf({ env });
  backUpStore(storeUrl, file);
  stdout.write(`${storeWords(storeUrl)}: copied to ${file}\n`);
  return 0;
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
