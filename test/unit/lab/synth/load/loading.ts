import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { loadFiles } from '../../../../../src/lab/synth/load/load-files.ts';
import type { Loaded, SourceForm } from '../../../../../src/lab/synth/load/loaded.ts';

/** A fixture of this part. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../../../fixtures/lab/synth-load/${name}`, import.meta.url));
}

/** A file that is gone when the test is over. */
export function fileOf(name: string, content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'synth-load-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

export type LoadedAll = {
  readonly all: readonly Loaded[];
  readonly records: readonly Extract<Loaded, { kind: 'record' }>[];
  readonly rejects: readonly Extract<Loaded, { kind: 'reject' }>[];
};

/** All that files give, as a run of its own. */
export async function load(paths: string | readonly string[], form?: SourceForm): Promise<LoadedAll> {
  const known = new Set<string>();
  const seen = (id: string) => known.size === known.add(id).size;
  const files = [paths].flat().map((path) => ({ path, ...(form ? { form } : {}) }));
  const all = await Array.fromAsync(loadFiles(files, { seen }, new AbortController().signal));
  return {
    all,
    records: all.filter((one) => one.kind === 'record'),
    rejects: all.filter((one) => one.kind === 'reject'),
  };
}

/** `who: text` of each turn. */
export function spoken({ record }: LoadedAll['records'][number]): readonly string[] {
  return record.turns.map(({ speaker, text }) => `${speaker}: ${text}`);
}
