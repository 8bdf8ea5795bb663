import { watch } from 'node:fs/promises';

/**
 * Calls back at each change in a folder, one call at a time, until it is aborted. Rejects where the folder
 * cannot be watched.
 */
export async function followFolder(
  dir: string,
  onChange: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const _change of watch(dir, { persistent: false, signal })) await onChange();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
