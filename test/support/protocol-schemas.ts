import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { FOLDER } from '../../scripts/schemas/documents.ts';

const ROOT = new URL('../../', import.meta.url);
// Formats and keywords beyond draft 7 are hints for people; what they stand for has a pattern as well.
const ajv = new Ajv({ strict: false, validateFormats: false, discriminator: false });
const compiled = new Map<string, ValidateFunction>();

/** What a published schema says against a message, as a client that reads the file would find; undefined: it fits. */
export function misfit(side: 'client' | 'server', message: { readonly type?: unknown }): string | undefined {
  // The one that its type names: a choice of all tells what is wrong with each.
  const path = `${side}#/definitions/${String(message.type)}`;
  const check = compiled.get(path) ?? compile(side, String(message.type));
  if (!check) return `there is no ${side} message ${String(message.type)}`;
  compiled.set(path, check);
  const fits: boolean = check(message);
  return fits ? undefined : `${path}: ${ajv.errorsText(check.errors)}`;
}

function compile(side: 'client' | 'server', type: string): ValidateFunction | undefined {
  const file = new URL(`${FOLDER}/${side}-message.schema.json`, ROOT);
  const schema = JSON.parse(readFileSync(file, 'utf8')) as { $id: string };
  if (!ajv.getSchema(schema.$id)) ajv.addSchema(schema);
  return ajv.getSchema(`${schema.$id}#/definitions/${type}`);
}
