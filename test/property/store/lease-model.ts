import type { Fence } from '../../../src/store/leases.ts';

/** What leases promise, said as plainly as it can be. */
export type LeaseModel = {
  /** `ms` 0: its time is over at once. */
  take(lease: string, holder: string, ms: number): Fence | undefined;
  renew(fence: Fence, ms: number): boolean;
  release(fence: Fence): void;
  /** Whether the store takes what is written under it. */
  isCurrent(fence: Fence): boolean;
  isHeld(lease: string): boolean;
  /** Who holds what, sorted. */
  held(): readonly string[];
};

/** Tokens are counted: which number a store gives is its own affair, as long as each is higher than the last. */
export function createLeaseModel(): LeaseModel {
  const taken = new Map<string, { holder: string; token: number; ms: number }>();
  let token = 0;

  const current = ({ lease, token: of }: Fence) => {
    const found = taken.get(lease);
    return found?.token === of ? found : undefined;
  };

  const isHeld = (lease: string) => (taken.get(lease)?.ms ?? 0) > 0;

  return {
    take(lease, holder, ms) {
      if (isHeld(lease)) return undefined;
      token += 1;
      taken.set(lease, { holder, token, ms });
      return { lease, token };
    },
    renew(fence, ms) {
      const found = current(fence);
      if (found) found.ms = ms;
      return found !== undefined;
    },
    release(fence) {
      if (current(fence)) taken.delete(fence.lease);
    },
    isHeld,
    isCurrent: (fence) => current(fence) !== undefined,
    held: () =>
      [...taken]
        .filter(([, { ms }]) => ms > 0)
        .map(([lease, { holder }]) => `${lease}: ${holder}`)
        .toSorted(),
  };
}
