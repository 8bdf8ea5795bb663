/** What a report is made of, before it is a page or a text. */
export type Block =
  | {
      readonly kind: 'table';
      readonly caption: string;
      /** How its figures are worked out. */
      readonly how: string;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly Cell[])[];
    }
  | { readonly kind: 'facts'; readonly items: readonly Fact[] }
  | { readonly kind: 'folded'; readonly title: string; readonly examples: readonly ShownExample[] };

export type Column = { readonly label: string; readonly kind: 'text' | 'number' | 'bar' };

/** Text, or a share that is drawn where it can be. */
export type Cell = string | { readonly share: number };

export type Fact = { readonly label: string; readonly value: string };

/** Something of the data itself, with its hidden layers. */
export type ShownExample = {
  readonly title: string;
  readonly parts: readonly { readonly label: string; readonly text: string; readonly isHidden: boolean }[];
};

export type Section = {
  readonly id: string;
  readonly title: string;
  /** Its title where there is little room. */
  readonly short: string;
  /** What is said before its figures. */
  readonly note?: string;
  readonly blocks: readonly Block[];
};

/** `12.3 %`; what is more than nothing never looks like it. */
export function percent(share: number): string {
  const value = share * 100;
  if (value === 0) return '0 %';
  if (value > 0 && value < 0.1) return '< 0.1 %';
  return `${value.toFixed(1)} %`;
}

export function text(label: string): Column {
  return { label, kind: 'text' };
}

export function number(label: string): Column {
  return { label, kind: 'number' };
}

export const DRAWN: Column = { label: 'Drawn', kind: 'bar' };
