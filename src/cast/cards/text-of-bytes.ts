import type { Warn } from './tidy-value.ts';

/**
 * The text of a file: UTF-8, or UTF-16 where a byte order mark or the zeros beside the first letter show
 * it; what is neither is read as Windows-1252, as old editors wrote it.
 */
export function textOfBytes(bytes: Uint8Array, warn: Warn): string {
  const wide = wideEncoding(bytes);
  if (wide) return new TextDecoder(wide).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    warn('the text is not UTF-8 and was read as Windows-1252: some letters may be wrong');
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function wideEncoding([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === undefined || second === undefined) return undefined;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return undefined;
}
