/** What a continuity desk looks for in one line; advisory, never a reason to hold anything back. */
export const MARK_KINDS = [
  'knows-too-much',
  'speaks-for-others',
  'thought-leaked',
  'out-of-card',
  'repetition',
  'assistant-voice',
] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** One remark on a line. */
export type Mark = {
  readonly kind: MarkKind;
  /** Words of the line that could be seen or heard, as they stand there; never anything else. */
  readonly quote: string;
  /** `rules`, or the name of the model that said so. */
  readonly by: string;
};

/** Who says so, where no model does. */
export const BY_RULES = 'rules';
