/** Looks whether a part is in order: `undefined` where it is, else what is wrong, in a few words of ours. */
export type Check = () => string | undefined | Promise<string | undefined>;

/** Whether this process can do its work now, part by part. */
export type Readiness = {
  /** From now on a part is looked at by this; it takes the place of what looked before. */
  watch(part: string, check: Check): void;
  /** Work is not taken any more: from now on it is not ready, whatever else is in order. */
  stopping(): void;
  look(): Promise<{ readonly ready: boolean; readonly parts: Readonly<Record<string, string>> }>;
};

/** Who asks waits no longer for a part that does not answer. */
const PATIENCE_MS = 2000;

/** @param patienceMs how long a part is waited for */
export function createReadiness(patienceMs = PATIENCE_MS): Readiness {
  const checks = new Map<string, Check>();
  let stopping = false;

  async function lookAt(check: Check): Promise<string | undefined> {
    const { promise: late, resolve } = Promise.withResolvers<string>();
    const timer = setTimeout(() => resolve('does not answer'), patienceMs);
    try {
      return await Promise.race([check(), late]);
    } catch (error) {
      // Its kind alone: messages may quote addresses and keys.
      return error instanceof Error ? error.name : 'fails';
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    watch(part, check) {
      checks.set(part, check);
    },
    stopping() {
      stopping = true;
    },
    async look() {
      const looked = await Promise.all(
        [...checks].map(async ([part, check]) => [part, await lookAt(check)] as const),
      );
      const parts = Object.fromEntries(looked.map(([part, wrong]) => [part, wrong ?? 'ok']));
      if (stopping) parts['process'] = 'shutting down';
      return { ready: !stopping && looked.every(([, wrong]) => wrong === undefined), parts };
    },
  };
}
