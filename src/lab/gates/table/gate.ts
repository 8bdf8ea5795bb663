import type { AgreementFigures } from '../agreement/figures.ts';
import type { Survey } from '../survey/survey.ts';
import type { StepRejects } from '../synth-folder.ts';

/** All that is known of a data set. */
export type Measured = {
  readonly survey: Survey;
  readonly steps: readonly StepRejects[];
  /** Absent where no judge was asked. */
  readonly agreement?: AgreementFigures;
};

/** A figure with a limit, and what follows from it. */
export type Gate = {
  readonly name: string;
  readonly title: string;
  readonly unit: 'share' | 'count' | 'bits' | 'tokens' | 'characters' | 'score';
  readonly rule: 'at-most' | 'at-least';
  /** Where nobody sets another. */
  readonly limit: number;
  /** What it is to miss it. */
  readonly level: 'warn' | 'fail';
  /** Why there is such a limit. */
  readonly why: string;
  /** How the figure is worked out. */
  readonly how: string;
  /** Of fewer nothing is told. */
  readonly least?: number;
  /** The figure, and of how many; undefined where there is nothing to measure. */
  readonly measure: (measured: Measured) => { readonly value: number; readonly n: number } | undefined;
};

export type GateResult = Omit<Gate, 'measure' | 'least'> & {
  /** Somebody set it. */
  readonly isOwnLimit: boolean;
  readonly value: number | null;
  readonly n: number;
  /** `unmeasured`: there is nothing, or too little, to measure; `off`: somebody switched it off. */
  readonly state: 'pass' | 'warn' | 'fail' | 'unmeasured' | 'off';
};

/** Other limits by the gate’s name; `off` lets all through. */
export type Limits = ReadonlyMap<string, number | 'off'>;

/** Holds a data set against all gates. */
export function passGates(gates: readonly Gate[], measured: Measured, limits: Limits): readonly GateResult[] {
  return gates.map((gate) => resultOf(gate, measured, limits.get(gate.name)));
}

function resultOf(gate: Gate, measured: Measured, own: number | 'off' | undefined): GateResult {
  const { measure, least = 1, ...told } = gate;
  const found = measure(measured);
  const limit = typeof own === 'number' ? own : gate.limit;
  const base = {
    ...told,
    limit,
    isOwnLimit: own !== undefined,
    value: found?.value ?? null,
    n: found?.n ?? 0,
  };
  if (own === 'off') return { ...base, state: 'off' };
  if (!found || found.n < least) return { ...base, state: 'unmeasured' };
  const isMet = gate.rule === 'at-most' ? found.value <= limit : found.value >= limit;
  return { ...base, state: isMet ? 'pass' : gate.level };
}

/** The worst of them. */
export function verdictOf(results: readonly GateResult[]): 'pass' | 'warn' | 'fail' {
  if (results.some(({ state }) => state === 'fail')) return 'fail';
  return results.some(({ state }) => state === 'warn') ? 'warn' : 'pass';
}
