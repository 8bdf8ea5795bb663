import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '../errors.ts';
import type { Leases } from '../store/leases.ts';
import { StoreError } from '../store/scene-store.ts';
import { type FleetShape, type Group, groupsOf, isGroupName } from './groups.ts';
import { type Holding, type HoldingTimes, holdLease, LEASE_MS } from './holding.ts';

/** A group that this process serves. */
export type Taken = { readonly group: Group; readonly holding: Holding };

export type TakeOptions = {
  readonly leases: Leases;
  readonly shape: FleetShape;
  /** Names this process among all that share the store. */
  readonly holder: string;
  /** Names its machine: the one that serves less takes a free group first. */
  readonly machine: string;
  readonly signal: AbortSignal;
  readonly times?: Partial<HoldingTimes>;
  /** Between two looks for a free group; milliseconds. */
  readonly everyMs?: number;
  /** Nothing was free at first: the process waits until another ends. */
  readonly standsBy?: () => void;
};

const EVERY_MS = 500;

/** For each group that its machine serves already a process waits so long before it takes another. */
const GIVES_WAY_MS = 400;

/**
 * Takes the first group that nobody serves, and waits for one as long as there is none.
 *
 * @throws OperatorError where processes of another shape share the store: two would serve one server
 */
export async function takeGroup(options: TakeOptions): Promise<Taken> {
  const { leases, shape, holder, machine, signal, everyMs = EVERY_MS, times = {} } = options;
  const { monotonic = () => performance.now(), leaseMs = LEASE_MS } = times;
  const groups = groupsOf(shape);
  let told = false;
  for (;;) {
    signal.throwIfAborted();
    const taken = await tryToTake().catch((error: unknown) => {
      // A store that is away is waited for, as a free group is.
      if (!(error instanceof StoreError)) throw error;
      return undefined;
    });
    if (taken) return taken;
    if (!told) options.standsBy?.();
    told = true;
    await sleep(everyMs, undefined, { signal });
  }

  async function tryToTake(): Promise<Taken | undefined> {
    const held = await leases.held();
    refuseOtherShapes(held, groups);
    const ours = held.filter((lease) => isGroupName(lease.lease) && isOf(machine, lease.holder)).length;
    const free = groups.filter(({ name }) => !held.some(({ lease }) => lease === name));
    if (free.length > 0 && ours > 0) await sleep(ours * GIVES_WAY_MS, undefined, { signal });
    for (const group of free) {
      const askedAt = monotonic();
      const fence = await leases.take(group.name, holderName(machine, holder), leaseMs);
      if (!fence) continue;
      const holding = holdLease(leases, fence, askedAt, times);
      try {
        // Whoever began at the same moment with another shape sees ours, or we theirs.
        refuseOtherShapes(await leases.held(), groups);
      } catch (error) {
        await holding.release();
        throw error;
      }
      return { group, holding };
    }
    return undefined;
  }
}

function refuseOtherShapes(held: readonly { readonly lease: string }[], groups: readonly Group[]): void {
  const names = new Set(groups.map(({ name }) => name));
  const other = held.find(({ lease }) => isGroupName(lease) && !names.has(lease));
  if (!other) return;
  throw new OperatorError(
    `Other processes of this store split servers otherwise (${other.lease}): give all of them the same SHARDS and SHARDS_PER_PROCESS.`,
  );
}

function holderName(machine: string, holder: string): string {
  return `${machine}/${holder}`;
}

function isOf(machine: string, holder: string): boolean {
  return holder.startsWith(`${machine}/`);
}
