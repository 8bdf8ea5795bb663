import { fold } from '../../../format/fold.ts';
import { ENVIRONMENT } from '../../../scene/beat.ts';

/** What may stand around a name and is none of it. */
const QUOTED = /^(["“”'‘’*_]+)(.+?)["“”'‘’*_]+$/u;

/** Whoever reads “Nurse: Ann: Yes.” takes the first for the end of the name. */
const COLONS = /[:：]/gu;

/**
 * One spelling for each person of a conversation, the first that comes: two are of one person where they are the
 * same without case, accents, widths, blanks and the kind of their quotation marks.
 */
export function createNameOf(): (name: string) => string {
  const known = new Map<string, string>([[keyOf(ENVIRONMENT.name), ENVIRONMENT.name]]);
  return (name) => {
    const bare = name.normalize('NFC').replace(COLONS, ' ').replace(/\s+/gu, ' ').trim();
    const plain = bare.replace(QUOTED, '$2').trim();
    const key = keyOf(plain);
    // A name of signs that fold to nothing stands for itself.
    if (key === '') return plain;
    const spelling = known.get(key) ?? plain;
    known.set(key, spelling);
    return spelling;
  };
}

function keyOf(name: string): string {
  return fold(name)
    .replace(/[’‘`´]/gu, "'")
    .replace(/[“”]/gu, '"')
    .trim();
}

const SMALL = new Set('of the de la le du von van der den and in at on from with'.split(' '));

/**
 * Whether what stands before a colon could be a name: few words, no stop but of a title, and none but small words
 * in lower case.
 */
export function looksLikeName(text: string): boolean {
  if (text === '' || text.length > 40 || /[!?,;:"“”<>{}|\\/=]/u.test(text)) return false;
  if (/\.(?!\s|$|\p{L}\.)|\b\p{L}{5,}\./u.test(text)) return false;
  const words = text.trim().split(/\s+/u);
  if (words.length > 5 || !/^\p{L}/u.test(text)) return false;
  return words.every((word, at) => !/^\p{Ll}/u.test(word) || (at > 0 && SMALL.has(word)));
}
