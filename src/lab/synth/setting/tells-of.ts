import { rootsOf } from '../../../enrich/sentences.ts';

/**
 * Whether a text tells what somebody keeps to themselves: roots that only that has, two of them and a third of
 * the text’s own.
 *
 * @param known what may be told anyway
 */
export function tellsOf(text: string, kept: string, known: string): boolean {
  const open = new Set(rootsOf(known));
  const secret = new Set(rootsOf(kept).filter((root) => !open.has(root)));
  if (secret.size === 0) return false;
  const roots = rootsOf(text);
  const shared = roots.filter((root) => secret.has(root)).length;
  return shared >= 2 && shared * 3 >= roots.length;
}
