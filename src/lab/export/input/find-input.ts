import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../../errors.ts';
import { type Manifest, readManifest } from '../../synth/run/manifest.ts';
import { STEPS } from '../../synth/step.ts';
import { describeBytes } from '../files/describe.ts';

/** Where conversations are read from, and how they came about. */
export type Input = {
  readonly files: readonly string[];
  /** Of folders that `lab synth` made, by their paths. */
  readonly manifests: readonly { readonly folder: string; readonly manifest: Manifest }[];
  /** Of all files, in their order: another content is another export. */
  readonly sha256: string;
};

/**
 * Files as they are given; of a folder of `lab synth` the conversations of the last step that is done.
 * @throws OperatorError where there is no such file, or a folder has no step that is done
 */
export async function findInput(paths: readonly string[], signal: AbortSignal): Promise<Input> {
  const files: string[] = [];
  const manifests: { folder: string; manifest: Manifest }[] = [];
  for (const path of paths) {
    if (!(await isFolder(path))) {
      files.push(path);
      continue;
    }
    const manifest = await readManifest(path);
    if (!manifest) throw new OperatorError(`${path} is no folder of lab synth: it has no manifest.json.`);
    const last = STEPS.toReversed()
      .map((step) => manifest.steps.find(({ name, state }) => name === step && state === 'done'))
      .find((step) => step !== undefined);
    if (!last) throw new OperatorError(`${path} has no step that is done: go on with lab synth.`);
    files.push(join(path, last.file));
    manifests.push({ folder: path, manifest });
  }
  const hash = createHash('sha256');
  for (const file of files) hash.update((await describeBytes(file, signal)).sha256);
  return { files, manifests, sha256: hash.digest('hex') };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw new OperatorError(`${path} cannot be read: check the path.`, error);
  }
}
