import { AGREEMENT_GATES } from './agreement-gates.ts';
import { DIVERSITY_GATES } from './diversity-gates.ts';
import type { Gate } from './gate.ts';
import { WHOLENESS_GATES } from './wholeness-gates.ts';

/** Every gate, in the order in which they are told. */
export const GATES: readonly Gate[] = [...WHOLENESS_GATES, ...DIVERSITY_GATES, ...AGREEMENT_GATES];
