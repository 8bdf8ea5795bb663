import { expect } from 'vitest';

type Schema = { readonly type?: unknown; readonly [key: string]: unknown };

/**
 * Every object that a schema asks for must have all of its fields and no others: servers that hold a model to a
 * schema refuse one that leaves that open.
 * @returns the fields as they come, objects and lists unfolded, with what each is to be
 */
export function strictFields(schema: Schema): unknown {
  if (schema.type === 'array') return [strictFields(schema['items'] as Schema)];
  if (schema['enum']) expect(schema.type).toBe('string');
  if (schema.type !== 'object') return schema['enum'] ?? schema.type;
  const properties = Object.entries(schema['properties'] as Record<string, Schema>);
  expect(schema['required']).toEqual(properties.map(([key]) => key));
  expect(schema['additionalProperties']).toBe(false);
  return properties.map(([key, one]) => [key, strictFields(one)]);
}
