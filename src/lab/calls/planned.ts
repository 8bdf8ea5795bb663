import type { LabModel } from './call.ts';

/** What is known of a model before anybody reaches it. */
export type PlannedModel = { readonly name: string } & Pick<LabModel, 'price'>;

/** What a model is to be asked, before it is: tokens are estimates. */
export type PlannedRole = {
  readonly model: string;
  readonly calls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Absent: it has no price. */
  readonly cost?: number;
};

/** @param prompt tokens of all its calls together, as `completion` */
export function plannedRole(
  { name, price }: PlannedModel,
  calls: number,
  prompt: number,
  completion: number,
): PlannedRole {
  const [promptTokens, completionTokens] = [Math.round(prompt), Math.round(completion)];
  const cost = price && (prompt * price.prompt + completion * price.completion) / 1e6;
  return { model: name, calls, promptTokens, completionTokens, ...(cost === undefined ? {} : { cost }) };
}

export type Planned = {
  readonly calls: number;
  readonly tokens: number;
  /** Of the models that have a price; absent where none has. */
  readonly cost?: number;
  readonly roles: Readonly<Record<string, PlannedRole>>;
};

/** All roles together. */
export function plannedOf(roles: readonly (readonly [string, PlannedRole])[]): Planned {
  const all = roles.map(([, one]) => one);
  const costs = all.flatMap(({ cost }) => cost ?? []);
  return {
    calls: sum(all.map(({ calls }) => calls)),
    tokens: sum(all.map(({ promptTokens, completionTokens }) => promptTokens + completionTokens)),
    ...(costs.length > 0 ? { cost: sum(costs) } : {}),
    roles: Object.fromEntries(roles),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
