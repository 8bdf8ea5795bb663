import { OperatorError } from '../../../errors.ts';
import type { Manifest, ManifestSource } from './manifest.ts';
import type { SynthRun } from './synth-run.ts';

/**
 * What a folder is made of: begins it, or holds it against what it was begun with. A file that is as long and
 * as old as it was is taken for the same; any other is read and compared.
 *
 * @throws OperatorError that names the file that differs
 */
export async function whatIsLoaded(
  { sources, out }: Pick<SynthRun, 'sources' | 'out'>,
  known: readonly ManifestSource[],
  signal: AbortSignal,
): Promise<Manifest['sources']> {
  if (!sources) return [...known];
  const now: ManifestSource[] = [];
  for (const [at, { path, form, bytes, modified, hash }] of sources.entries()) {
    const before = known[at];
    const isSame = before?.bytes === bytes && before.modified === modified && before.path === path;
    const sha256 = isSame ? before.sha256 : await hash(signal);
    if (before && (before.sha256 !== sha256 || before.form !== form)) {
      const how =
        before.sha256 === sha256 ? `was read as ${before.form}, now as ${form}` : 'is not what it was';
      throw new OperatorError(
        `${out} was begun with ${before.path}; ${path} ${how}. Choose another --out, or --redo load.`,
      );
    }
    now.push({ path, form, bytes, modified, sha256 });
  }
  if (known.length > 0 && known.length !== now.length) {
    throw new OperatorError(
      `${out} was begun with ${known.length} files, not ${now.length}. Choose another --out, or --redo load.`,
    );
  }
  return now;
}
