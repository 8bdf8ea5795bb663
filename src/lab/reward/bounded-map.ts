/** A map that forgets what was used the longest ago. */
export type BoundedMap<Value> = {
  readonly size: number;
  /** What all that is kept weighs. */
  readonly bytes: number;
  /** Counts as a use. */
  get(key: string): Value | undefined;
  /** @param bytes about; what alone weighs more than all may is not kept */
  set(key: string, value: Value, bytes: number): void;
};

/** Bounded in entries and in bytes, whichever is reached first. */
export function createBoundedMap<Value>(most: {
  readonly entries: number;
  readonly bytes: number;
}): BoundedMap<Value> {
  // A map keeps the order in which entries were put into it: the first is the one used the longest ago.
  const kept = new Map<string, { readonly value: Value; readonly bytes: number }>();
  let bytes = 0;

  function drop(key: string): void {
    bytes -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  }

  return {
    get size() {
      return kept.size;
    },
    get bytes() {
      return bytes;
    },
    get(key) {
      const entry = kept.get(key);
      if (!entry) return undefined;
      kept.delete(key);
      kept.set(key, entry);
      return entry.value;
    },
    set(key, value, weight) {
      drop(key);
      if (weight > most.bytes || most.entries < 1) return;
      kept.set(key, { value, bytes: weight });
      bytes += weight;
      for (const oldest of kept.keys()) {
        if (kept.size <= most.entries && bytes <= most.bytes) break;
        drop(oldest);
      }
    },
  };
}
