export const MB = 1024 * 1024;

/** What a card may have as text: a JSON file, or what a picture or an archive carries. */
export const MAX_CARD = 10 * MB;
/** What a file may have that carries a card beside a picture: PNG, CharX. */
export const MAX_CARRIER = 32 * MB;
/** Parsing YAML takes seconds a megabyte, on the one thread that plays every scene. Characters. */
export const MAX_YAML = MB / 2;
export const MAX_PICTURE = 8 * MB;
/** A picture is small as a file and huge once it is unpacked: pixels a side, and in all. */
export const MAX_SIDE = 4096;
export const MAX_PIXELS = 16_000_000;

/** For messages: `11.0 MB`. */
export function inMb(bytes: number): string {
  return `${(bytes / MB).toFixed(1)} MB`;
}
