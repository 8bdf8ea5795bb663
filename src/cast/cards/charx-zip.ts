import { inflateRawSync } from 'node:zlib';
import { inMb } from './file-limits.ts';

const MAX_ENTRIES = 1000;
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END_SIZE = 22;
const MAX_COMMENT = 0xffff;

export type ZipFile = {
  readonly names: readonly string[];
  /**
   * Unpacks one file of at most `limit` bytes, whatever the archive says of its size.
   * @throws Error where it is larger or broken
   */
  read(name: string, limit: number): Uint8Array;
};

type Entry = {
  readonly name: string;
  readonly encrypted: boolean;
  readonly method: number;
  readonly from: number;
  readonly to: number;
};

/** Whether a zip archive ends here; a picture may stand before it. */
export function endsAsZip(bytes: Uint8Array): boolean {
  return findEnd(viewOf(bytes)) !== undefined;
}

/**
 * Opens a zip archive for reading single files out of it; nothing is unpacked before it is asked for, and
 * nothing is ever written. The archive's own list counts; a picture may stand before the archive.
 * @throws Error for what no honest archive has: paths that lead out of it, files that overlap, twice the
 *   same name, more than 1,000 files
 */
export function openZip(bytes: Uint8Array): ZipFile {
  const view = viewOf(bytes);
  const entries = new Map<string, Entry>();
  for (const entry of listed(view)) {
    const trick = trickIn(entry.name);
    if (trick) throw new Error(`holds a file named ${JSON.stringify(entry.name.slice(0, 80))}: ${trick}`);
    if (entries.has(entry.name)) throw new Error(`holds "${entry.name}" twice`);
    entries.set(entry.name, entry);
  }
  refuseOverlaps([...entries.values()]);

  function read(name: string, limit: number): Uint8Array {
    const entry = entries.get(name);
    if (!entry) throw new Error(`holds no ${name}`);
    if (entry.encrypted) throw new Error('is locked with a password');
    const packed = bytes.subarray(entry.from, entry.to);
    const tooLarge = `holds a ${name} of more than ${inMb(limit).replace('.0', '')} when it is unpacked`;
    if (entry.method === 0) {
      if (packed.length > limit) throw new Error(tooLarge);
      return packed;
    }
    if (entry.method !== 8) throw new Error(`holds a ${name} that is packed in a way only few programs know`);
    try {
      return inflateRawSync(packed, { maxOutputLength: limit });
    } catch (error) {
      throw new Error(error instanceof RangeError ? tooLarge : `holds a ${name} that is broken`, {
        cause: error,
      });
    }
  }

  return { names: [...entries.keys()], read };
}

/** What a name tries that no file of a card needs. */
function trickIn(name: string): string | undefined {
  if (name.includes('\0')) return 'a name may hold no zero byte';
  if (name.includes('\\')) return 'a name may hold no backslash';
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return 'a path may not be absolute';
  if (name.split('/').includes('..')) return 'a path may not lead out of the archive';
  return undefined;
}

/** The central directory, with the places of the files' data. */
function listed(view: DataView): Entry[] {
  const end = findEnd(view);
  if (end === undefined) throw new Error('is a broken zip archive: its list of files is missing');
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  if (count > MAX_ENTRIES) {
    throw new Error(`holds ${count.toLocaleString('en')} files; a CharX may hold 1,000 at most`);
  }
  let at = end - size;
  // What stands before the archive moves all its places.
  const start = at - view.getUint32(end + 16, true);
  if (at < 0 || start < 0) throw new Error('is a broken zip archive: its list of files is cut off');
  const entries: Entry[] = [];
  for (let n = 0; n < count; n++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) {
      throw new Error('is a broken zip archive: its list of files is damaged');
    }
    const nameLength = view.getUint16(at + 28, true);
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw new Error('is a broken zip archive: its list of files is damaged');
    const name = new TextDecoder().decode(bytesOf(view, at + 46, nameLength));
    const local = start + view.getUint32(at + 42, true);
    entries.push({
      name,
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      ...placeOf(view, local, view.getUint32(at + 20, true), end - size),
    });
    at = next;
  }
  return entries;
}

/** Where a file's data lies: behind its own header, whose length only the header itself tells. */
function placeOf(view: DataView, local: number, packed: number, end: number): { from: number; to: number } {
  if (local + 30 > end || view.getUint32(local, true) !== LOCAL) {
    throw new Error('is a broken zip archive: a file in it is not where the list says');
  }
  const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (from + packed > end) throw new Error('is a broken zip archive: a file in it is cut off');
  return { from, to: from + packed };
}

/** Archives in which many files share their bytes are small and unpack without end. */
function refuseOverlaps(entries: Entry[]): void {
  let reached = 0;
  for (const { from, to, name } of entries.sort((one, other) => one.from - other.from)) {
    if (from < reached) throw new Error(`holds files that overlap ("${name.slice(0, 80)}")`);
    reached = to;
  }
}

function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - END_SIZE;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  return undefined;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function bytesOf(view: DataView, at: number, length: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + at, length);
}
