import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabModel } from '../../src/lab/calls/call.ts';
import { WHOLE } from '../../src/lab/coser/protocol.ts';
import type { CoserScene } from '../../src/lab/coser/scene.ts';
import type { EvalRun } from '../../src/lab/eval/eval-run.ts';
import { runEval } from '../../src/lab/eval/run-eval.ts';
import { ourPrompts } from '../../src/lab/prompts/ours.ts';
import { openBulkModels } from '../../src/model/bulk-models.ts';
import { modelSettingsSchema } from '../../src/model/model-settings.ts';
import { KINDS, type Kind } from './service-times.ts';

export const ROUNDS = 20;

/** The models of a run at one server: they share its limit, as those of one endpoint do. */
export function openBenchModels(baseUrl: string, concurrency: number): Record<Kind, LabModel> {
  const settings = KINDS.map((name) => modelSettingsSchema.parse({ name, baseUrl, concurrency }));
  const opened = openBulkModels(settings).map((model): [string, LabModel] => [
    model.name,
    { model, endpoint: baseUrl, ask: model.ask, bodyOf: model.bodyOf },
  ]);
  return Object.fromEntries(opened) as Record<Kind, LabModel>;
}

export type Models = ReturnType<typeof openBenchModels>;

/** A run as `lab eval coser` has it, in a folder of its own that is gone afterwards. */
export async function runOurs(scenes: readonly CoserScene[], models: Models, rounds = ROUNDS) {
  const out = await mkdtemp(join(tmpdir(), 'dramatis-bench-'));
  try {
    return await runEval(evalRun(out, scenes, models, rounds), new AbortController().signal);
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

export function evalRun(
  out: string,
  scenes: readonly CoserScene[],
  models: Models,
  maxRounds: number,
): EvalRun {
  return {
    out,
    data: { name: 'bench', sha256: '0'.repeat(64), scenes, skipped: 0 },
    protocol: 'fixed',
    prompts: ourPrompts(),
    models,
    ablation: WHOLE,
    maxRounds,
    continueFrom: 0,
    choice: 'model',
    seed: 1,
    times: 1,
    currency: 'USD',
    remarks: [],
    progress: () => {},
  };
}
