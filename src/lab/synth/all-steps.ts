import { draftStep } from './draft/draft-step.ts';
import { planStep } from './plan/plan-step.ts';
import { reorderStep } from './reorder/reorder-step.ts';
import { settingStep } from './setting/setting-step.ts';
import type { Step, StepName } from './step.ts';
import { thinkStep } from './think/think-step.ts';
import { validateStep } from './validate/validate-step.ts';

/** Every step after the load, in their order. */
const ALL: readonly Step[] = [thinkStep, reorderStep, draftStep, planStep, settingStep, validateStep];

/** The steps that are taken. @param skipped those that are not */
export function stepsWithout(skipped: readonly StepName[]): readonly Step[] {
  return ALL.filter(({ name }) => !skipped.includes(name));
}
