import type { Row } from '../engines/columns.ts';

/** A file of rows that is there, whole, only once it is kept. @throws OperatorError where it cannot be written */
export type RowFile = {
  /** @param json the row, written out */
  write(row: Row, json: string): Promise<void>;
  keep(): Promise<void>;
  /** Takes away what was begun; once it is kept nothing happens. */
  discard(): Promise<void>;
};
