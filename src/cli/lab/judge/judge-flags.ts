import type { Pairing } from '../../../lab/judge/pairing.ts';
import { BadUse } from '../../bad-use.ts';
import { readFlagsAndWords, wholeNumber } from '../../read-flags.ts';

export type JudgeFlags = {
  /** Files of items, results of a batch, or scenes: as the mode has it. */
  readonly words: readonly string[];
  readonly mode: 'online' | 'batch-write' | 'batch-read' | 'self-test' | 'agreement';
  readonly out: string | undefined;
  readonly json: boolean;
  readonly judges: readonly string[];
  readonly principles: string | undefined;
  readonly pairing: Pairing;
  readonly concurrency: number | undefined;
  readonly seed: number;
  readonly ask: boolean;
};

/**
 * Reads what stands behind `lab judge`.
 * @throws BadUse with one line that says what is right
 */
export function judgeFlags(args: readonly string[]): JudgeFlags {
  const { values, positionals } = parse(withBaseline(args));
  const mode = modeOf(values);
  const { out, ask } = values;
  if (ask && mode !== 'agreement') throw new BadUse('--ask belongs to --agreement.');
  const needsOut = mode === 'online' || mode === 'batch-write' || mode === 'batch-read';
  if (needsOut && !out) throw new BadUse('--out DIR is needed: the folder that verdicts are written to.');
  if (mode === 'online' && positionals.length === 0)
    throw new BadUse('judge needs a FILE of items; --help tells more.');
  if (mode === 'batch-read' && positionals.length === 0)
    throw new BadUse('--batch read needs the files of results.');
  if (mode === 'self-test' && positionals.length > 0) throw new BadUse('--self-test takes no files.');
  return {
    words: positionals,
    mode,
    out,
    json: values.json,
    judges: values.judge ?? [],
    principles: values.principles,
    pairing: pairingOf(values.pairs),
    concurrency: wholeNumber('--concurrency', values.concurrency, 1, 1000),
    seed: wholeNumber('--seed', values.seed, 0, 2 ** 32 - 1) ?? 0,
    ask,
  };
}

function parse(args: readonly string[]) {
  return readFlagsAndWords(args, {
    out: { type: 'string' },
    json: { type: 'boolean', default: false },
    judge: { type: 'string', multiple: true },
    principles: { type: 'string' },
    pairs: { type: 'string', default: 'all' },
    concurrency: { type: 'string' },
    seed: { type: 'string' },
    batch: { type: 'string' },
    'self-test': { type: 'boolean', default: false },
    agreement: { type: 'boolean', default: false },
    ask: { type: 'boolean', default: false },
  });
}

/** `--pairs baseline NAME` is two words for one flag. */
function withBaseline(args: readonly string[]): readonly string[] {
  const at = args.findIndex((arg, place) => arg === 'baseline' && args[place - 1] === '--pairs');
  const name = args[at + 1];
  if (at < 0 || name === undefined || name.startsWith('--')) return args;
  return [...args.slice(0, at), `baseline=${name}`, ...args.slice(at + 2)];
}

function pairingOf(pairs: string): Pairing {
  if (pairs === 'all' || pairs === 'knockout') return { kind: pairs };
  const name = /^baseline=(.+)$/su.exec(pairs)?.[1];
  if (name !== undefined) return { kind: 'baseline', name };
  if (pairs === 'baseline') throw new BadUse('--pairs baseline needs the NAME of the model to compare with.');
  throw new BadUse(`--pairs takes all, knockout, or baseline NAME, not “${pairs.slice(0, 40)}”.`);
}

function modeOf(values: {
  readonly batch?: string | undefined;
  readonly 'self-test': boolean;
  readonly agreement: boolean;
}): JudgeFlags['mode'] {
  const { batch, agreement } = values;
  const selfTest = values['self-test'];
  if (Number(batch !== undefined) + Number(selfTest) + Number(agreement) > 1) {
    throw new BadUse('--batch, --self-test and --agreement do not go together.');
  }
  if (selfTest) return 'self-test';
  if (agreement) return 'agreement';
  if (batch === undefined) return 'online';
  if (batch === 'write' || batch === 'read') return `batch-${batch}`;
  throw new BadUse(`--batch takes write or read, not “${batch.slice(0, 40)}”.`);
}
