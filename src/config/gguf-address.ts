import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const PREFIX = 'gguf:';

/** Whether a model’s name points to a GGUF file, which is played in this process: `gguf:PATH`. */
export function isGgufName(name: string | undefined): name is string {
  return name?.startsWith(PREFIX) ?? false;
}

/** Whether a name that begins so names a file, too. */
export function isWholeName(name: string): boolean {
  return !isGgufName(name) || name.slice(PREFIX.length).trim() !== '';
}
export const GGUF_RULE = 'must go on with the path of a file after gguf:';

/**
 * What such a name stands for: the file as an address, which takes an endpoint’s place, and its bare name,
 * which is what people are shown.
 *
 * @param name `gguf:` and a path, absolute or from the folder where the program was started
 */
export function ggufAddress(name: string): { readonly name: string; readonly baseUrl: string } {
  const path = resolve(name.slice(PREFIX.length).trim());
  return { name: basename(path), baseUrl: pathToFileURL(path).href };
}
