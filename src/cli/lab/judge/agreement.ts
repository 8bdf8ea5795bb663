import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Settings } from '../../../config/environment.ts';
import { createAsk } from '../../../lab/calls/ask.ts';
import { askOnline } from '../../../lab/calls/ask-online.ts';
import { createAsking } from '../../../lab/calls/asking.ts';
import { openJournal } from '../../../lab/calls/journal.ts';
import { createMemoryJournal } from '../../../lab/calls/memory-journal.ts';
import { holdFolder } from '../../../lab/folder/hold-folder.ts';
import { openRunFile } from '../../../lab/folder/run-file.ts';
import { agreementWords } from '../../../lab/judge/agreement/agreement-words.ts';
import { type AgreementRun, runAgreement } from '../../../lab/judge/agreement/run-agreement.ts';
import { openStore } from '../../../store/open-store.ts';
import type { CliIo } from '../../cli-command.ts';
import { openJudges } from '../open-lab-models.ts';
import type { JudgeFlags } from './judge-flags.ts';
import { principlesOf } from './principles-of.ts';

/** `lab judge --agreement`: resolves to the exit code. */
export async function agreement(flags: JudgeFlags, settings: Settings, io: CliIo): Promise<number> {
  await using opened = new AsyncDisposableStack();
  const store = await openStore(settings.storeUrl, settings.dataKeys);
  opened.defer(() => store.close());
  const stop = new AbortController();
  const signal = AbortSignal.any([io.signal, stop.signal]);
  const ask = flags.ask ? await askAnew(flags, settings, { opened, stop, signal }) : undefined;
  const found = await runAgreement(
    { store, scenes: flags.words, seed: flags.seed, ...(ask ? { ask } : {}) },
    signal,
  );
  io.stdout.write(flags.json ? `${JSON.stringify(found)}\n` : `${agreementWords(found).trimEnd()}\n`);
  return 0;
}

type Around = {
  readonly opened: AsyncDisposableStack;
  readonly stop: AbortController;
  readonly signal: AbortSignal;
};

/** With a folder nothing is asked twice, as for files. */
async function askAnew(
  { judges: names, concurrency: most, principles, out }: JudgeFlags,
  settings: Settings,
  { opened, stop, signal }: Around,
): Promise<NonNullable<AgreementRun['ask']>> {
  const { judges, concurrency } = await openJudges(settings, { names, concurrency: most }, signal);
  if (out !== undefined) opened.use(holdFolder(out));
  const journal = out === undefined ? createMemoryJournal() : await openJournal(join(out, 'calls.jsonl'));
  opened.defer(() => journal.close());
  const secret = out === undefined ? randomBytes(16).toString('hex') : (await openRunFile(out, [])).secret;
  return {
    judges,
    concurrency,
    secret,
    principles: await principlesOf(principles),
    asking: createAsking(
      createAsk(
        journal,
        undefined,
        askOnline((error) => stop.abort(error)),
      ),
    ),
  };
}
