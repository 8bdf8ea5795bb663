import { fold } from '../format/fold.ts';

const FEELS =
  '(?:feels?|felt|thinks?|thought|wants?|wanted|wishes|wish|wished|knows?|knew|believes?|believed|loves?|loved|hates?|hated|fears?|feared|hopes?|hoped|regrets?|regretted|env(?:y|ies|ied)|resents?|resented|suspects?|suspected|longs?|longed|despises?|despised|admires?|admired|dreams?|dreamed|intends?|intended|misses|missed|pities|pitied|trusts?|trusted)';
const KIN =
  '(?:mother|father|sister|brother|son|daughter|wife|husband|friend|rival|master|mistress|captain|neighbou?rs?|uncle|aunt|cousin|lover|enemy|teacher|king|queen|visitor|others?|man|woman|boy|girl)';
const PERSON = `(?:\\p{Lu}[\\p{L}’'-]+|(?:[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur) (?:\\p{L}+ )?${KIN})`;
const MIND = new RegExp(
  `(?<who>${PERSON})(?: (?:\\p{L}+ly|still|also|always|once|never|clearly))? (?<verb>${FEELS})\\b`,
  'gu',
);
/** What somebody else feels may be guessed at, feared or heard, but not known. */
const GUESSED =
  /(?:thinks?|believes?|suspects?|fears?|hopes?|guess(?:es)?|assumes?|supposes?|imagines?|doubts?|wonders? (?:if|whether)|said|says|told \p{L}+|tells? \p{L}+|heard|as if|sure|convinced)(?:,)?(?: that)?\s+$/iu;
/** Whoever is nobody in particular has no mind of its own. */
const NOBODY =
  /^(?:nobody|everyone|everybody|anyone|someone|somebody|people|who|whoever|she|he|they|it|we|you|i|this|that|one|most|some|many|all|and|but|what|if|when|as|then|the)$/iu;

/**
 * Whether a text tells what somebody else thinks or feels as a fact (her-spec 6.2: no reading of minds).
 * Rules of English: in other languages it finds nothing.
 *
 * @param own folded words of the person's own names
 */
export function readsOtherMind(text: string, own: ReadonlySet<string>): boolean {
  return [...text.matchAll(MIND)].some((match) => {
    const who = match.groups?.['who'] ?? '';
    if (NOBODY.test(who.replace(/['’].*$/u, ''))) return false;
    if (own.has(fold(who).replace(/['’]s?$/u, ''))) return false;
    return !GUESSED.test(text.slice(Math.max(0, match.index - 40), match.index));
  });
}
