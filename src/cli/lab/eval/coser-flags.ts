import type { Ablation } from '../../../lab/coser/protocol.ts';
import { PROTOCOLS, type Protocol } from '../../../lab/coser/severity.ts';
import { BadUse } from '../../bad-use.ts';
import { readFlagsAndWords, wholeNumber } from '../../read-flags.ts';

/** What stands behind `lab eval coser`. */
export type CoserFlags = {
  /** Undefined: the scenes that ship. */
  readonly data: string | undefined;
  readonly out: string | undefined;
  readonly models: {
    readonly actor: string | undefined;
    readonly director: string | undefined;
    readonly narrator: string | undefined;
    readonly judge: string | undefined;
  };
  readonly protocol: Protocol;
  readonly prompts: string | undefined;
  readonly rounds: number;
  readonly continueFrom: number;
  readonly choice: 'model' | 'random';
  readonly seed: number;
  readonly times: number;
  readonly concurrency: number | undefined;
  readonly limit: number | undefined;
  readonly scenes: string | undefined;
  readonly ablation: Ablation;
  readonly skipBad: boolean;
  readonly plan: boolean;
  readonly simulation: string | undefined;
  readonly batch:
    | { readonly kind: 'write' }
    | { readonly kind: 'read'; readonly results: readonly string[] }
    | undefined;
  /** In whose form what was played is written, too. */
  readonly files: readonly ('coser' | 'her')[];
  readonly trace: boolean;
  readonly json: boolean;
};

const MOST_SEED = 2 ** 32 - 1;

/**
 * Reads the flags of `lab eval coser`.
 * @throws BadUse with one line that says what is right
 */
export function coserFlags(args: readonly string[]): CoserFlags {
  const { values, positionals } = parse(args);
  const batch = batchOf(values.batch, positionals);
  const { simulation, out, plan, trace, data } = values;
  if (!out && !plan) throw new BadUse('--out DIR is needed: the folder that all is written to.');
  if (plan && batch) throw new BadUse('--plan and --batch do not go together.');
  if (values['judge-only'] && simulation === undefined)
    throw new BadUse('--judge-only needs --simulation FILE: the scenes that were played.');
  const protocol = oneOf('--protocol', values.protocol, PROTOCOLS);
  // CoSER's runner knows no other form than its own.
  const dialect = values.dialect ?? (protocol === 'coser' ? 'coser' : 'her');
  return {
    data,
    out,
    models: {
      actor: values.actor,
      director: values.director,
      narrator: values.narrator,
      judge: values.judge,
    },
    protocol,
    prompts: values.prompts,
    rounds: wholeNumber('--rounds', values.rounds, 1, 200) ?? 20,
    continueFrom: wholeNumber('--continue-from', values['continue-from'], 0, 200) ?? 0,
    choice: oneOf('--choice', values.choice, ['model', 'random'] as const),
    seed: wholeNumber('--seed', values.seed, 0, MOST_SEED) ?? 0,
    times: wholeNumber('--times', values.times, 1, 100) ?? 1,
    concurrency: wholeNumber('--concurrency', values.concurrency, 1, 1000),
    limit: wholeNumber('--limit', values.limit, 1, 1_000_000),
    scenes: values.scenes,
    ablation: {
      plan: !values['no-plan'] && dialect === 'her',
      thoughts: !values['no-thoughts'],
      judgeThoughts:
        values['judge-thoughts'] === undefined
          ? undefined
          : oneOf('--judge-thoughts', values['judge-thoughts'], ['on', 'off'] as const) === 'on',
      dialect: oneOf('--dialect', dialect, ['her', 'coser'] as const),
      bestOf: wholeNumber('--best-of', values['best-of'], 1, 8) ?? 1,
    },
    skipBad: values['skip-bad'],
    plan,
    simulation,
    batch,
    files: (values['write-simulation'] ?? []).map((form) =>
      oneOf('--write-simulation', form, ['coser', 'her'] as const),
    ),
    trace,
    json: values.json,
  };
}

function parse(args: readonly string[]) {
  return readFlagsAndWords(args, {
    data: { type: 'string' },
    out: { type: 'string' },
    actor: { type: 'string' },
    director: { type: 'string' },
    narrator: { type: 'string' },
    judge: { type: 'string' },
    protocol: { type: 'string', default: 'fixed' },
    prompts: { type: 'string' },
    rounds: { type: 'string' },
    'continue-from': { type: 'string' },
    choice: { type: 'string', default: 'model' },
    seed: { type: 'string' },
    times: { type: 'string' },
    concurrency: { type: 'string' },
    limit: { type: 'string' },
    scenes: { type: 'string' },
    'no-plan': { type: 'boolean', default: false },
    'no-thoughts': { type: 'boolean', default: false },
    'judge-thoughts': { type: 'string' },
    dialect: { type: 'string' },
    'best-of': { type: 'string' },
    'skip-bad': { type: 'boolean', default: false },
    plan: { type: 'boolean', default: false },
    'judge-only': { type: 'boolean', default: false },
    simulation: { type: 'string' },
    'write-simulation': { type: 'string', multiple: true },
    batch: { type: 'string' },
    trace: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
}

function oneOf<const T extends string>(flag: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw new BadUse(`${flag} takes ${allowed.join(' or ')}, not “${value.slice(0, 40)}”.`);
}

function batchOf(batch: string | undefined, words: readonly string[]): CoserFlags['batch'] {
  if (batch === 'read') {
    if (words.length === 0) throw new BadUse('--batch read needs the files of results.');
    return { kind: 'read', results: words };
  }
  const [stray] = words;
  if (stray !== undefined)
    throw new BadUse(`“${stray.slice(0, 40)}” stands alone: --data FILE names the scenes.`);
  if (batch === undefined) return undefined;
  if (batch === 'write') return { kind: 'write' };
  throw new BadUse(`--batch takes write or read, not “${batch.slice(0, 40)}”.`);
}
