/**
 * A number in [0, 1) that is always the same for the same seed and place: what is left to chance
 * can be replayed from the log. (Mixing after the finalizer of MurmurHash3.)
 */
export function chance(seed: number, ...place: readonly number[]): number {
  let hash = seed | 0;
  for (const part of place) hash = mix(Math.imul(hash, 31) + (part | 0) + 0x9e3779b9);
  return (mix(hash) >>> 0) / 4294967296;
}

/** One of `items`, or undefined where there is none. */
export function pick<T>(items: readonly T[], seed: number, ...place: readonly number[]): T | undefined {
  return items[Math.floor(chance(seed, ...place) * items.length)];
}

function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
