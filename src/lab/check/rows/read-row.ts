/** A fault in how a row is written down, whatever is in it. */
export type FormFault =
  | 'byte-order-mark'
  | 'carriage-return'
  | 'no-end-of-line'
  | 'blank-line'
  | 'not-utf-8'
  | 'not-json'
  | 'no-object'
  | 'json-list'
  | 'too-long-a-line'
  | 'unreadable';

export type ReadRow = {
  /** From 1. */
  readonly row: number;
  /** Undefined where it could not be read. */
  readonly value?: Readonly<Record<string, unknown>>;
  readonly faults: readonly { readonly fault: FormFault; readonly what: string }[];
};

/** Whether something is an object with names, and no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** More levels of lists and objects in each other nobody has a use for; most readers give up at some 1,000. */
const DEEPEST = 100;

/** Whether a value has more levels than that. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= DEEPEST; depth += 1) {
    level = level.flatMap((one): unknown[] =>
      typeof one === 'object' && one !== null ? Object.values(one) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}
