import { z } from 'zod';
import { endpointUrlSchema, type ModelSettings, modelSettingsSchema } from '../model/model-settings.ts';
import { GGUF_RULE, ggufAddress, isGgufName, isWholeName } from './gguf-address.ts';

const { shape } = modelSettingsSchema;

/** What one source says of a model: all of it optional, nothing filled in. */
export const modelLayerSchema = z
  .strictObject({
    name: shape.name.refine(isWholeName, GGUF_RULE),
    baseUrl: endpointUrlSchema,
    apiKey: shape.apiKey.unwrap(),
    profile: shape.profile.unwrap(),
    endpoint: shape.endpoint.unwrap(),
    contextSize: shape.contextSize.unwrap(),
    temperature: shape.temperature.unwrap(),
    maxTokens: shape.maxTokens.unwrap(),
    planning: shape.planning.unwrap(),
    constrain: shape.constrain.unwrap(),
    extraBody: shape.extraBody.unwrap(),
    concurrency: shape.concurrency.unwrap(),
    requestsPerMinute: shape.requestsPerMinute.unwrap(),
    timeoutMs: shape.timeoutMs.unwrap(),
    attempts: shape.attempts.unwrap(),
    price: shape.price.unwrap(),
  })
  .partial();

/** `keyUrl`: the address that `apiKey` belongs to, where it is not the one the model has so far. */
export type ModelLayer = z.infer<typeof modelLayerSchema> & { readonly keyUrl?: string };

export const OPENAI_URL = 'https://api.openai.com/v1';

/** Stands for the name of a model that only its endpoint knows yet (`nameModels`). */
export const UNNAMED_MODEL = '(the first that the endpoint lists)';

/** As a model's name: nobody plays this part but the script. */
export const UNDERSTUDY = 'understudy';

/**
 * Lays what the sources say over each other, from the general to the particular.
 *
 * A key is sent to no address but the one it was given for: a role with a `…_URL` of its own does not
 * take the general key along.
 *
 * A model’s name that points to a GGUF file (`gguf:PATH`) takes the place of an address, and no key.
 *
 * @returns nothing where no source names a model or an address, or the last word is `understudy`.
 */
export function mergeLayers(layers: readonly ModelLayer[]): ModelSettings | undefined {
  if (!layers.some(({ name, baseUrl }) => name !== undefined || baseUrl !== undefined)) return undefined;
  let baseUrl = OPENAI_URL;
  const keys = new Map<string, string>();
  let merged: ModelLayer = {};
  for (const { apiKey, keyUrl, ...layer } of layers) {
    baseUrl = layer.baseUrl ?? baseUrl;
    if (apiKey !== undefined) keys.set(withoutSlash(keyUrl ?? baseUrl), apiKey);
    // An address is more particular than a file that was named before it.
    const atAddress = layer.baseUrl !== undefined && isGgufName(merged.name);
    merged = { ...merged, ...(atAddress ? { name: UNNAMED_MODEL } : {}), ...layer };
  }
  if (merged.name === UNDERSTUDY) return undefined;
  if (isGgufName(merged.name)) return modelSettingsSchema.parse({ ...merged, ...ggufAddress(merged.name) });
  const apiKey = keys.get(withoutSlash(baseUrl));
  return modelSettingsSchema.parse({ name: UNNAMED_MODEL, ...merged, baseUrl, ...(apiKey && { apiKey }) });
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
