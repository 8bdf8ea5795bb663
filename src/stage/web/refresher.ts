/** Work that is asked for often and done as often as needed. */
export type Refresher = { refresh(): void; settled(): Promise<void> };

/** Asked for many times while it runs, it runs once more. `work` never rejects. */
export function createRefresher(work: () => Promise<void>): Refresher {
  let running: Promise<void> | undefined;
  let again = false;

  async function run(): Promise<void> {
    do {
      again = false;
      await work();
    } while (again);
    running = undefined;
  }

  return {
    refresh() {
      again = true;
      running ??= run();
    },
    settled: async () => running,
  };
}
