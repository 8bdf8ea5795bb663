import type { Fence, Leases } from '../store/leases.ts';

/** How long a lease lasts that is not renewed, by the store's clock: so long nobody serves its servers at worst. */
export const LEASE_MS = 7000;
const RENEW_MS = 1500;

/**
 * We take it for lost so much earlier than the store does: what was begun under it is over, or broken off,
 * before anybody else begins.
 */
const MARGIN_MS = 1500;

/** A lease that is held, and renewed, until it is released or lost. */
export type Holding = {
  readonly fence: Fence;
  /** Aborted where the lease was lost: this process serves nothing any more. */
  readonly lost: AbortSignal;
  /** Whether it is held now, by our own clock; also where no timer could run meanwhile (the process stood still). */
  isHeld(): boolean;
  /** Gives it back, so that another can take it at once. Never throws. */
  release(): Promise<void>;
};

export type HoldingTimes = {
  readonly leaseMs: number;
  readonly renewMs: number;
  readonly marginMs: number;
  /** Milliseconds that only go forward, whatever becomes of the clock. */
  readonly monotonic: () => number;
};

const TIMES: HoldingTimes = {
  leaseMs: LEASE_MS,
  renewMs: RENEW_MS,
  marginMs: MARGIN_MS,
  monotonic: () => performance.now(),
};

/**
 * Renews a lease that was just taken.
 *
 * A store that is away is no loss yet: until the time is over nobody else can have it.
 *
 * @param askedAt when it was asked for, by `monotonic`: from then on its time runs
 */
export function holdLease(
  leases: Leases,
  fence: Fence,
  askedAt: number,
  times: Partial<HoldingTimes> = {},
): Holding {
  const { leaseMs, renewMs, marginMs, monotonic } = { ...TIMES, ...times };
  const lost = new AbortController();
  let validUntil = askedAt + leaseMs - marginMs;
  let renewing: Promise<void> | undefined;

  const renewal = setInterval(() => {
    renewing ??= renew().finally(() => {
      renewing = undefined;
    });
  }, renewMs);
  let deadline = setTimeout(check, validUntil - monotonic());

  async function renew(): Promise<void> {
    if (!isHeld()) return end();
    const asked = monotonic();
    try {
      const [held] = await leases.renew([fence], leaseMs);
      if (!held) return end();
    } catch {
      return;
    }
    validUntil = asked + leaseMs - marginMs;
    clearTimeout(deadline);
    if (!lost.signal.aborted) deadline = setTimeout(check, validUntil - monotonic());
  }

  function check(): void {
    if (!isHeld()) end();
    else deadline = setTimeout(check, validUntil - monotonic());
  }

  function end(): void {
    clearInterval(renewal);
    clearTimeout(deadline);
    lost.abort(new Error('the lease was lost'));
  }

  function isHeld(): boolean {
    return !lost.signal.aborted && monotonic() < validUntil;
  }

  return {
    fence,
    lost: lost.signal,
    isHeld,
    async release() {
      const held = isHeld();
      clearInterval(renewal);
      clearTimeout(deadline);
      await renewing;
      validUntil = Number.NEGATIVE_INFINITY;
      if (!held) return;
      try {
        await leases.release(fence);
      } catch {
        // It runs out by itself.
      }
    },
  };
}
