import type { ModelSettings } from '../model/model-settings.ts';

/** What a million tokens of each model cost; a model without a price is local, or nobody set one. */
export type Prices = Readonly<
  Record<string, { readonly prompt: number; readonly cached: number; readonly completion: number }>
>;

/** By the models' names, as what they use is counted by name. */
export function pricesOf(models: readonly (ModelSettings | undefined)[]): Prices {
  const priced = models.flatMap((model) => (model?.price ? [[model.name, model.price] as const] : []));
  return Object.fromEntries(
    priced.map(([name, { prompt, cached = prompt, completion }]) => [name, { prompt, cached, completion }]),
  );
}
