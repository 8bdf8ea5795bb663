import { hashOf } from '../calls/call.ts';

/** What some system or other takes in no file name. */
const NO_NAME = /[/\\:*?"<>|\p{Cc}]/gu;
/** File systems take 255 bytes, the ending among them. */
const LONGEST_BYTES = 200;

/** A file name for each id, without an ending: as it is where it can be, no two alike. */
export function fileNamesOf(ids: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return ids.map((id) => {
    const bare = id.replaceAll(NO_NAME, '_');
    const short = shortened(bare);
    // Some file systems know no capitals.
    const isOwn = short === bare && !taken.has(bare.toLowerCase());
    const name = isOwn ? bare : `${short}-${hashOf(id).slice(0, 8)}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST_BYTES) return name;
  // Of a character that is cut in two nothing stays.
  return Buffer.from(name)
    .subarray(0, LONGEST_BYTES)
    .toString('utf8')
    .replace(/\uFFFD+$/u, '');
}
