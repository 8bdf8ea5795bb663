/** A value of JSON, as it stands in a row. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json | undefined };

export type Row = Readonly<Record<string, Json>>;

/** The type of a column of Parquet. Any value of it may be missing. */
export type ColumnType =
  | 'string'
  | 'int64'
  | 'bool'
  | { readonly list: ColumnType }
  | { readonly struct: Columns };

export type Columns = Readonly<Record<string, ColumnType>>;

/** Chat messages, as every engine knows them. */
export const MESSAGES: ColumnType = { list: { struct: { role: 'string', content: 'string' } } };
