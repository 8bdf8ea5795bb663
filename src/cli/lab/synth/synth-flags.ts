import { STEPS, type StepName } from '../../../lab/synth/step.ts';
import { BadUse } from '../../bad-use.ts';
import { readFlagsAndWords, wholeNumber } from '../../read-flags.ts';

const FORMS = ['coser', 'her', 'transcript', 'scene'] as const;

export type SynthFlags = {
  /** Files to load, or results of a batch. */
  readonly files: readonly string[];
  /** Ids of scenes of the store. */
  readonly scenes: readonly string[];
  readonly out: string;
  readonly mode: 'online' | 'write' | 'read';
  readonly form: (typeof FORMS)[number] | undefined;
  readonly until: StepName | undefined;
  readonly redo: StepName | undefined;
  readonly skip: readonly StepName[];
  readonly models: { readonly [Role in 'teacher' | 'drafter' | 'judge']: string | undefined };
  readonly concurrency: number | undefined;
  readonly budget: number | undefined;
  readonly mostTokens: number | undefined;
  readonly limit: number | undefined;
  readonly seed: number;
  readonly json: boolean;
};

/** @throws BadUse with one line that says what is right */
export function synthFlags(args: readonly string[]): SynthFlags {
  const { values, positionals } = parse(args);
  if (!values.out) throw new BadUse('--out DIR is needed: the folder that all is written to.');
  const mode = modeOf(values.batch);
  if (mode === 'read' && positionals.length === 0)
    throw new BadUse('--batch read needs the files of results.');
  const skip = (values.skip ?? '')
    .split(',')
    .filter(Boolean)
    .map((name) => stepOf('--skip', name));
  if (skip.includes('load')) throw new BadUse('--skip: nothing can be done without load.');
  const until = values.until === undefined ? undefined : stepOf('--until', values.until);
  const redo = values.redo === undefined ? undefined : stepOf('--redo', values.redo);
  if (until && redo && STEPS.indexOf(redo) > STEPS.indexOf(until))
    throw new BadUse(`--redo ${redo} takes away what --until ${until} would not make again`);
  return {
    files: positionals,
    scenes: values.scene ?? [],
    out: values.out,
    mode,
    form: formOf(values.form),
    until,
    redo,
    skip,
    models: { teacher: values.teacher, drafter: values.drafter, judge: values.judge },
    concurrency: wholeNumber('--concurrency', values.concurrency, 1, 4096),
    budget: amountOf(values.budget),
    mostTokens: wholeNumber('--most-tokens', values['most-tokens'], 1, 1e12),
    limit: wholeNumber('--limit', values.limit, 1, 1e12),
    seed: wholeNumber('--seed', values.seed, 0, 2 ** 32 - 1) ?? 0,
    json: values.json,
  };
}

function parse(args: readonly string[]) {
  return readFlagsAndWords(args, {
    out: { type: 'string' },
    form: { type: 'string' },
    scene: { type: 'string', multiple: true },
    until: { type: 'string' },
    redo: { type: 'string' },
    skip: { type: 'string' },
    teacher: { type: 'string' },
    drafter: { type: 'string' },
    judge: { type: 'string' },
    concurrency: { type: 'string' },
    budget: { type: 'string' },
    'most-tokens': { type: 'string' },
    limit: { type: 'string' },
    seed: { type: 'string' },
    batch: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
}

function modeOf(batch: string | undefined): SynthFlags['mode'] {
  if (batch === undefined) return 'online';
  if (batch === 'write' || batch === 'read') return batch;
  throw new BadUse(`--batch takes write or read, not “${batch.slice(0, 40)}”`);
}

function formOf(form: string | undefined): SynthFlags['form'] {
  const found = FORMS.find((one) => one === form);
  if (found || form === undefined) return found;
  throw new BadUse(`--form takes ${FORMS.join(', ')}, not “${form.slice(0, 40)}”`);
}

function stepOf(flag: string, name: string): StepName {
  const step = STEPS.find((one) => one === name.trim());
  if (step) return step;
  throw new BadUse(`${flag}: there is no step “${name.slice(0, 40)}”; the steps are ${STEPS.join(', ')}`);
}

function amountOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+(?:\.\d+)?$/u.test(text) ? Number(text) : Number.NaN;
  if (value > 0) return value;
  throw new BadUse(`--budget takes an amount above 0, not “${text.slice(0, 40)}”`);
}
