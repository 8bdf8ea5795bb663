import type { Settings } from '../../../config/environment.ts';
import type { PlannedModel } from '../../../lab/calls/planned.ts';
import type { PlanInput } from '../../../lab/eval/plan.ts';
import type { ModelRole } from '../../../model/model-settings.ts';
import type { CoserFlags } from './coser-flags.ts';

/** What is known of the models of a run without asking anybody; a role that nobody plays yet has no name. */
export function plannedModels(
  settings: Settings,
  { models }: Pick<CoserFlags, 'models'>,
): PlanInput['models'] {
  const planned = (role: ModelRole): PlannedModel => {
    const asked = models[role];
    const offered = settings.offered.find(({ id, takesKey }) => id === asked && !takesKey)?.settings;
    const own = offered ?? settings.models[role] ?? settings.models.actor;
    const name = offered?.name ?? asked ?? own?.name ?? '(not set)';
    const price = own?.price;
    return { name, ...(price ? { price: { ...price, cached: price.cached ?? price.prompt } } : {}) };
  };
  return {
    actor: planned('actor'),
    director: planned('director'),
    narrator: planned('narrator'),
    judge: planned('judge'),
  };
}
