/** The right to write, until another takes the lease: the store refuses what is written under an older token. */
export type Fence = { readonly lease: string; readonly token: number };

/** A lease that is held now. */
export type Held = {
  readonly lease: string;
  readonly holder: string;
  readonly token: number;
  readonly msLeft: number;
};

/** Who among the processes that share a store may write what. All times are by the store's own clock. */
export type Leases = {
  /**
   * Takes a lease that nobody holds or whose time (milliseconds) ran out. Each taking has a higher token than
   * all before it. Undefined where somebody holds it.
   */
  take(lease: string, holder: string, ms: number): Promise<Fence | undefined>;
  /** Their time runs anew; false for each that was lost (taken by another, or released). */
  renew(fences: readonly Fence[], ms: number): Promise<readonly boolean[]>;
  release(fence: Fence): Promise<void>;
  held(): Promise<readonly Held[]>;
};

/** Leases of a store that one process alone can use. */
export function createLocalLeases(now: () => number = () => performance.now()): Leases {
  const taken = new Map<string, { holder: string; token: number; until: number }>();
  let token = 0;

  function current({ lease, token: of }: Fence): { until: number } | undefined {
    const found = taken.get(lease);
    return found?.token === of ? found : undefined;
  }

  return {
    async take(lease, holder, ms) {
      const before = taken.get(lease);
      if (before && before.until > now()) return undefined;
      token += 1;
      taken.set(lease, { holder, token, until: now() + ms });
      return { lease, token };
    },
    async renew(fences, ms) {
      return fences.map((fence) => {
        const found = current(fence);
        if (found) found.until = now() + ms;
        return found !== undefined;
      });
    },
    async release(fence) {
      if (current(fence)) taken.delete(fence.lease);
    },
    async held() {
      return [...taken]
        .map(([lease, { holder, token: of, until }]) => ({ lease, holder, token: of, msLeft: until - now() }))
        .filter(({ msLeft }) => msLeft > 0);
    },
  };
}
