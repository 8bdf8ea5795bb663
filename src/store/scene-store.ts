import type { Beat } from '../scene/beat.ts';
import type { Counters } from './counters.ts';
import type { Fence, Leases } from './leases.ts';

/**
 * What the engine asks of storage. One key a beat, never a page rewritten, so that an append costs
 * the same at beat 10 and at beat 100,000.
 */
export type SceneStore = {
  /** One write. `beat.n` must be the log's length + 1; throws `StoreError` where the write failed. */
  append(scene: string, beat: Beat): Promise<void>;
  /** Writes a beat again in its place; only to erase or amend its text. */
  rewrite(scene: string, beat: Beat): Promise<void>;
  /** Beats `from` (1-based, inclusive) to the end of the log, in order. */
  read(scene: string, from?: number): AsyncIterable<Beat>;
  /** Number of its beats: O(log n) looks, where it is not remembered. */
  length(scene: string): Promise<number>;
  /** Nothing is remembered of this log any more, as where a scene leaves memory. */
  letGo(scene: string): void;
  /** Removes a scene's log, record and deliveries. */
  erase(scene: string): Promise<void>;

  /** Small JSON documents by kind and id (scene records, deliveries, settings, counters). */
  get(kind: DocumentKind, id: string): Promise<unknown>;
  put(kind: DocumentKind, id: string, value: unknown): Promise<void>;
  remove(kind: DocumentKind, id: string): Promise<void>;
  ids(kind: DocumentKind): AsyncIterable<string>;

  /** Who among the processes that share the store may write what. */
  readonly leases: Leases;
  /** The same store for whoever holds this lease: the store refuses its writes once another took it. */
  under(fence: Fence): SceneStore;
  /**
   * Told of what other processes that share the store write: 'everything' where something may have been missed,
   * as when it begins to listen. Returns what ends it.
   */
  watch(listener: (change: Change | 'everything') => void): () => void;

  /** What was used of budgets. */
  readonly counters: Counters;
  /** What is put here is encrypted, or in memory only: a secret may be. */
  readonly keepsSecrets: boolean;

  /**
   * Makes sure that nothing is left of what was overwritten or removed in the store's own files, as far as
   * we can. `quickly`: in the log of what was written of late alone, which is where a single change is left.
   */
  purge?(quickly?: boolean): Promise<void>;
  close(): Promise<void>;
};

export type DocumentKind =
  | 'scene' // SceneRecord by scene id
  | 'room' // { scene, log } by the place id of a room
  | 'delivery' // Delivery by `<scene>/<n>`
  | 'message' // { scene, n } by the surface's message id
  | 'heard' // { scene, log, n } by the id of a message that a player wrote
  | 'webhook' // stage/discord: the webhook of a channel
  | 'stage' // what else a surface keeps of a place: its scene card, what it has seen
  | 'server' // per-server settings and approval
  | 'person' // personas and consents
  | 'card' // a server's own characters by `<server>/<id>`
  | 'world' // and lorebooks
  | 'principle' // what a server's people ask of its lines, by server
  | 'choice' // which of several versions a person preferred, by `<log>/by/<person>/<of which line>`
  | 'counter' // caps
  | 'application' // what may join the stage with a token of its own: by id, without the token
  | 'audit'; // entries of the moderators' logs by `<server>/<key that grows>`

/** A document that another process wrote or removed. */
export type Change = { readonly kind: DocumentKind; readonly id: string };

export class StoreError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreError';
  }
}

/** One entry cannot be read, now or ever; what else is stored can. */
export class DamagedError extends StoreError {
  constructor(message: string) {
    super(message);
    this.name = 'DamagedError';
  }
}

/** One entry is sealed with a key that is not here: with that key it can be read. */
export class UnknownKeyError extends DamagedError {
  constructor(message: string) {
    super(message);
    this.name = 'UnknownKeyError';
  }
}
