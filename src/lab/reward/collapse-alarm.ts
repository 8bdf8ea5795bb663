import type { CollapseFigures } from '../patterns/collapse-monitor.ts';

const EVERY_MS = 15_000;

/**
 * Says once when one pattern begins to have more than its share, and once when that is over (her-spec 7.7).
 * Figures cost some milliseconds, so they are looked at now and then and not with every turn.
 */
export function watchCollapse(
  figures: () => CollapseFigures,
  say: (line: string) => void,
  everyMs = EVERY_MS,
): { readonly look: () => void; readonly close: () => void } {
  let isOn = false;
  function look(): void {
    const { alarm, top1Share, top1Pattern, n } = figures();
    if (alarm === isOn) return;
    isOn = alarm;
    const share = `${Math.round(top1Share * 100)} % of the last ${n} turns are ${top1Pattern}`;
    say(isOn ? `collapse: ${share}; the policy writes to one mould.` : `collapse: over; ${share}.`);
  }
  const timer = setInterval(look, everyMs).unref();
  return { look, close: () => clearInterval(timer) };
}
