import type { AgreementFigures } from '../agreement/figures.ts';
import type { Survey } from '../survey/survey.ts';
import type { StepRejects } from '../synth-folder.ts';
import type { GateResult } from '../table/gate.ts';

/** `gates.json`: all that the pages tell. Examples hold hidden layers: it stays in the lab. */
export type GatesReport = {
  readonly format: 1;
  readonly version: string;
  /** The file that was looked at. */
  readonly data: string;
  readonly seed: number;
  /** The worst of the gates. */
  readonly verdict: 'pass' | 'warn' | 'fail';
  readonly gates: readonly GateResult[];
  readonly survey: Survey;
  readonly steps: readonly StepRejects[];
  /** Null where no judge was asked. */
  readonly agreement: AgreementFigures | null;
};
