import { chmod, rename, rm } from 'node:fs/promises';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import { OperatorError } from '../../../errors.ts';
import { version } from '../../eval/version.ts';
import type { Columns, Row } from '../engines/columns.ts';
import { parquetSchema, parquetValue } from './parquet-schema.ts';
import type { RowFile } from './row-file.ts';

/** Rows that are held before they are written as one group, and characters of them. */
const GROUP_ROWS = 1000;
const GROUP_CHARS = 8_000_000;

/**
 * A file of Parquet, written group by group, that is there, whole, only once it is kept.
 * @throws OperatorError, as all it does, where it cannot be written
 */
export async function openParquetFile(path: string, columns: Columns): Promise<RowFile> {
  const part = `${path}.part`;
  const orUnwritable = async <T>(work: () => T | Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw new OperatorError(`${path} cannot be written: check --out, and whether the disk is full.`, error);
    }
  };
  const writer = await orUnwritable(
    () =>
      new ParquetWriter({
        writer: fileWriter(part),
        schema: parquetSchema(columns),
        // Least and greatest texts would stand in the file’s foot for everyone who lists it.
        statistics: false,
        createdBy: `dramatis version ${version()}`,
      }),
  );
  let rows: Row[] = [];
  let chars = 0;
  let isKept = false;

  async function writeGroup(): Promise<void> {
    if (rows.length === 0) return;
    const columnData = Object.entries(columns).map(([name, type]) => ({
      name,
      data: rows.map((row) => parquetValue(row[name], type)),
      offsetIndex: false,
    }));
    await orUnwritable(() => writer.write({ columnData, rowGroupSize: rows.length }));
    rows = [];
    chars = 0;
  }

  return {
    async write(row, json) {
      rows.push(row);
      chars += json.length;
      if (rows.length >= GROUP_ROWS || chars >= GROUP_CHARS) await writeGroup();
    },
    async keep() {
      await writeGroup();
      await orUnwritable(() => writer.finish());
      await chmod(part, 0o600);
      await rename(part, path);
      isKept = true;
    },
    async discard() {
      if (!isKept) await rm(part, { force: true });
    },
  };
}
