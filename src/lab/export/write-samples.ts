import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../errors.ts';
import { openLineFile } from '../folder/line-file.ts';
import { columnsOf, type Form, formsFor, rowOf } from './engines/row-of.ts';
import { describeBytes } from './files/describe.ts';
import { openParquetFile } from './files/parquet-file.ts';
import type { RowFile } from './files/row-file.ts';
import { wellFormed } from './files/well-formed.ts';
import {
  ENGINES,
  type Engine,
  type ExportedFile,
  KINDS,
  type Kind,
  type Sample,
  SPLITS,
  type Split,
} from './sample.ts';

export type WriteOptions = {
  readonly out: string;
  readonly engines: readonly Engine[];
  readonly forms: readonly Form[];
  /** Left out: all of them are trained on. */
  readonly splitOf?: (sample: Sample) => Split;
};

export type WrittenSamples = {
  readonly files: readonly ExportedFile[];
  /** By kind and split. */
  readonly counts: Readonly<Partial<Record<Kind, Readonly<Partial<Record<Split, number>>>>>>;
  /** Samples in which halves of surrogate pairs were replaced. */
  readonly mended: number;
};

type Open = Pick<ExportedFile, 'path' | 'engine' | 'kind' | 'split' | 'form'> & {
  readonly file: RowFile;
  rows: number;
};

/**
 * Writes samples as they come, for every engine that can learn from them: `ENGINE/KIND.SPLIT.FORM`. All files
 * are there, whole, once all samples are written, or none is.
 *
 * @throws OperatorError where a file cannot be written; whatever the samples throw; the signal’s reason
 */
export async function writeSamples(
  samples: AsyncIterable<Sample>,
  { out, engines, forms, splitOf = () => 'train' }: WriteOptions,
  signal: AbortSignal,
): Promise<WrittenSamples> {
  const open = new Map<string, Open>();
  const counts: Partial<Record<Kind, Partial<Record<Split, number>>>> = {};
  let mended = 0;

  async function write(sample: Sample, split: Split): Promise<void> {
    const { kind } = sample;
    const index = counts[kind]?.[split] ?? 0;
    counts[kind] = { ...counts[kind], [split]: index + 1 };
    for (const engine of engines) {
      const row = rowOf(engine, sample, { index, split });
      if (!row) continue;
      const json = JSON.stringify(row);
      for (const form of formsFor(engine, kind, forms)) {
        const path = `${engine}/${kind}.${split}.${form}`;
        const file = open.get(path) ?? (await begin({ path, engine, kind, split, form }));
        await file.file.write(row, json);
        file.rows += 1;
      }
    }
  }

  async function begin(named: Omit<Open, 'file' | 'rows'>): Promise<Open> {
    const { path, engine, kind, form } = named;
    const whole = join(out, path);
    await makeFolder(join(out, engine));
    const columns = columnsOf(engine, kind) ?? {};
    const file = form === 'parquet' ? await openParquetFile(whole, columns) : openJsonLines(whole);
    const begun = { ...named, file, rows: 0 };
    open.set(path, begun);
    return begun;
  }

  try {
    for await (const sample of samples) {
      signal.throwIfAborted();
      const whole = wellFormed(sample);
      if (whole !== sample) mended += 1;
      await write(whole, splitOf(whole));
    }
    const files: ExportedFile[] = [];
    for (const { file } of open.values()) await file.keep();
    for (const { file: _, ...named } of [...open.values()].toSorted(byPlace)) {
      files.push({ ...named, ...(await describeBytes(join(out, named.path), signal)) });
    }
    return { files, counts, mended };
  } finally {
    for (const { file } of open.values()) await file.discard();
  }
}

function openJsonLines(path: string): RowFile {
  const { write, keep, discard } = openLineFile(path);
  return { write: (row) => write(row), keep, discard };
}

/** @throws OperatorError where it cannot be made */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw new OperatorError(`${path} cannot be made: check --out.`, error);
  }
}

/** In the order of engines, kinds and splits, whichever came first. */
function byPlace(one: Open, other: Open): number {
  const place = ({ engine, kind, split, form }: Open) =>
    ((ENGINES.indexOf(engine) * KINDS.length + KINDS.indexOf(kind)) * SPLITS.length + SPLITS.indexOf(split)) *
      2 +
    (form === 'parquet' ? 1 : 0);
  return place(one) - place(other);
}
