import { FORMS, type Form } from '../../../lab/export/engines/row-of.ts';
import { ENGINES, type Engine, KINDS, type Kind } from '../../../lab/export/sample.ts';
import { BadUse } from '../../bad-use.ts';
import { readFlagsAndWords, wholeNumber } from '../../read-flags.ts';

export type ExportFlags = {
  readonly sources: readonly string[];
  readonly verdicts: string | undefined;
  readonly out: string;
  readonly kinds: readonly Kind[];
  readonly engines: readonly Engine[];
  readonly forms: readonly Form[];
  readonly val: number;
  readonly test: number;
  readonly by: 'conversation' | 'book';
  readonly apart: string | undefined;
  readonly baseline: string | undefined;
  readonly baselineModel: string | undefined;
  readonly maxTokens: number;
  readonly seed: number;
  readonly limit: number | undefined;
  readonly concurrency: number | undefined;
  readonly json: boolean;
};

const MAX_TOKENS = 16_384;
/** Seed and share of the published split (her-spec 8.1). */
const SEED = 42;
const VAL = '0.05';

/**
 * Reads what stands behind `lab export`.
 * @throws BadUse with one line that says what is right
 */
export function exportFlags(args: readonly string[]): ExportFlags {
  const { values, positionals } = parse(args);
  const { out, verdicts, baseline } = values;
  if (!out) throw new BadUse('--out DIR is needed: the folder that is written to.');
  if (positionals.length === 0 && verdicts === undefined) {
    throw new BadUse('export needs a FOLDER of lab synth, FILEs of conversations, or --verdicts DIR.');
  }
  if (baseline !== undefined && values['baseline-model'] !== undefined) {
    throw new BadUse('--baseline and --baseline-model do not go together.');
  }
  const kinds = chosen('--kind', values.kind, KINDS);
  const possible = kinds.filter((kind) =>
    kind.startsWith('grm') ? verdicts !== undefined : positionals.length > 0,
  );
  const lacking = values.kind.includes('all') ? undefined : kinds.find((kind) => !possible.includes(kind));
  if (lacking !== undefined) {
    throw new BadUse(
      lacking.startsWith('grm')
        ? `--kind ${lacking} is made of --verdicts DIR, a folder of lab judge.`
        : `--kind ${lacking} is made of conversations: give a FOLDER or FILEs.`,
    );
  }
  const [val, test] = [share('--val', values.val), share('--test', values.test)];
  if (val + test >= 1) throw new BadUse('--val and --test together leave nothing to train on.');
  return {
    sources: positionals,
    ...{ verdicts, out, kinds: possible },
    engines: chosen('--engine', values.engine, ENGINES),
    forms: chosen('--form', values.form, FORMS),
    ...{ val, test, by: unit(values['split-by']), apart: values.apart },
    ...{ baseline, baselineModel: values['baseline-model'] },
    maxTokens: wholeNumber('--max-tokens', values['max-tokens'], 256, 1_000_000) ?? MAX_TOKENS,
    seed: wholeNumber('--seed', values.seed, 0, 2 ** 32 - 1) ?? SEED,
    limit: wholeNumber('--limit', values.limit, 1, 1e12),
    concurrency: wholeNumber('--concurrency', values.concurrency, 1, 1000),
    json: values.json,
  };
}

function parse(args: readonly string[]) {
  return readFlagsAndWords(args, {
    out: { type: 'string' },
    verdicts: { type: 'string' },
    kind: { type: 'string', default: 'all' },
    engine: { type: 'string', default: 'all' },
    form: { type: 'string', default: 'jsonl' },
    val: { type: 'string', default: VAL },
    test: { type: 'string', default: '0' },
    'split-by': { type: 'string', default: 'conversation' },
    apart: { type: 'string' },
    baseline: { type: 'string' },
    'baseline-model': { type: 'string' },
    'max-tokens': { type: 'string' },
    seed: { type: 'string' },
    limit: { type: 'string' },
    concurrency: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
}

/** The values of a list with commas, each once, in their own order. */
function chosen<T extends string>(flag: string, text: string, all: readonly T[]): readonly T[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('all')) return all;
  const unknown = names.find((name) => !all.some((one) => one === name));
  if (unknown !== undefined) {
    throw new BadUse(`${flag} takes all, or of ${all.join(', ')}; not “${unknown.slice(0, 40)}”.`);
  }
  return all.filter((one) => names.includes(one));
}

function share(flag: string, text: string): number {
  const value = /^(?:0|1|0?\.\d+)$/u.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value < 1) return value;
  throw new BadUse(`${flag} takes a share from 0 to below 1, not “${text.slice(0, 40)}”.`);
}

function unit(text: string): ExportFlags['by'] {
  if (text === 'conversation' || text === 'book') return text;
  throw new BadUse(`--split-by takes conversation or book, not “${text.slice(0, 40)}”.`);
}
