import type { Fence } from './leases.ts';
import { type Change, type DocumentKind, StoreError } from './scene-store.ts';

/** What must hold for a write, told to the store with it and checked there in the same step. */
export type Guard = {
  /** The lease under which it is written is still the current one. */
  readonly fence?: Fence | undefined;
  /**
   * There is no such entry yet, or it is one of these, as they were stored: earlier tries whose outcome is
   * unknown. Each try adds itself before it is sent, so that a late one never replaces what came after it.
   */
  readonly absentBut?: string[] | undefined;
  /** This entry is there. */
  readonly after?: string | undefined;
};

/** Writes of a store that several processes may use at once. */
export type GuardedWrites = {
  set(key: string, value: unknown, guard: Guard): Promise<void>;
  /** Only `fence` counts. */
  delete(keys: readonly string[], guard: Guard): Promise<void>;
};

/** What became of one: a store’s own word for it. */
export const OUTCOMES = ['done', 'stale', 'taken'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Another process took the lease: this one writes nothing any more. Nothing was changed. */
export class StaleWriteError extends StoreError {
  constructor() {
    super('Another process serves this by now: nothing was written.');
    this.name = 'StaleWriteError';
  }
}

/** The log is not as long as was thought: another process wrote to it. Nothing was changed. */
export class TakenError extends StoreError {
  constructor() {
    super('Another process wrote to this log: nothing was written. Only one may, see docs/scaling.md.');
    this.name = 'TakenError';
  }
}

/** @throws StaleWriteError, TakenError */
export function refuse(outcome: Outcome): void {
  if (outcome === 'stale') throw new StaleWriteError();
  if (outcome === 'taken') throw new TakenError();
}

/** Documents that processes keep in memory: of these they tell each other. */
const TOLD: ReadonlySet<string> = new Set<DocumentKind>(['server', 'person', 'principle']);

export function isTold(kind: string): kind is DocumentKind {
  return TOLD.has(kind);
}

/** How a change is told over the wire. `from`: the process that made it, which needs not be told. */
export function changeText(from: string, { kind, id }: Change): string {
  return JSON.stringify([from, kind, id]);
}

/** Undefined where it is our own, or no such text. */
export function readChange(text: string, ours: string): Change | undefined {
  try {
    const read: unknown = JSON.parse(text);
    if (!Array.isArray(read)) return undefined;
    const [from, kind, id]: unknown[] = read;
    if (from === ours || typeof kind !== 'string' || typeof id !== 'string' || !isTold(kind))
      return undefined;
    return { kind, id };
  } catch {
    return undefined;
  }
}

/** What is heard of other processes; `'everything'`: something may have been missed. */
export type ChangeListener = (change: Change | 'everything') => void;

/** Listeners to one source that is opened with the first of them. */
export type Changes = {
  watch(listener: ChangeListener): () => void;
  close(): Promise<void>;
};
