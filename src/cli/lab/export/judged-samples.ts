import { grmSamples } from '../../../lab/export/grm/grm-samples.ts';
import type { ExportRun } from '../../../lab/export/run-export.ts';
import type { ExportFlags } from './export-flags.ts';

/** Samples for the judge, of a folder of `lab judge`. */
export function judgedSamples(
  folder: string,
  { kinds, seed, maxTokens }: Pick<ExportFlags, 'kinds' | 'seed' | 'maxTokens'>,
): NonNullable<ExportRun['judged']> {
  const wanted = (['grm-sft', 'grm-rl'] as const).filter((kind) => kinds.includes(kind));
  return {
    name: folder,
    samples: (signal) => grmSamples(folder, { kinds: wanted, seed, maxTokens }, signal),
  };
}
