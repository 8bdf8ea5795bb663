import type { EvalRun } from './eval-run.ts';
import { remarksOn } from './remarks.ts';
import type { CaseResult, Manifest, RoleUse } from './result.ts';
import type { RunSettings } from './run-settings.ts';
import { version } from './version.ts';

/** All that is needed to know what a run's figures may be compared with, and to get them again. */
export function manifestOf(
  run: EvalRun,
  told: {
    readonly settings: RunSettings;
    readonly started: string;
    readonly cases: readonly CaseResult[];
    readonly roles: Readonly<Record<string, RoleUse>>;
  },
): Manifest {
  const { name, sha256, scenes, skipped } = run.data;
  const { settings } = told;
  return {
    format: 1,
    benchmark: 'coser',
    version: version(),
    protocol: run.protocol,
    seed: run.seed,
    data: { name, sha256, scenes: scenes.length, played: told.cases.length, skipped },
    prompts: { source: run.prompts.source, hash: run.prompts.hash },
    judge: {
      model: run.models.judge.model.name,
      hash: String(settings['judge prompt']),
      times: run.times,
    },
    settings,
    roles: told.roles,
    currency: run.currency,
    started: told.started,
    ended: new Date().toISOString(),
    remarks: [...remarksOn(run), ...run.remarks],
  };
}
