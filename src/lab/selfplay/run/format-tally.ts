import type { Call } from '../../calls/call.ts';
import type { SelfplayCase } from './result.ts';

/** How the tested model’s answers of one dialogue were written. */
export function createFormatTally() {
  const faults = new Map<string, number>();
  let [answers, usable, planned] = [0, 0, 0];
  return {
    add({ format }: Pick<Call, 'format'>): void {
      if (!format) return;
      answers += 1;
      usable += Number(format.usable);
      planned += format.planned;
      for (const fault of format.faults) faults.set(fault, (faults.get(fault) ?? 0) + 1);
    },
    read: (): Omit<SelfplayCase['format'], 'leaks'> => ({
      ...{ answers, usable, planned },
      faults: Object.fromEntries(faults),
    }),
  };
}
