import { type Recall, recallOf } from '../../cast/memory/recall.ts';
import { createVectors, type Vectors } from '../../cast/memory/vectors.ts';
import type { EmbeddingModel } from '../../model/embedding-model.ts';
import type { View } from '../../scene/view.ts';

/** How one mind finds what it perceived long ago: by the words, and by what they mean. */
export type Memory = {
  readonly recall: Recall;
  /** Vectors of one model say nothing to another: with another they start anew. */
  vectors(model: EmbeddingModel): Vectors;
};

/** Of one view, and of nothing else; it goes when the view does, as after a rewind. */
export function createMemory(view: View): Memory {
  let known: { readonly model: EmbeddingModel; readonly vectors: Vectors } | undefined;
  return {
    recall: recallOf(view),
    vectors(model) {
      if (known?.model !== model) known = { model, vectors: createVectors(view) };
      return known.vectors;
    },
  };
}
