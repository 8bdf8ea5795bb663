import type { Limits } from '../../../lab/gates/table/gate.ts';
import { readLimits } from '../../../lab/gates/table/read-limits.ts';
import { BadUse } from '../../bad-use.ts';
import { readFlagsAndWords, wholeNumber } from '../../read-flags.ts';

export type GatesFlags = {
  readonly data: string;
  readonly out: string | undefined;
  /** None: nobody is asked. */
  readonly judges: readonly string[];
  readonly sample: number | undefined;
  readonly limits: Limits;
  readonly concurrency: number | undefined;
  readonly seed: number;
  readonly json: boolean;
};

/**
 * Reads what stands behind `lab gates`.
 * @throws BadUse with one line that says what is right
 */
export function gatesFlags(args: readonly string[]): GatesFlags {
  const { values, positionals } = parse(args);
  const [data, ...more] = positionals;
  if (data === undefined || more.length > 0) {
    throw new BadUse(
      'lab gates takes one FOLDER of lab synth, or one FILE of conversations; --help tells more.',
    );
  }
  const judges = [
    ...new Set((values.judges ?? []).flatMap((names) => names.split(',')).map((one) => one.trim())),
  ];
  const named = judges.filter(Boolean);
  if (values.judges && named.length < 2) throw new BadUse('--judges takes two or more: --judges a,b.');
  if (values.sample !== undefined && named.length === 0)
    throw new BadUse('--sample belongs to --judges: how many turns they are asked about.');
  const limits = readLimits(values.gate ?? []);
  if (typeof limits === 'string') throw new BadUse(limits);
  return {
    data,
    out: values.out,
    judges: named,
    sample: wholeNumber('--sample', values.sample, 1, 5000),
    limits,
    concurrency: wholeNumber('--concurrency', values.concurrency, 1, 1000),
    seed: wholeNumber('--seed', values.seed, 0, 2 ** 32 - 1) ?? 0,
    json: values.json,
  };
}

function parse(args: readonly string[]) {
  return readFlagsAndWords(args, {
    out: { type: 'string' },
    judges: { type: 'string', multiple: true },
    sample: { type: 'string' },
    gate: { type: 'string', multiple: true },
    concurrency: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
}
