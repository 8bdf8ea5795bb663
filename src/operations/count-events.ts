import type { Log, LogFacts } from '../log.ts';
import type { Metrics } from './metrics.ts';

/**
 * The same log, with what is reported to it counted: so that what operators read in the log and what they
 * see in figures is one and the same, at every LOG_LEVEL.
 */
export function countEvents(log: Log, metrics: Metrics): Log {
  const at = (level: keyof Log) => (event: string, facts?: LogFacts) => {
    metrics.events.inc({ level, event });
    if (facts) note(metrics, event, facts);
    log[level](event, facts);
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function note(metrics: Metrics, event: string, { outcome, ms, msToVisible, because, meter }: LogFacts): void {
  switch (event) {
    case 'turn-ended':
      metrics.turns.inc({ outcome: word(outcome) });
      if (typeof ms === 'number') metrics.turnSeconds.observe({ outcome: word(outcome) }, ms / 1000);
      if (typeof msToVisible === 'number') metrics.visibleSeconds.observe(msToVisible / 1000);
      return;
    case 'turn-held-back':
    case 'input-held-back':
    case 'line-held-back':
      metrics.heldBack.inc({ because: word(because ?? event) });
      return;
    case 'budget-stop':
      metrics.budgets.inc({ meter: word(meter) });
      return;
  }
}

/** A label is one of few words, whatever comes. */
function word(value: LogFacts[string]): string {
  return typeof value === 'string' && /^[a-z][a-z-]{0,40}$/i.test(value) ? value : 'other';
}
