import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { OperatorError } from '../../errors.ts';

/**
 * What a folder was begun with; undefined where it is not begun yet.
 * @throws OperatorError where its file cannot be read, or is of another kind of run
 */
export async function readBegun<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.infer<Schema> | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new OperatorError(`${path} cannot be read: check --out.`, error);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new OperatorError(`${path} is of no such run: choose another --out.`, error);
  }
}

type Settings = Readonly<Record<string, string | number | boolean>>;

/** Each setting that is not as it was, in words. */
export function differencesBetween(known: Settings, now: Settings): string[] {
  return [...new Set([...Object.keys(known), ...Object.keys(now)])]
    .filter((name) => known[name] !== now[name])
    .map((name) => `${name} was ${known[name] ?? 'not there'}, now ${now[name] ?? 'not there'}`);
}
