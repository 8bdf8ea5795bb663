/**
 * The part of a fleet's servers that this process serves. A server, with all that is kept of it, is
 * served by exactly one process at a time: whoever holds the lease of its group (docs/scaling.md).
 */
export type Territory = {
  /** Name of the group, which is also that of its lease. */
  readonly group: string;
  /** Groups of other processes. */
  readonly others: readonly string[];
  /** Whether this process serves that server; `undefined`: what belongs to none (direct messages). */
  serves(server: string | undefined): boolean;
};

/** Whether this process serves that server; one that shares its store with no other serves all. */
export function serves({ territory }: { readonly territory?: Territory }, server?: string): boolean {
  return territory?.serves(server) ?? true;
}
