import type { Call, LabModel } from '../calls/call.ts';
import type { ProtocolRules } from '../coser/protocol.ts';
import type { RoleUse } from './result.ts';
import { ROLES, type Role, type RoleModels } from './role-ask.ts';

/** What the parts of a run used up. Answers that were there before count too: they are part of what it cost. */
export type UseTally = {
  /** Counts an answer once, however often it is given. */
  add(role: Role, call: Call): void;
  readonly tokens: number;
  /** Undefined where no model has a price. */
  readonly cost: number | undefined;
  /** By the part that was played; parts that nobody asked are left out. */
  roles(rules: ProtocolRules): Readonly<Record<string, RoleUse>>;
};

type Used = {
  readonly keys: Set<string>;
  readonly served: Set<string>;
  readonly ms: number[];
  prompt: number;
  cached: number;
  completion: number;
};

/** @param models as the run asks them */
export function createUseTally({ players, judge }: RoleModels): UseTally {
  const models: Readonly<Record<Role, LabModel>> = { ...players, judge, chooser: players.judge };
  const used = new Map<Role, Used>();
  let tokens = 0;

  function costOf(role: Role): number | undefined {
    const { price } = models[role];
    const one = used.get(role);
    if (!price || !one) return undefined;
    const fresh = (one.prompt - one.cached) * price.prompt;
    return (fresh + one.cached * price.cached + one.completion * price.completion) / 1e6;
  }

  return {
    add(role, { key, usage, served }) {
      const one = used.get(role) ?? newUse();
      used.set(role, one);
      if (one.keys.has(key)) return;
      one.keys.add(key);
      if (served !== undefined) one.served.add(served);
      one.ms.push(usage.msToLast);
      one.prompt += usage.promptTokens;
      one.cached += usage.cachedTokens;
      one.completion += usage.completionTokens;
      tokens += usage.promptTokens + usage.completionTokens;
    },
    get tokens() {
      return tokens;
    },
    get cost() {
      const costs = ROLES.map(costOf).filter((cost) => cost !== undefined);
      return costs.length > 0 ? costs.reduce((sum, cost) => sum + cost, 0) : undefined;
    },
    roles(rules) {
      const entries = ROLES.flatMap((role): [string, RoleUse][] => {
        const one = used.get(role);
        if (!one) return [];
        const { model, endpoint } = models[role];
        const cost = costOf(role);
        const use: RoleUse = {
          model: model.name,
          served: [...one.served].sort(),
          endpoint,
          profile: model.profile,
          ...samplingOf(role, models[role], rules),
          calls: one.keys.size,
          promptTokens: one.prompt,
          cachedTokens: one.cached,
          completionTokens: one.completion,
          ...(cost === undefined ? {} : { cost }),
          latency: { p50: percentile(one.ms, 0.5), p95: percentile(one.ms, 0.95) },
        };
        return [[role, use]];
      });
      return Object.fromEntries(entries);
    },
  };
}

function newUse(): Used {
  return { keys: new Set(), served: new Set(), ms: [], prompt: 0, cached: 0, completion: 0 };
}

/** With what a part is asked: as the protocol has it, else as the model’s settings do. */
export function samplingOf(
  role: Role,
  { model }: LabModel,
  { temperature, maxTokens, judge }: ProtocolRules,
): { readonly temperature: number; readonly maxTokens: number } {
  if (role === 'judge') return { temperature: judge.temperature[0], maxTokens: judge.maxTokens };
  return { temperature: temperature ?? model.temperature, maxTokens: maxTokens ?? model.maxTokens };
}

/** The nearest rank; 0 of nothing. */
function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
