import { constants, copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../errors.ts';
import { type Comparison, compareRuns } from '../compare/compare-runs.ts';
import { holm } from '../compare/holm.ts';
import { coserRun } from '../compare/scored-run.ts';
import type { EvalProgress, EvalRun } from '../eval/eval-run.ts';
import { OVERALL } from '../eval/figures.ts';
import type { EvalResult } from '../eval/result.ts';
import { runEval } from '../eval/run-eval.ts';
import { writeJson } from '../eval/write-whole.ts';
import { type VariantName, variantOf } from './variants.ts';

/** A variant beside the whole, over the scenes that both have. */
export type AblatedVariant = {
  readonly name: VariantName;
  readonly words: string;
  readonly comparison: Comparison;
  /** Of the overall score’s difference, held to account for there being several variants. */
  readonly holm: number | undefined;
  readonly use: AblationUse;
};

/** What a run took; `known` of its calls were answered before: by the whole, or by a run that was broken off. */
export type AblationUse = {
  readonly usable: number | null;
  readonly leaks: number;
  readonly calls: number;
  readonly known: number;
  readonly tokens: number;
  /** Of the models that have a price; absent where none has. */
  readonly cost?: number;
};

export type AblationResult = {
  readonly whole: {
    readonly overall: EvalResult['figures']['honest'][string] | undefined;
    readonly use: AblationUse;
  };
  readonly judge: EvalResult['manifest']['judge'] & {
    readonly protocol: string;
    readonly readsThoughts: boolean;
  };
  readonly currency: string;
  readonly variants: readonly AblatedVariant[];
};

/**
 * Plays the whole, then every variant of it, each into a folder of its own below `run.out`; all ask the same
 * models, and so keep to one limit. What the whole was answered is given to the variants: where they ask the
 * very same thing nobody is asked twice, and what differs between them is not the luck of the draw. Begun again,
 * each goes on where it was. Writes `ablation.json`.
 *
 * @param onProgress told of the run that a step was made in: `whole`, or the variant’s name
 * @throws what `runEval` throws; of several the first
 */
export async function runAblation(
  run: EvalRun,
  names: readonly VariantName[],
  onProgress: (name: VariantName | 'whole', now: EvalProgress) => void,
  signal: AbortSignal,
): Promise<AblationResult> {
  const known = new Map<string, number>();
  const play = (name: VariantName | 'whole', ablation: EvalRun['ablation'], abort: AbortSignal) =>
    runEval(
      {
        ...{ ...run, ablation, out: join(run.out, name) },
        progress(now) {
          known.set(name, now.calls.known);
          onProgress(name, now);
        },
      },
      abort,
    );

  const whole = await play('whole', run.ablation, signal);
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const played = await Promise.allSettled(
    names.map(async (name) => {
      try {
        await giveAnswers(join(run.out, 'whole'), join(run.out, name));
        const variant = variantOf(name, run.ablation);
        return { ...variant, result: await play(name, variant.ablation, either) };
      } catch (error) {
        stop.abort(error);
        throw error;
      }
    }),
  );
  either.throwIfAborted();
  const variants = played.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));

  const useOf = (name: string, result: EvalResult) => usedIn(result, known.get(name) ?? 0);
  const comparisons = variants.map(({ words, result }) =>
    compareRuns(coserRun('the whole', whole), coserRun(words, result), 'honest', run.seed),
  );
  const result: AblationResult = {
    whole: { overall: whole.figures.honest[OVERALL], use: useOf('whole', whole) },
    judge: {
      ...whole.manifest.judge,
      protocol: run.protocol,
      readsThoughts: whole.manifest.settings['judge-thoughts'] === true,
    },
    currency: run.currency,
    variants: withHolm(
      variants.flatMap(({ name, words, result: own }, at) => {
        const comparison = comparisons[at];
        return comparison ? [{ name, words, comparison, use: useOf(name, own) }] : [];
      }),
    ),
  };
  await writeJson(join(run.out, 'ablation.json'), result);
  return result;
}

/** Answers are known by what was asked, so another run’s are as good. One that has begun has its own. */
async function giveAnswers(from: string, to: string): Promise<void> {
  try {
    await mkdir(to, { recursive: true });
    await copyFile(join(from, 'calls.jsonl'), join(to, 'calls.jsonl'), constants.COPYFILE_EXCL);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
    throw new OperatorError(`${to} cannot be written: check --out, and whether the disk is full.`, error);
  }
}

function usedIn({ manifest, figures }: EvalResult, known: number): AblationUse {
  const roles = Object.values(manifest.roles);
  const sum = (of: (role: (typeof roles)[number]) => number) =>
    roles.reduce((all, role) => all + of(role), 0);
  const costs = roles.flatMap(({ cost }) => cost ?? []);
  return {
    usable: figures.usable.mean,
    leaks: figures.leaks,
    calls: sum(({ calls }) => calls),
    known,
    tokens: sum(({ promptTokens, completionTokens }) => promptTokens + completionTokens),
    ...(costs.length > 0 ? { cost: costs.reduce((all, one) => all + one, 0) } : {}),
  };
}

function withHolm(variants: readonly Omit<AblatedVariant, 'holm'>[]): readonly AblatedVariant[] {
  const asked = variants.flatMap(({ name, comparison }) => {
    const overall = comparison.figures.find((one) => one.name === OVERALL);
    return overall ? [{ name, p: overall.p }] : [];
  });
  const held = holm(asked.map(({ p }) => p));
  const byName = new Map(asked.map(({ name }, at) => [name, held[at]]));
  return variants.map((one) => ({ ...one, holm: byName.get(one.name) }));
}
