import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { NamedModel } from './named-models.ts';

/** Where a model is: whole, in part while it comes, and the tag by which its server knows that part. */
export type ModelPaths = { readonly whole: string; readonly part: string; readonly tag: string };

export function pathsOf({ file }: Pick<NamedModel, 'file'>, folder: string): ModelPaths {
  const whole = join(folder, file);
  return { whole, part: `${whole}.part`, tag: `${whole}.part.etag` };
}

/** Bytes of a file; undefined where there is none. */
export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch {
    return undefined;
  }
}

/** Deletes what came of a model that is not whole. */
export async function discardPart({ part, tag }: ModelPaths): Promise<void> {
  await rm(part, { force: true });
  await rm(tag, { force: true });
}
