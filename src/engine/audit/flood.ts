/** In so many milliseconds so many entries of a server are shown one by one. */
export const FLOOD_MS = 10_000;
export const FLOOD_MOST = 20;

export type Flood = {
  /** Whether one more may be shown by itself at this moment; else it is counted with those that are folded. */
  takes(server: string, at: number): boolean;
  /** How many were folded since this was last asked. */
  folded(server: string): number;
};

/** Keeps a channel readable when very much happens at once. */
export function createFlood(): Flood {
  const shown = new Map<string, number[]>();
  const counts = new Map<string, number>();
  return {
    takes(server, at) {
      const lately = (shown.get(server) ?? []).filter((one) => at - one < FLOOD_MS && one <= at);
      shown.set(server, lately);
      if (lately.length < FLOOD_MOST) {
        lately.push(at);
        return true;
      }
      counts.set(server, (counts.get(server) ?? 0) + 1);
      return false;
    },
    folded(server) {
      const count = counts.get(server) ?? 0;
      counts.delete(server);
      return count;
    },
  };
}
