/** A piece of a turn in its raw wording; a turn's segments are made of these. */
export type Piece = { readonly kind: 'plan' | 'thought' | 'action' | 'speech'; readonly text: string };
