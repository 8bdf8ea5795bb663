import { OperatorError } from '../../errors.ts';

const GIGABYTE = 1e9;

/**
 * Refuses a model that this machine cannot hold, before anything is loaded: a process that runs out of
 * memory is ended without a word.
 *
 * @param needs.weights bytes of the file’s weights
 * @param needs.context bytes that the context takes
 * @param bytes what there is, that of graphics cards included
 * @throws OperatorError in one line
 */
export function checkMemory(
  { path, contextSize }: { readonly path: string; readonly contextSize: number },
  needs: { readonly weights: number; readonly context: number },
  bytes: number,
): void {
  const all = needs.weights + needs.context;
  if (all <= bytes) return;
  const help =
    needs.weights < bytes ? 'lower its contextSize, or take a smaller file' : 'take a smaller file';
  throw new OperatorError(
    `${path} needs about ${inGigabytes(all)} of memory with a context of ${contextSize} tokens, and this machine has ${inGigabytes(bytes)}: ${help}`,
  );
}

function inGigabytes(bytes: number): string {
  return `${(bytes / GIGABYTE).toFixed(1)} GB`;
}
