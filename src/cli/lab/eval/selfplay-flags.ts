import { fileURLToPath } from 'node:url';
import { BadUse } from '../../bad-use.ts';
import { readFlags, wholeNumber } from '../../read-flags.ts';

const shipped = (name: string) =>
  fileURLToPath(new URL(`../../../../benchmarks/selfplay/${name}`, import.meta.url));

export type SelfplayFlags = {
  readonly style: 'minimax' | 'pingpong';
  readonly data: string;
  /** Dialogues that were played before, to be judged. */
  readonly dialogues: string | undefined;
  /** Published scores of them. */
  readonly evaluations: string | undefined;
  /** A checkout of PingPong, for its templates. */
  readonly prompts: string | undefined;
  readonly language: string;
  readonly out: string | undefined;
  readonly turns: number;
  readonly runs: number;
  readonly chunk: number;
  readonly times: number;
  readonly limit: number | undefined;
  readonly actor: string | undefined;
  readonly user: string | undefined;
  readonly judges: readonly string[];
  readonly format: 'her' | 'plain';
  readonly seed: number;
  readonly concurrency: number | undefined;
  readonly plan: boolean;
  readonly json: boolean;
};

/**
 * Reads the flags of `lab eval selfplay`.
 * @throws BadUse with one line that says what is right
 */
export function selfplayFlags(args: readonly string[]): SelfplayFlags {
  const values = readFlags(args, {
    style: { type: 'string', default: 'minimax' },
    data: { type: 'string' },
    dialogues: { type: 'string' },
    evaluations: { type: 'string' },
    prompts: { type: 'string' },
    language: { type: 'string', default: 'en' },
    out: { type: 'string' },
    turns: { type: 'string' },
    runs: { type: 'string' },
    chunk: { type: 'string' },
    times: { type: 'string' },
    limit: { type: 'string' },
    actor: { type: 'string' },
    user: { type: 'string' },
    judge: { type: 'string', multiple: true },
    'actor-format': { type: 'string', default: 'her' },
    seed: { type: 'string' },
    concurrency: { type: 'string' },
    plan: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  const { out, dialogues, evaluations, prompts, plan } = values;
  const style = oneOf('--style', values.style, ['minimax', 'pingpong'] as const);
  if (!out && !plan) throw new BadUse('--out DIR is needed: the folder that all is written to.');
  if (dialogues !== undefined && style !== 'minimax')
    throw new BadUse('--dialogues belongs to --style minimax.');
  if (evaluations !== undefined && dialogues === undefined)
    throw new BadUse('--evaluations needs --dialogues FILE: the dialogues that these scores are of.');
  if (dialogues !== undefined && values.data === undefined)
    throw new BadUse('--dialogues needs --data FILE: the seeds that they were played from.');
  if (prompts !== undefined && style !== 'pingpong')
    throw new BadUse('--prompts belongs to --style pingpong; MiniMax publishes none.');
  return {
    style,
    data: values.data ?? shipped(style === 'minimax' ? 'seeds.json' : 'pingpong.json'),
    ...{ dialogues, evaluations, prompts, out, plan },
    language: values.language,
    turns: wholeNumber('--turns', values.turns, 1, 1000) ?? 100,
    runs: wholeNumber('--runs', values.runs, 1, 100) ?? (style === 'minimax' ? 3 : 1),
    chunk: wholeNumber('--chunk', values.chunk, 2, 1000) ?? 20,
    times: wholeNumber('--times', values.times, 1, 100) ?? 1,
    limit: wholeNumber('--limit', values.limit, 1, 1_000_000),
    actor: values.actor,
    user: values.user,
    judges: values.judge ?? [],
    format: oneOf('--actor-format', values['actor-format'], ['her', 'plain'] as const),
    seed: wholeNumber('--seed', values.seed, 0, 2 ** 32 - 1) ?? 0,
    concurrency: wholeNumber('--concurrency', values.concurrency, 1, 1000),
    json: values.json,
  };
}

function oneOf<const T extends string>(flag: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw new BadUse(`${flag} takes ${allowed.join(' or ')}, not “${value.slice(0, 40)}”.`);
}
