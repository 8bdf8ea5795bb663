import unhomoglyph from 'unhomoglyph';
import { fold, withoutInvisible } from '../format/fold.ts';

/**
 * Whether a reader may take one name for the other: in any case, width and spacing, with or without
 * accents, invisible and bidirectional marks, in letters of any script that look like these.
 * (Source of what looks alike: Unicode Technical Standard 39, `confusables.txt`, as `unhomoglyph` carries it.)
 */
export function looksLike(one: string, other: string): boolean {
  return uncased(one) === uncased(other) || asDrawn(one) === asDrawn(other);
}

/** The first of these names that a reader may take for this one. */
export function lookAlikeOf(name: string, others: Iterable<string>): string | undefined {
  const [plain, drawn] = [uncased(name), asDrawn(name)];
  for (const other of others) if (uncased(other) === plain || asDrawn(other) === drawn) return other;
  return undefined;
}

/** What a name reads as: lower case, nothing but letters and digits, those that look alike the same. */
export function skeletonOf(name: string): string {
  return uncased(name);
}

function uncased(name: string): string {
  // In lower case a sigma has another form at the end of a word.
  return lettersOf(unhomoglyph(fold(name).replaceAll('ς', 'σ')).toLowerCase());
}

/** Some letters look alike in one case only: a capital I and a small l. */
function asDrawn(name: string): string {
  const bare = withoutInvisible(name.normalize('NFKD')).replace(/\p{M}/gu, '');
  return lettersOf(unhomoglyph(bare));
}

/** A name of signs alone is compared by its signs. */
function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '') || text.replace(/\s/gu, '');
}
