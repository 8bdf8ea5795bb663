import type { SchemaElement } from 'hyparquet';
import type { Columns, ColumnType, Json } from '../engines/columns.ts';

/** The columns as Parquet has them: groups before what is in them, lists in three levels. */
export function parquetSchema(columns: Columns): SchemaElement[] {
  return [{ name: 'root', num_children: Object.keys(columns).length }, ...children(columns)];
}

function children(columns: Columns): SchemaElement[] {
  return Object.entries(columns).flatMap(([name, type]) => elements(name, type));
}

function elements(name: string, type: ColumnType): SchemaElement[] {
  const self = { name, repetition_type: 'OPTIONAL' } as const;
  if (type === 'string') return [{ ...self, type: 'BYTE_ARRAY', converted_type: 'UTF8' }];
  if (type === 'int64') return [{ ...self, type: 'INT64' }];
  if (type === 'bool') return [{ ...self, type: 'BOOLEAN' }];
  if ('struct' in type) {
    return [{ ...self, num_children: Object.keys(type.struct).length }, ...children(type.struct)];
  }
  return [
    { ...self, num_children: 1, converted_type: 'LIST', logical_type: { type: 'LIST' } },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    ...elements('element', type.list),
  ];
}

/** A value of JSON as the writer takes it; what is not there is null. */
export function parquetValue(value: Json | undefined, type: ColumnType): unknown {
  if (value === undefined || value === null) return null;
  if (type === 'int64') return BigInt(Number(value));
  if (typeof type === 'string') return value;
  if ('list' in type) {
    return Array.isArray(value) ? value.map((one: Json) => parquetValue(one, type.list)) : null;
  }
  const fields = new Map(Object.entries(value));
  return Object.fromEntries(
    Object.entries(type.struct).map(([name, inner]) => [name, parquetValue(fields.get(name), inner)]),
  );
}
