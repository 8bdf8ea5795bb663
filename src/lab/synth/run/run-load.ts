import { join } from 'node:path';
import { openDiskMap } from '../../folder/disk-map.ts';
import type { StepManifest } from './manifest.ts';
import { openStepWriter, stepFile } from './step-files.ts';
import type { SynthRun } from './synth-run.ts';

/**
 * Loads the sources: the first step, which asks nobody.
 * @throws OperatorError where a file cannot be read or written; the signal’s reason when aborted
 */
export async function runLoad(
  run: Pick<SynthRun, 'out' | 'sources' | 'load' | 'limit' | 'progress'>,
  settings: StepManifest['settings'],
  signal: AbortSignal,
): Promise<StepManifest> {
  const began = performance.now();
  const started = new Date().toISOString();
  const total = (run.sources ?? []).reduce((sum, { bytes }) => sum + bytes, 0);
  using names = openDiskMap(join(run.out, '.names.db'));
  const writer = openStepWriter(run.out, 'load');
  const counts: Record<string, number> = {};
  let [pieces, bytes] = [0, 0];

  function seen(id: string): boolean {
    if (names.has(id)) return true;
    names.add(id);
    return false;
  }

  function tell(): void {
    run.progress({
      ...{ step: 'load', title: 'loading', done: bytes, total, unit: 'bytes', rejected: writer.rejected },
      ...{ calls: { asked: 0, known: 0 }, tokens: 0, cost: undefined, ms: performance.now() - began },
    });
  }

  try {
    const onBytes = (now: number) => {
      bytes = now;
    };
    for await (const one of run.load({ seen, onBytes }, signal)) {
      signal.throwIfAborted();
      pieces += 1;
      if (one.kind === 'reject') {
        const { kind: _kind, where, ...reject } = one;
        await writer.reject({ ...reject, detail: [where, reject.detail].filter(Boolean).join(': ') }, true);
      } else {
        await writer.take(one.record);
        for (const reject of one.rejects) await writer.reject({ id: one.record.id, ...reject });
        for (const [name, count] of Object.entries(one.counts)) counts[name] = (counts[name] ?? 0) + count;
      }
      tell();
      if (writer.out === run.limit) break;
    }
    await writer.keep();
    return {
      ...{ name: 'load', state: 'done' },
      ...stepFile('load'),
      ...{ in: pieces, out: writer.out, rejected: writer.rejected, waiting: 0 },
      rejects: writer.rejects,
      counts,
      models: {},
      settings,
      started,
      seconds: Math.round(performance.now() - began) / 1000,
    };
  } finally {
    await writer.discard();
  }
}
