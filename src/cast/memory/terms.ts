import { fold } from '../../format/fold.ts';

/** Words that say nothing of what is spoken of, folded; other languages' are known by how common they are. */
const EMPTY = new Set(
  (
    'a about after again ah all also always am an and any are as ask at away back be because been before being but by ' +
    'can come could did do does doing done dont down else enough even ever every for from get give go going good got ' +
    'had has have he hello her here hers him his how i if ill im in into is isnt it its ive just know last let lets ' +
    'like little look made make many may maybe me might mine more most much must my myself never no nobody none nor ' +
    'not nothing now of off oh ok okay old on once one only or other our out over own perhaps please put quite rather ' +
    'really right said say says see shall she should since so some something still such sure take tell than thank ' +
    'thanks that thats the their them then there these they theyre thing things think this those thought though time ' +
    'to too two under until up upon us very want was way we well went were what whats when where which while who whom ' +
    'whose why will with without wont would yeah yes yet you your youre yours oui non ja nein sim sí да нет ' +
    '是的 好的 不是 没有 什么 我们 你们 他们 はい です ます した'
  )
    .split(' ')
    .map(fold),
);

/** Scripts that are written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;

/**
 * What a text is about, term by term: words without case, accents, plural or possessive `s`; of
 * scripts without spaces pairs of neighbouring characters. Words that say nothing are left out.
 */
export function termsOf(text: string): string[] {
  const folded = fold(text).replace(/(?<=\p{L})['’]s?(?!\p{L})/gu, '');
  const pairs: string[] = [];
  const spaced = folded.replace(UNSPACED, (run) => {
    const letters = [...run];
    if (letters.length === 1) pairs.push(run);
    for (let at = 0; at + 1 < letters.length; at += 1) pairs.push(`${letters[at]}${letters[at + 1]}`);
    return ' ';
  });
  const words = (spaced.match(/[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*/gu) ?? []).map((word) =>
    word.replace(/['’]/g, ''),
  );
  return [...words.filter((word) => word.length > 1 || /\p{N}/u.test(word)), ...pairs]
    .filter((term) => !EMPTY.has(term))
    .map(singular);
}

/** Crude, and the same for what is sought and what is found: that is all it has to be. */
function singular(word: string): string {
  return /^[a-z]{2,}[^sui\W]s$/.test(word) ? word.slice(0, -1) : word;
}
