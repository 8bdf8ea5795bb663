import type { ProseField } from '../cast/changes/proposal.ts';
import { fold } from '../format/fold.ts';
import { createQuotes, type Quotes } from './find-quote.ts';
import type { Material } from './material.ts';
import { capitalisesNouns, wordsIn } from './names-in.ts';
import { rootsOf } from './sentences.ts';

/** What checks look things up in; made once for a card and a text. */
export type Known = {
  readonly material: Material;
  readonly quotes: Quotes;
  /** Every word, folded: whoever is named must be among them. */
  readonly words: ReadonlySet<string>;
  readonly roots: ReadonlySet<string>;
  /** Roots of what anyone could know, and of what nobody but the person knows. */
  readonly openRoots: ReadonlySet<string>;
  readonly hiddenRoots: ReadonlySet<string>;
  /** The person's own names: their words, folded, and their roots. */
  readonly ownNames: ReadonlySet<string>;
  readonly ownRoots: ReadonlySet<string>;
  readonly nounsAreLarge: boolean;
};

export function knownOf(material: Material): Known {
  const { character, passages } = material;
  const all = passages.map(({ text }) => text).join('\n');
  const names = [character.name, character.nickname ?? '', ...character.aliases].join('\n');
  const rootsOfAll = (known: 'open' | 'hidden') =>
    new Set(
      rootsOf(
        passages
          .filter((one) => one.known === known)
          .map(({ text }) => text)
          .join('\n'),
      ),
    );
  return {
    material,
    quotes: createQuotes(passages),
    words: wordsIn(`${all}\n${names}`),
    roots: new Set(rootsOf(`${all}\n${names}`)),
    openRoots: new Set([...rootsOfAll('open'), ...rootsOf(names)]),
    hiddenRoots: rootsOfAll('hidden'),
    ownNames: new Set([...wordsIn(names)].map(fold)),
    ownRoots: new Set(rootsOf(names)),
    nounsAreLarge: capitalisesNouns(all),
  };
}

/** The same, where that was found of the person, and nobody may know of it. */
export function withHidden(known: Known, found: string): Known {
  return { ...known, hiddenRoots: new Set([...known.hiddenRoots, ...rootsOf(found)]) };
}

/** What nobody but the person is to know, so that additions to it stay away from the public sheet. */
export const HIDDEN_FIELDS: ReadonlySet<ProseField> = new Set(['background', 'motivation', 'relations']);
