import type { PlanRule } from '../../../lab/reward/format-gate.ts';
import { LONGEST_TURN } from '../../../lab/reward/limits.ts';
import { BadUse } from '../../bad-use.ts';
import { readFlags, wholeNumber } from '../../read-flags.ts';

export type RewardFlags = {
  readonly host: string;
  readonly port: number;
  readonly judge: string | undefined;
  readonly principles: string | undefined;
  readonly plan: PlanRule;
  readonly longest: number;
  readonly concurrency: number;
  readonly queue: number;
  readonly timeoutMs: number;
  readonly cacheEntries: number;
  readonly window: number;
  readonly alarmAt: number;
  readonly mostBytes: number;
  readonly keyFile: string | undefined;
  readonly log: string | undefined;
  readonly seed: number | undefined;
  readonly graceMs: number;
  readonly json: boolean;
};

const PLANS: readonly PlanRule[] = ['required', 'optional', 'off'];

/**
 * Reads what stands behind `lab reward`.
 * @throws BadUse with one line that says what is right
 */
export function rewardFlags(args: readonly string[]): RewardFlags {
  const text = { type: 'string' } as const;
  const values = readFlags(args, {
    host: { ...text, default: '127.0.0.1' },
    port: text,
    judge: text,
    principles: text,
    plan: { ...text, default: 'required' },
    longest: text,
    concurrency: text,
    queue: text,
    timeout: text,
    cache: text,
    window: text,
    alarm: text,
    'max-mb': text,
    'key-file': text,
    log: text,
    seed: text,
    grace: text,
    json: { type: 'boolean', default: false },
  });
  const plan = PLANS.find((rule) => rule === values.plan);
  if (!plan) throw new BadUse(`--plan takes ${PLANS.join(', ')}, not “${values.plan.slice(0, 40)}”.`);
  return {
    host: values.host,
    port: wholeNumber('--port', values.port, 0, 65_535) ?? 4690,
    judge: values.judge,
    principles: values.principles,
    plan,
    longest: wholeNumber('--longest', values.longest, 100, 1_000_000) ?? LONGEST_TURN,
    concurrency: wholeNumber('--concurrency', values.concurrency, 1, 10_000) ?? 1024,
    queue: wholeNumber('--queue', values.queue, 1, 1_000_000) ?? 4096,
    timeoutMs: 1000 * (wholeNumber('--timeout', values.timeout, 1, 86_400) ?? 170),
    cacheEntries: wholeNumber('--cache', values.cache, 0, 10_000_000) ?? 200_000,
    window: wholeNumber('--window', values.window, 20, 100_000) ?? 1000,
    alarmAt: (wholeNumber('--alarm', values.alarm, 1, 100) ?? 60) / 100,
    mostBytes: 1024 * 1024 * (wholeNumber('--max-mb', values['max-mb'], 1, 512) ?? 64),
    keyFile: values['key-file'],
    log: values.log,
    seed: wholeNumber('--seed', values.seed, 0, 2 ** 32 - 1),
    graceMs: 1000 * (wholeNumber('--grace', values.grace, 0, 3600) ?? 30),
    json: values.json,
  };
}
