/**
 * The form that an answer is to have, in each notation that some endpoint enforces. What comes out is
 * parsed and judged as any other answer.
 */
export type AnswerForm = {
  /** Without anchors; the whole answer is to match. */
  readonly regex: string;
  /** GBNF, from `root`. */
  readonly grammar: string;
  readonly json: {
    readonly name: string;
    readonly schema: Readonly<Record<string, unknown>>;
    /** The same with a `pattern` for each text, which not every endpoint takes. */
    readonly patterned: Readonly<Record<string, unknown>>;
    /** Tells the model of it, at the prompt’s end. */
    readonly reminder: string;
  };
  /** A draft without it could not be used. */
  readonly again: boolean;
};

/** Best first: the first two stream as they are, JSON can only be read once it is whole. */
export const NOTATIONS = ['regex', 'grammar', 'json'] as const;
export type Notation = (typeof NOTATIONS)[number];
