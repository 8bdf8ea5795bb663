import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import {
  type AsyncBuffer,
  asyncBufferFromFile,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
} from 'hyparquet';
import { OperatorError } from '../../../errors.ts';
import type { ReadRow } from './read-row.ts';

/** What people’s own files are packed with, beside what the reader knows itself. */
const COMPRESSORS: Compressors = {
  GZIP: (input) => new Uint8Array(gunzipSync(input)),
  BROTLI: (input) => new Uint8Array(brotliDecompressSync(input)),
  ZSTD: (input) => new Uint8Array(zstdDecompressSync(input)),
};

/**
 * The rows of a file of Parquet, one group of rows in memory at a time. A file that cannot be read is one row
 * with a fault.
 *
 * @throws OperatorError where there is no such file; the signal’s reason when aborted
 */
export async function* parquetRows(path: string, signal: AbortSignal): AsyncGenerator<ReadRow> {
  const file = await opened(path);
  let metadata: FileMetaData;
  try {
    metadata = await parquetMetadataAsync(file);
  } catch (error) {
    yield unreadable(1, error);
    return;
  }
  let row = 0;
  for (const group of metadata.row_groups) {
    signal.throwIfAborted();
    const rows = Number(group.num_rows);
    let isDamaged = false;
    const parsers = {
      stringFromBytes(bytes: Uint8Array | undefined): string | undefined {
        // Nothing there is no empty string.
        if (bytes === undefined) return undefined;
        try {
          return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
        } catch {
          isDamaged = true;
          return new TextDecoder().decode(bytes);
        }
      },
    };
    let values: Record<string, unknown>[];
    try {
      const range = { rowStart: row, rowEnd: row + rows };
      values = await parquetReadObjects({ file, metadata, ...range, parsers, compressors: COMPRESSORS });
    } catch (error) {
      yield unreadable(row + 1, error);
      return;
    }
    for (const [at, value] of values.entries()) {
      const faults: ReadRow['faults'] =
        isDamaged && at === 0
          ? [
              {
                fault: 'not-utf-8',
                what: `among the rows from here to ${row + rows} are bytes that are no UTF-8`,
              },
            ]
          : [];
      yield { row: row + at + 1, value, faults };
    }
    row += rows;
  }
}

async function opened(path: string): Promise<AsyncBuffer> {
  try {
    return await asyncBufferFromFile(path);
  } catch (error) {
    throw new OperatorError(`${path} cannot be read: check the path.`, error);
  }
}

function unreadable(row: number, error: unknown): ReadRow {
  const why = error instanceof Error ? error.message : String(error);
  return {
    row,
    faults: [{ fault: 'unreadable', what: `it cannot be read as Parquet: ${why.slice(0, 160)}` }],
  };
}
