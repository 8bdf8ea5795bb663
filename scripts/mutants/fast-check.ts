import fc, { type Parameters } from 'fast-check';
import { SHARE } from './rooms.ts';

// A part of the runs, always the same ones, and a failure is not made smaller: that it fails is all that is
// asked.
const PART = SHARE[process.env['MUTANTS_ROOM'] ?? ''] ?? 0.1;
const FAST_CHECKS_OWN = 100;
const SEED = 20_260_101;

const assert = (property: fc.IRawProperty<never>, parameters?: Parameters<never>) =>
  fc.assert(property, {
    ...parameters,
    numRuns: Math.ceil((parameters?.numRuns ?? FAST_CHECKS_OWN) * PART),
    seed: SEED,
    endOnFailure: true,
  });

export * from 'fast-check';
export default { ...fc, assert };
