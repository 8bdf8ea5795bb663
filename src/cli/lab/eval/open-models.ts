import type { Settings } from '../../../config/environment.ts';
import type { GcaModels } from '../../../lab/gca/simulate.ts';
import { openLabModels } from '../open-lab-models.ts';
import type { CoserFlags } from './coser-flags.ts';

/**
 * Opens the four models of a run, each by its flag, else as the settings have it.
 * @throws BadUse where one is not set; ModelError where an endpoint does not say what it serves
 */
export function openEvalModels(
  settings: Settings,
  { models: names, concurrency }: Pick<CoserFlags, 'models' | 'concurrency'>,
  signal: AbortSignal,
): Promise<Required<GcaModels>> {
  const roles = ['actor', 'director', 'narrator', 'judge'] as const;
  return openLabModels(settings, { roles, names, concurrency }, signal);
}

/** Opens the judge alone: in what was played before nobody else has a part. @throws as `openEvalModels` */
export async function openJudgeOnly(
  settings: Settings,
  { models: names, concurrency }: Pick<CoserFlags, 'models' | 'concurrency'>,
  signal: AbortSignal,
): Promise<Required<GcaModels>> {
  const { judge } = await openLabModels(settings, { roles: ['judge'], names, concurrency }, signal);
  return { actor: judge, director: judge, narrator: judge, judge };
}
