import type { Side } from './verdict.ts';

/** Whom a judge means: a side, both, neither, nobody ahead, or somebody who was not there. */
export type Meant = Side | 'both' | 'none' | 'tie' | 'third';

export type Called = {
  /** What each candidate was called. */
  readonly labels: Readonly<Record<Side, string>>;
  readonly shownFirst: Side;
};

const LONGEST = 300;
const FILLING = words(
  'candidate candidates cand response answer option reply turn version line the is are was better best winner wins win won preferred number choice by they it of this one s a and clearly slightly',
);
const TIE = words('tie tied draw equal equals equally even same similar undecided');
const NONE = words('neither none nobody null nothing no');
const FIRST = words('1 first 1st');
const SECOND = words('2 second 2nd');
/** `A`, `Response B`, `Option A is better`. */
const LETTER =
  /^(?:the )?(?:(?:candidate|cand|response|answer|option|reply|turn|version|line) )?([ab])(?: (?:is |was )?(?:the )?(?:better|best|wins?|winner))?$/u;
const DENIED = /\b(?:not|never|cannot|nor|worse|weaker|loses?|unlike)\b|n['’]t\b/u;

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

/**
 * Reads whom a judge named: a label, `candidate 1`, `Response B`, `tie`. Positions count as shown. Of a
 * sentence a label is taken only where it is the one that is named and nothing is denied. Undefined
 * where nothing stands there.
 */
export function whoIs(value: unknown, { labels, shownFirst }: Called): Meant | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).slice(0, LONGEST).normalize('NFKC').toLowerCase();
  const all: readonly string[] = text.match(/\p{L}+|\p{N}+(?:(?:st|nd)\b)?/gu) ?? [];
  if (all.length === 0) return undefined;
  // The form, not filled in.
  if (/[|/]/u.test(text)) return 'third';
  const shownSecond = shownFirst === 'first' ? 'second' : 'first';
  const letter = LETTER.exec(all.join(' '))?.[1];
  if (letter !== undefined) return letter === 'a' ? shownFirst : shownSecond;

  const meant = new Set(all.filter((word) => !FILLING.has(word)).map(meantBy));
  const [only] = meant;
  if (only === undefined) return 'third';
  if (meant.size === 1) return only;
  const sides = meant.has('first') && meant.has('second');
  if (sides && meant.size === 2) return 'both';
  if (meant.has('tie') && meant.size === (sides ? 3 : 2) && (sides || meant.has('both'))) return 'tie';
  return namedAlone(text, meant);

  function meantBy(word: string): Meant {
    if (word === labels.first.toLowerCase()) return 'first';
    if (word === labels.second.toLowerCase()) return 'second';
    if (FIRST.has(word)) return shownFirst;
    if (SECOND.has(word)) return shownSecond;
    if (TIE.has(word)) return 'tie';
    if (NONE.has(word)) return 'none';
    return word === 'both' ? 'both' : 'third';
  }

  /** `KV, since it answers her`: other words are no names, as long as they deny nothing. */
  function namedAlone(text: string, meant: ReadonlySet<Meant>): Meant {
    const side = (['first', 'second'] as const).find((one) => all.includes(labels[one].toLowerCase()));
    const others = [...meant].filter((one) => one !== 'third' && one !== side);
    return side !== undefined && others.length === 0 && !DENIED.test(text) ? side : 'third';
  }
}
