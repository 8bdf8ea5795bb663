/** A piece of text that should be one value. `text` is absent where it is too large to hold. */
export type TextPiece = {
  readonly at: number;
  readonly text: string | undefined;
  readonly begins: string;
  /** The file ends within it. */
  readonly isCut?: boolean;
  /** It is no value, whatever it reads like. */
  readonly fault?: string;
};
