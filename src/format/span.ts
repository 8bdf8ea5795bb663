/** What a stretch of text is set off by. */
export type SpanMark =
  | 'square'
  | 'paren'
  | 'curly'
  | 'angle'
  | 'corner'
  | 'star'
  | 'bold'
  | 'code'
  | 'tilde'
  | 'bars';

/** A stretch set off by marks: `text.slice(from, to)`, its content `text.slice(inFrom, inTo)`. */
export type Span = {
  readonly mark: SpanMark;
  readonly from: number;
  readonly to: number;
  readonly inFrom: number;
  readonly inTo: number;
  /** One of its marks is missing: it reaches to the end of its line, or from the span before it. */
  readonly broken: boolean;
};

/** A mark that opened and is not closed yet. */
export type OpenMark = { readonly mark: SpanMark; readonly from: number; readonly length: number };
