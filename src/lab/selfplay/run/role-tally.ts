import type { Call, LabModel } from '../../calls/call.ts';
import type { RoleUse } from '../../eval/result.ts';

export type RoleTally = {
  /** Counts an answer once, however often it is given; those that were there before count too. */
  add(call: Call): void;
  readonly tokens: number;
  /** Undefined without a price. */
  readonly cost: number | undefined;
  use(): RoleUse;
};

/** What one part of a run used up. */
export function createRoleTally({ model, endpoint, price }: LabModel): RoleTally {
  const keys = new Set<string>();
  const served = new Set<string>();
  const ms: number[] = [];
  let [promptTokens, cachedTokens, completionTokens] = [0, 0, 0];

  function cost(): number | undefined {
    if (!price) return undefined;
    const fresh = (promptTokens - cachedTokens) * price.prompt;
    return (fresh + cachedTokens * price.cached + completionTokens * price.completion) / 1e6;
  }

  return {
    add({ key, usage, served: name }) {
      if (keys.has(key)) return;
      keys.add(key);
      if (name !== undefined) served.add(name);
      ms.push(usage.msToLast);
      promptTokens += usage.promptTokens;
      cachedTokens += usage.cachedTokens;
      completionTokens += usage.completionTokens;
    },
    get tokens() {
      return promptTokens + completionTokens;
    },
    get cost() {
      return cost();
    },
    use() {
      const paid = cost();
      return {
        model: model.name,
        served: [...served].sort(),
        endpoint,
        profile: model.profile,
        temperature: model.temperature,
        maxTokens: model.maxTokens,
        calls: keys.size,
        ...{ promptTokens, cachedTokens, completionTokens },
        ...(paid === undefined ? {} : { cost: paid }),
        latency: { p50: nearest(ms, 0.5), p95: nearest(ms, 0.95) },
      };
    },
  };
}

/** The nearest rank; 0 of nothing. */
function nearest(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
