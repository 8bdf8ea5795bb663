import { foldKey } from '../../format/answer-json.ts';
import { DIMENSIONS, type Dimension, type Principle } from '../principles/principle.ts';
import type { PrincipleRef } from './verdict.ts';

const LONGEST_NAME = 80;
/** Shorter words of a principle's sentence are no quotation of it. Letters. */
const SHORTEST_QUOTE = 20;

/** Finds the principle that a judge names: one of those it was given, or one of its own. */
export type FindPrinciple = (
  name: string,
  dimension?: string,
) => { readonly ref: PrincipleRef; readonly known?: Principle };

/**
 * By id or name, however they are spelled; what stands behind a colon may be left out. Some judges copy
 * the sentence of the principle instead.
 */
export function findIn(principles: readonly Principle[]): FindPrinciple {
  const known = new Map<string, Principle>();
  const sentences = principles.map((principle) => ({ principle, sentence: foldedOf(principle).sentence }));
  for (const principle of principles) {
    for (const name of foldedOf(principle).names) known.set(name, principle);
  }
  return (said, dimension) => {
    const name = said.replace(/\s+/gu, ' ').trim().slice(0, 400);
    const folded = foldKey(name);
    const found =
      known.get(folded) ?? known.get(foldKey(name.split(/[:(]| [-–—] /u)[0] ?? '')) ?? quoted(folded);
    if (found) {
      return { ref: { id: found.id, name: found.name, dimension: found.dimension }, known: found };
    }
    const of = dimensionOf(dimension);
    return {
      ref: { name: name.slice(0, LONGEST_NAME).toWellFormed(), ...(of ? { dimension: of } : {}) },
    };
  };

  function quoted(folded: string): Principle | undefined {
    if (folded.length < SHORTEST_QUOTE) return undefined;
    const holding = sentences.filter(({ sentence }) => sentence.includes(folded));
    return holding.length === 1 ? holding[0]?.principle : undefined;
  }
}

type Folded = { readonly names: readonly [string, string]; readonly sentence: string };

/** Folded once: every answer is read against the same principles. */
const FOLDED = new WeakMap<Principle, Folded>();

function foldedOf(principle: Principle): Folded {
  const there = FOLDED.get(principle);
  if (there) return there;
  const { id, name, sign, asks, breaks } = principle;
  const sentence = foldKey(sign === 'negative' ? breaks : asks);
  const folded: Folded = { names: [foldKey(name), foldKey(id)], sentence };
  FOLDED.set(principle, folded);
  return folded;
}

/** `Character Development`, `emotional expression`: by the word that no other dimension has. */
function dimensionOf(said: string | undefined): Dimension | undefined {
  const words = said?.toLowerCase().match(/\p{L}+/gu) ?? [];
  const meant = new Set(words.flatMap((word) => DIMENSIONS.filter((one) => word.startsWith(STEMS[one]))));
  const [only] = meant;
  return meant.size === 1 ? only : undefined;
}

const STEMS: Readonly<Record<Dimension, string>> = {
  character: 'character',
  relationship: 'relation',
  emotion: 'emotion',
  action: 'action',
  atmosphere: 'atmospher',
  dialogue: 'dialog',
  narrative: 'narrativ',
  conflict: 'conflict',
  detail: 'detail',
  overall: 'overall',
  safety: 'safety',
  world: 'world',
};
