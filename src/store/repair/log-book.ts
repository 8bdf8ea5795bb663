import { beatKey, readBeatKey } from '../beat-keys.ts';
import type { Finding } from './finding.ts';

/** Which beats there are, and how far each log can be read. */
export type LogBook = {
  /** @param sound it can be read */
  note(key: string, sound: boolean): void;
  /** Whether that beat is there and can be reached from the beginning of its log. */
  has(log: string, n: number): boolean;
  /** Logs that break off: what comes after is set aside. */
  cuts(): readonly Finding[];
  /** Logs that belong to none of these scenes; from then on they count as not there. */
  takeOutAllBut(logs: ReadonlySet<string>): readonly Finding[];
};

export function createLogBook(): LogBook {
  const logs = new Map<string, { sound: Set<number>; all: number[] }>();
  /** Beats from the first on that are there and can be read. */
  const lengths = new Map<string, number>();

  function lengthOf(log: string): number {
    const known = lengths.get(log);
    if (known !== undefined) return known;
    const sound = logs.get(log)?.sound ?? new Set();
    let length = 0;
    while (sound.has(length + 1)) length += 1;
    lengths.set(log, length);
    return length;
  }

  return {
    note(key, sound) {
      const { log, n } = readBeatKey(key);
      const of = logs.get(log) ?? { sound: new Set(), all: [] };
      if (sound) of.sound.add(n);
      of.all.push(n);
      logs.set(log, of);
    },
    has: (log, n) => n >= 1 && n <= lengthOf(log),
    cuts: () =>
      [...logs].flatMap(([log, { sound, all }]) => {
        const length = lengthOf(log);
        const after = all.filter((n) => n > length);
        if (after.length === 0) return [];
        const why = all.includes(length + 1) && !sound.has(length + 1) ? 'is damaged' : 'is missing';
        const text = `scene ${log}: beat ${length + 1} ${why}; ${length} beats before it are whole, ${after.length} from there on cannot be reached`;
        return [{ text, places: after.map((n) => ({ kind: 'beat' as const, key: beatKey(log, n) })) }];
      }),
    takeOutAllBut: (known) =>
      [...logs]
        .filter(([log]) => !known.has(log))
        .map(([log, { all }]) => {
          logs.delete(log);
          return {
            text: `${all.length} beats of ${log} belong to no scene`,
            places: all.map((n) => ({ kind: 'beat' as const, key: beatKey(log, n) })),
          };
        }),
  };
}
