import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Settings } from '../../../config/environment.ts';
import { version } from '../../../lab/eval/version.ts';
import { startReward } from '../../../lab/reward/run-reward.ts';
import { isLoopback } from '../../../listen.ts';
import { listModels } from '../../../model/model-names.ts';
import { BadUse } from '../../bad-use.ts';
import type { CliIo } from '../../cli-command.ts';
import { settingsOf } from '../../house.ts';
import { principlesOf } from '../judge/principles-of.ts';
import { openJudges } from '../open-lab-models.ts';
import { type RewardFlags, rewardFlags } from './reward-flags.ts';

export { REWARD_HELP } from './reward-help.ts';

/** What the verdicts of the cache may weigh together. */
const CACHE_BYTES = 256 * 1024 * 1024;

/** `dramatis lab reward`: serves until it is stopped; resolves to the exit code. */
export async function reward(args: readonly string[], io: CliIo): Promise<number> {
  const flags = rewardFlags(args);
  const key = await keyOf(flags, io);
  const settings = settingsOf(io);
  const principles = await principlesOf(flags.principles);
  const names = flags.judge === undefined ? [] : [flags.judge];
  const { judges } = await openJudges(settings, { names, concurrency: flags.concurrency }, io.signal);
  const [judge] = judges;
  if (!judge) throw new BadUse('no judge: set MODEL_JUDGE or MODEL.');
  const say = (line: string) => void io.stderr.write(`${line}\n`);

  const { host, port, plan, longest, queue, timeoutMs, mostBytes, window, alarmAt, log } = flags;
  const running = await startReward({
    ...{
      host,
      port,
      judge,
      principles,
      plan,
      longest,
      queue,
      timeoutMs,
      mostBytes,
      window,
      alarmAt,
      key,
      log,
    },
    secret: flags.seed === undefined ? randomBytes(16).toString('hex') : `seed ${flags.seed}`,
    cache: { entries: flags.cacheEntries, bytes: CACHE_BYTES },
    version: version(),
    probe: () => probe(settings, flags.judge),
    say,
  });

  const url = `http://${host.includes(':') ? `[${host}]` : host}:${running.port}`;
  const told = { url, judge: judge.model.name, endpoint: judge.endpoint, key: key !== undefined };
  if (flags.json) io.stdout.write(`${JSON.stringify(told)}\n`);
  else io.stdout.write(`Rewards at ${url}, judged by ${told.judge} at ${told.endpoint}. Ctrl-C ends it.\n`);
  if (key === undefined && !isLoopback(host)) {
    say(`Anybody who reaches ${host} may spend the judge’s time: set REWARD_KEY or --key-file.`);
  }

  if (!io.signal.aborted) await once(io.signal, 'abort');
  say('stopping: no new requests; those under way may end');
  const givenUp = await running.stop(flags.graceMs);
  if (givenUp > 0) say(`${givenUp} samples were given up after ${flags.graceMs / 1000} s.`);
  return givenUp > 0 ? 1 : 0;
}

async function keyOf({ keyFile }: RewardFlags, { env }: CliIo): Promise<string | undefined> {
  if (keyFile === undefined) return env['REWARD_KEY']?.trim() || undefined;
  let text: string;
  try {
    text = await readFile(keyFile, 'utf8');
  } catch (error) {
    throw new BadUse(`${keyFile} cannot be read: --key-file takes a file that holds the key.`, error);
  }
  const key = text.trim();
  if (key === '') throw new BadUse(`${keyFile} is empty: it must hold the key.`);
  return key;
}

const PROBE_MS = 2000;

/** Whether the judge’s endpoint lists its models. */
async function probe({ models, offered }: Settings, name: string | undefined): Promise<boolean | undefined> {
  const endpoint = offered.find(({ id }) => id === name)?.settings ?? models.judge ?? models.actor;
  if (!endpoint) return undefined;
  try {
    await listModels(endpoint, new AbortController().signal, PROBE_MS);
    return true;
  } catch {
    return false;
  }
}
