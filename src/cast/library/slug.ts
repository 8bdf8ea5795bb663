/**
 * A name as an id: lower case, without accents, words joined by hyphens; letters of every script
 * stay. Never empty, never longer than 60 characters.
 */
export function slugOf(name: string): string {
  const slug = plainOf(name)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+/, '')
    .slice(0, 60)
    // Half of a letter that takes two places would be no file name.
    .replace(/[\p{Cs}-]+$/u, '');
  return slug || 'character';
}

/** For comparing: lower case, without accents and apostrophes. */
export function plainOf(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .normalize('NFC')
    .toLowerCase();
}
