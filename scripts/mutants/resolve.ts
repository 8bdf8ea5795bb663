import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const STAND_INS = new Map(
  ['vitest', 'fast-check'].map((name) => [name, pathToFileURL(join(import.meta.dirname, `${name}.ts`)).href]),
);
const OURS = pathToFileURL(import.meta.dirname).href;

/** Modules that are loaded in fresh copies. Paths are absolute. */
export type FreshModules = {
  /** What is loaded from now on is loaded anew. */
  renew(): void;
  load(path: string): Promise<unknown>;
  /** Whether a file that was loaded needs another one, through whatever is between. */
  needs(path: string, other: string): boolean;
};

/**
 * From now on the files under a folder are loaded anew with each `renew()`: a module’s constants are made when
 * it is loaded, so a mutant in one of them shows only in a fresh copy. `vitest` and `fast-check` are stood in
 * for; all other packages are loaded once.
 */
export function loadAnew(root: string): FreshModules {
  const inside = `${pathToFileURL(root).href}/`;
  const sources = new Map<string, string>();
  const imports = new Map<string, Set<string>>();
  let generation = 0;
  const inGeneration = (url: string) => `${url}?generation=${generation}`;
  registerHooks({
    resolve(specifier, context, next) {
      const standIn = STAND_INS.get(specifier);
      if (standIn && !context.parentURL?.startsWith(OURS)) return { url: standIn, shortCircuit: true };
      const found = next(specifier, context);
      const isRenewed = found.url.startsWith(inside) && !found.url.includes('/node_modules/');
      const [parent = ''] = (context.parentURL ?? '').split('?');
      const [child = ''] = found.url.split('?');
      if (isRenewed) imports.set(parent, (imports.get(parent) ?? new Set()).add(child));
      return isRenewed && !found.url.includes('?') ? { ...found, url: inGeneration(found.url) } : found;
    },
    // Types are taken away once: that takes longer than all else there is to loading.
    load(url, context, next) {
      const [path = '', renewed] = url.split('?');
      if (renewed === undefined || !path.startsWith(inside) || !path.endsWith('.ts'))
        return next(url, context);
      const source = sources.get(path) ?? stripTypeScriptTypes(readFileSync(fileURLToPath(path), 'utf8'));
      sources.set(path, source);
      return { format: 'module', source, shortCircuit: true };
    },
  });
  function reached(url: string, known = new Set<string>()): ReadonlySet<string> {
    if (known.has(url)) return known;
    known.add(url);
    for (const next of imports.get(url) ?? []) reached(next, known);
    return known;
  }

  return {
    needs: (path, other) => reached(pathToFileURL(path).href).has(pathToFileURL(other).href),
    renew: () => void generation++,
    // Node remembers what a name stood for in a file, so this one must bring its generation along.
    load: (path) => import(inGeneration(pathToFileURL(path).href)),
  };
}
