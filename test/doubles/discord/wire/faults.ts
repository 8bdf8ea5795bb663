/** A fault to come: the next requests that fit meet it instead of, or after, their effect. */
export type Fault = {
  readonly method?: string;
  /** Against the path without `/api` and version. */
  readonly match: RegExp;
  /** Answered instead of the real answer; left out, only the delay or the cut happens. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** A body that is no JSON, such as the page of a proxy in front of Discord. */
  readonly page?: string;
  /** The answer breaks off in the middle of its body. */
  readonly cutBody?: boolean;
  readonly delayMs?: number;
  /** Cuts the connection without an answer. */
  readonly destroy?: boolean;
  /** The request does what it asks for, and the answer is what goes wrong. */
  readonly afterEffect?: boolean;
  /** How many requests it meets; one unless told otherwise. */
  readonly times?: number;
};

type InjectedFault = { hits(): number; remove(): void };

export type Faults = {
  inject(fault: Fault): InjectedFault;
  /** The fault this request meets, if any; each call uses up one. */
  take(method: string, path: string): Fault | null;
};

/** A list of faults, met in the order they were injected. */
export function createFaults(): Faults {
  const planned = new Set<{ fault: Fault; left: number; hits: number }>();
  return {
    inject(fault) {
      const entry = { fault, left: fault.times ?? 1, hits: 0 };
      planned.add(entry);
      return {
        hits: () => entry.hits,
        remove: () => void planned.delete(entry),
      };
    },
    take(method, path) {
      for (const entry of planned) {
        const { fault } = entry;
        if ((fault.method && fault.method !== method) || !fault.match.test(path)) continue;
        entry.hits += 1;
        entry.left -= 1;
        if (entry.left <= 0) planned.delete(entry);
        return fault;
      }
      return null;
    },
  };
}
