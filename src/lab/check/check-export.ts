import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OperatorError } from '../../errors.ts';
import type { ExportedFile } from '../export/sample.ts';
import { openDiskMap } from '../folder/disk-map.ts';
import { acrossRows } from './across-rows.ts';
import { type CheckedFile, type Checking, checkFile, type Told } from './check-file.ts';
import { checkDatasetInfo } from './dataset-info.ts';
import { collectFindings, type Finding } from './finding.ts';
import { readExport } from './read-export.ts';

export type CheckReport = {
  /** No error; warnings may be there. */
  readonly ok: boolean;
  readonly errors: number;
  readonly warnings: number;
  readonly files: readonly CheckedFile[];
  /** The first few of each rule and file. */
  readonly findings: readonly Finding[];
};

/**
 * Re-reads files of training data, or the whole folder of an export, and holds each row against its engine’s
 * own rules. Files are read as streams; what was seen of all rows is kept on disk.
 *
 * @param told of files that no `export.json` tells of
 * @throws OperatorError where something cannot be read; the signal’s reason when aborted
 */
export async function checkPaths(
  paths: readonly string[],
  told: Told,
  signal: AbortSignal,
): Promise<CheckReport> {
  const findings = collectFindings();
  await using across = await acrossRows(findings);
  await using batches = await batchIds();
  const checking: Checking = { findings, across, seenIn: batches.seenIn, signal };
  const files: CheckedFile[] = [];
  for (const path of paths) {
    if (!(await isFolder(path))) {
      files.push(await checkFile(path, path, told, checking));
      continue;
    }
    for (const exported of await readExport(path)) {
      const checked = await checkExported(path, exported, told, checking);
      if (checked) files.push(checked);
    }
  }
  const { errors, warnings, told: first } = findings;
  return { ok: errors === 0, errors, warnings, files, findings: first };
}

async function checkExported(
  folder: string,
  exported: ExportedFile,
  { maxTokens, engine, kind }: Told,
  checking: Checking,
): Promise<CheckedFile | undefined> {
  if ((engine && exported.engine !== engine) || (kind && exported.kind !== kind)) return undefined;
  const path = join(folder, exported.path);
  const { findings } = checking;
  const add = (rule: string, what: string, effect: string) =>
    findings.add({ rule, level: 'error', file: exported.path, what, effect });
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    add('file-missing', 'export.json names it, and it is not there', 'the engine does not find it');
    return undefined;
  }
  const checked = await checkFile(path, exported.path, { ...exported, maxTokens }, checking);
  const CHANGED = 'it is not what was exported: export again, or trust nothing that is said of it';
  if (checked.sha256 !== exported.sha256)
    add('sha256', 'it is not the file that export.json tells of', CHANGED);
  if (checked.rows !== exported.rows) {
    add('row-count', `${checked.rows} rows, export.json says ${exported.rows}`, CHANGED);
  }
  if (exported.engine === 'llama-factory') await checkDatasetInfo(path, exported.path, findings);
  return { ...checked, found: findings.countsOf(exported.path) };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw new OperatorError(`${path} cannot be read: check the path.`, error);
  }
}

/** Names of requests, on disk; those of one file at a time. */
async function batchIds(): Promise<AsyncDisposable & Pick<Checking, 'seenIn'>> {
  const folder = await mkdtemp(join(tmpdir(), 'dramatis-check-'));
  const seen = openDiskMap(join(folder, 'ids.db'));
  return {
    seenIn: (file) => ({
      has: (id) => seen.has(`${file}\n${id}`),
      add: (id) => seen.add(`${file}\n${id}`),
    }),
    async [Symbol.asyncDispose]() {
      seen[Symbol.dispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
