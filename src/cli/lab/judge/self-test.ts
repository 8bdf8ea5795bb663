import { randomBytes } from 'node:crypto';
import type { Settings } from '../../../config/environment.ts';
import { selfTestWords } from '../../../judge/bias/bias-words.ts';
import { SAMPLE_SCENES } from '../../../judge/bias/sample-scenes.ts';
import { type SelfTest, selfTest } from '../../../judge/bias/self-test.ts';
import { judgePair } from '../../../judge/verdict/judge-pair.ts';
import { createAsk } from '../../../lab/calls/ask.ts';
import { askOnline } from '../../../lab/calls/ask-online.ts';
import { createAsking } from '../../../lab/calls/asking.ts';
import type { LabModel } from '../../../lab/calls/call.ts';
import { createMemoryJournal } from '../../../lab/calls/memory-journal.ts';
import type { CliIo } from '../../cli-command.ts';
import { openJudges } from '../open-lab-models.ts';
import type { JudgeFlags } from './judge-flags.ts';
import { principlesOf } from './principles-of.ts';

/** `lab judge --self-test`: resolves to the exit code, 1 where a judge fails a probe or cannot be read. */
export async function runSelfTest(flags: JudgeFlags, settings: Settings, io: CliIo): Promise<number> {
  const principles = await principlesOf(flags.principles);
  const asked = { names: flags.judges, concurrency: flags.concurrency };
  const { judges } = await openJudges(settings, asked, io.signal);
  const tests: (SelfTest & { readonly judge: string })[] = [];
  for (const judge of judges) {
    io.stderr.write(`asks ${judge.model.name} what it should not be swayed by\n`);
    tests.push({ judge: judge.model.name, ...(await testOne(judge)) });
  }
  io.stdout.write(
    flags.json
      ? `${JSON.stringify({ judges: tests })}\n`
      : tests.map((one) => `${one.judge}\n${selfTestWords(one).trimEnd()}\n`).join('\n'),
  );
  return tests.every(({ probes }) => probes.every(({ outcome }) => outcome === 'pass')) ? 0 : 1;

  async function testOne(judge: LabModel): Promise<SelfTest> {
    const stop = new AbortController();
    const signal = AbortSignal.any([io.signal, stop.signal]);
    const asking = createAsking(
      createAsk(
        createMemoryJournal(),
        undefined,
        askOnline((error) => stop.abort(error)),
      ),
    );
    return selfTest((context, first, second) => {
      // Under new names each time: the same question twice is a new throw of the dice.
      const secret = randomBytes(16).toString('hex');
      const { model } = asking(judge);
      return judgePair({ model, context, principles, first, second, secret }, signal);
    }, SAMPLE_SCENES);
  }
}
