import type { Call, LabModel } from '../../calls/call.ts';
import type { SynthRole } from '../step.ts';
import type { StepUse } from './manifest.ts';

/** What a step used of its models: sums alone, whatever the number of calls. */
export type Use = {
  add(role: SynthRole, call: Pick<Call, 'usage'>): void;
  readonly tokens: number;
  /** Undefined where no model has a price. */
  readonly cost: number | undefined;
  byRole(): Record<string, StepUse>;
};

export function createUse(models: Partial<Record<SynthRole, LabModel>>): Use {
  const used = new Map<SynthRole, { calls: number; prompt: number; cached: number; completion: number }>();

  function costOf(role: SynthRole): number | undefined {
    const [price, one] = [models[role]?.price, used.get(role)];
    if (!price || !one) return undefined;
    const fresh = (one.prompt - one.cached) * price.prompt;
    return (fresh + one.cached * price.cached + one.completion * price.completion) / 1e6;
  }

  return {
    add(role, { usage }) {
      const one = used.get(role) ?? { calls: 0, prompt: 0, cached: 0, completion: 0 };
      used.set(role, one);
      one.calls += 1;
      one.prompt += usage.promptTokens;
      one.cached += usage.cachedTokens;
      one.completion += usage.completionTokens;
    },
    get tokens() {
      return [...used.values()].reduce((sum, { prompt, completion }) => sum + prompt + completion, 0);
    },
    get cost() {
      const costs = [...used.keys()].flatMap((role) => costOf(role) ?? []);
      return costs.length > 0 ? costs.reduce((sum, cost) => sum + cost, 0) : undefined;
    },
    byRole() {
      const entries = [...used].map(([role, { calls, prompt, cached, completion }]) => {
        const cost = costOf(role);
        const use: StepUse = {
          model: models[role]?.model.name ?? '',
          endpoint: models[role]?.endpoint ?? '',
          calls,
          promptTokens: prompt,
          cachedTokens: cached,
          completionTokens: completion,
          ...(cost === undefined ? {} : { cost }),
        };
        return [role, use] as const;
      });
      return Object.fromEntries(entries);
    },
  };
}
