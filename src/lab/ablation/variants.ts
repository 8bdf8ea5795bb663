import type { Ablation } from '../coser/protocol.ts';

/** What can be turned the other way round: the paper’s ablations and its reviewers’. */
export const VARIANTS = ['plan', 'thoughts', 'dialect', 'best-of'] as const;
export type VariantName = (typeof VARIANTS)[number];

export type Variant = {
  readonly name: VariantName;
  /** How it differs from the whole, for people. */
  readonly words: string;
  readonly ablation: Ablation;
};

/** So many drafts, where the whole makes one of each turn. */
const DRAFTS = 4;

/** One thing of the whole the other way round, and nothing else. */
export function variantOf(name: VariantName, whole: Ablation): Variant {
  switch (name) {
    case 'plan': {
      const plan = !whole.plan;
      return { name, words: `${plan ? 'with' : 'without'} system thinking`, ablation: { ...whole, plan } };
    }
    case 'thoughts': {
      const thoughts = !whole.thoughts;
      return {
        name,
        words: `${thoughts ? 'with' : 'without'} role thinking`,
        ablation: { ...whole, thoughts },
      };
    }
    case 'dialect': {
      const dialect = whole.dialect === 'her' ? 'coser' : 'her';
      const form = dialect === 'her' ? 'HER’s tags' : 'CoSER’s brackets';
      return { name, words: `written in ${form}`, ablation: { ...whole, dialect } };
    }
    case 'best-of': {
      const bestOf = whole.bestOf > 1 ? 1 : DRAFTS;
      const words = bestOf > 1 ? `best of ${bestOf} drafts` : 'one draft of each turn';
      return { name, words, ablation: { ...whole, bestOf } };
    }
  }
}
