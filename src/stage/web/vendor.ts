import { readFile } from 'node:fs/promises';

/**
 * The browser loads Discord's look (`@skyra/discord-components-core`, on Lit) straight from
 * node_modules: no bundler, an import map instead.
 */
const PACKAGES = [
  '@skyra/discord-components-core',
  '@lit/context',
  '@lit/reactive-element',
  'lit',
  'lit-element',
  'lit-html',
] as const;

export type Vendor = {
  readonly importMap: { readonly imports: Readonly<Record<string, string>> };
  /** A module of these packages by its path below `/vendor/`; undefined for all else. */
  read(path: string): Promise<Uint8Array | undefined>;
};

type Manifest = { readonly version: string; readonly exports?: Readonly<Record<string, unknown>> };

export async function createVendor(): Promise<Vendor> {
  const roots = new Map<string, URL>();
  const imports: Record<string, string> = {};
  for (const name of PACKAGES) {
    const entry = import.meta.resolve(name);
    const folder = `/node_modules/${name}/`;
    const root = new URL(entry.slice(0, entry.lastIndexOf(folder) + folder.length));
    const { version, exports } = JSON.parse(
      await readFile(new URL('package.json', root), 'utf8'),
    ) as Manifest;
    // The version is in the address, so that a browser may keep the file for good.
    const place = `${name}@${version}`;
    roots.set(place, root);
    imports[name] = `/vendor/${place}/${browserEntryOf(name)}`;
    imports[`${name}/`] = `/vendor/${place}/`;
    // The components' names differ from their files'; Lit's do not, but for builds we do not want.
    for (const [from, to] of Object.entries(exports ?? {})) {
      if (from.startsWith('./') && typeof to === 'string') {
        imports[name + from.slice(1)] = `/vendor/${place}${to.slice(1)}`;
      }
    }
  }

  return {
    importMap: { imports },
    async read(path) {
      const [, place = '', file = ''] = /^((?:@[\w-]+\/)?[\w-]+@[\w.-]+)\/([\w./-]+\.js)$/.exec(path) ?? [];
      const root = roots.get(place);
      if (!root || file.includes('..')) return undefined;
      return readFile(new URL(file, root)).catch(() => undefined);
    },
  };
}

/** Lit's packages keep the browser's build in the root; `node/` holds another. */
function browserEntryOf(name: (typeof PACKAGES)[number]): string {
  switch (name) {
    case '@skyra/discord-components-core':
      return 'dist/index.js';
    case '@lit/reactive-element':
      return 'reactive-element.js';
    case 'lit-html':
      return 'lit-html.js';
    default:
      return 'index.js';
  }
}
