import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { CastFileError } from '../cast-file-error.ts';
import { CARD_BOOK } from '../lore/card-book.ts';
import type { World } from '../lore/world.ts';
import type { CardFile } from './card-folder.ts';
import { readWorldFile, type WorldReading } from './read-world-file.ts';
import { slugOf } from './slug.ts';
import { freeId, isIdOf } from './unique-ids.ts';
import { removeFile, writeWhole } from './write-whole.ts';

type WorldFile = {
  /** The folder it lies in, and its name there. */
  readonly dir: string;
  readonly name: string;
  readonly reading?: WorldReading;
  readonly problem?: string;
};

/** Lorebooks of a folder: in its `worlds/`, and those that were dropped beside the cards. */
export function createOwnWorlds(ownDir: string) {
  const dir = join(ownDir, 'worlds');
  let known = new Map<string, WorldFile & { readonly stamp: string }>();
  let byId: ReadonlyMap<string, WorldFile> = new Map();
  let worlds: readonly World[] = [];

  /** @param beside the files that lie among the cards */
  async function scan(beside: readonly CardFile[]): Promise<void> {
    const names = await readdir(dir).catch(() => []);
    const found: typeof known = new Map();
    for (const name of names.filter((one) => /^[^.].*\.(?:json|ya?ml)$/i.test(one)).sort()) {
      const facts = await stat(join(dir, name)).catch(() => undefined);
      if (!facts?.isFile()) continue;
      const stamp = `${facts.ino} ${facts.mtimeMs} ${facts.size}`;
      const before = known.get(name);
      found.set(name, before?.stamp === stamp ? before : { dir, name, stamp, ...(await read(name)) });
    }
    known = found;
    const dropped = beside.flatMap(({ name, world }) =>
      world ? [{ dir: ownDir, name, reading: world }] : [],
    );
    settle([...known.values(), ...dropped]);
  }

  async function read(name: string): Promise<Pick<WorldFile, 'reading' | 'problem'>> {
    try {
      return { reading: readWorldFile(await readFile(join(dir, name)), name) };
    } catch (error) {
      return { problem: `worlds/${error instanceof Error ? error.message : String(error)}` };
    }
  }

  /** A file named like an id of its world keeps that id; the rest take the next free one, by name. */
  function settle(files: readonly WorldFile[]): void {
    const ids = new Map<string, WorldFile>();
    const read = files.flatMap((file) => (file.reading ? [{ file, slug: slugOf(file.reading.name) }] : []));
    for (const { file, slug } of read) {
      const stem = slugOf(parse(file.name).name);
      if (isIdOf(slug, stem) && stem !== CARD_BOOK && !ids.has(stem)) ids.set(stem, file);
    }
    const settled = new Set(ids.values());
    for (const { file, slug } of read)
      if (!settled.has(file))
        ids.set(freeId(slug, { has: (one) => one === CARD_BOOK || ids.has(one) }), file);
    byId = ids;
    worlds = [...ids]
      .flatMap(([id, { reading }]) => (reading ? [worldOf(id, reading)] : []))
      .sort((one, other) => one.name.localeCompare(other.name, 'en'));
  }

  async function add(fileName: string, bytes: Uint8Array, rescan: () => Promise<void>) {
    const reading = readWorldFile(bytes, fileName);
    const same = [...byId].find(([, file]) => file.reading?.digest === reading.digest);
    const there = same && worlds.find((world) => world.id === same[0]);
    if (there) return { world: there, warnings: [`this world is here already, as ${there.id}`] };
    const stems = new Set([...known.keys()].map((name) => parse(name).name));
    const id = freeId(slugOf(reading.name), {
      has: (one) => one === CARD_BOOK || byId.has(one) || stems.has(one),
    });
    // Only its ending tells YAML.
    const isYaml = /\.ya?ml$/i.test(fileName);
    await writeWhole(dir, `${id}.${isYaml ? 'yaml' : 'json'}`, bytes);
    await rescan();
    const world = worlds.find((one) => one.id === id);
    if (!world) throw new CastFileError(fileName, 'was saved but cannot be read back: try again');
    return { world, warnings: reading.warnings };
  }

  async function remove(id: string, rescan: () => Promise<void>): Promise<boolean> {
    const file = byId.get(id);
    if (!file) return false;
    await removeFile(file.dir, file.name);
    await rescan();
    return true;
  }

  return {
    /** Where lorebooks are kept; made when missing. */
    async open() {
      await mkdir(dir, { recursive: true }).catch(() => undefined);
      return dir;
    },
    scan,
    add,
    remove,
    worlds: () => worlds,
    problems: () => [...known.values()].flatMap(({ problem }) => problem ?? []),
  };
}

function worldOf(id: string, { name, book, raw }: WorldReading): World {
  return { id, name, book: { ...book, id, name }, raw };
}
