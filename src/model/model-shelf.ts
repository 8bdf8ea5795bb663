import type { ChatModel } from './chat-model.ts';
import type { EmbeddingModel } from './embedding-model.ts';
import { type OpeningModels, openModels } from './model-cast.ts';
import { type ModelRole, modelRoleSchema, type OfferedSettings } from './model-settings.ts';
import { endpointLabel } from './open-client.ts';

type Opened = { readonly [Role in ModelRole]?: ChatModel } & { readonly embed?: EmbeddingModel };

/** Models that are kept open; a server with a key of its own has one. */
const MOST_OPEN = 500;

/**
 * The models that the operator offers. A chosen one plays every part; what characters recall by stays
 * the operator's (`embed`), because what was embedded with one model means nothing to another.
 */
export function createModelShelf(
  offers: readonly OfferedSettings[],
  { embed, ...options }: OpeningModels & { readonly embed?: EmbeddingModel | undefined } = {},
) {
  const opened = new Map<string, Opened>();

  function openOnce({ id, settings }: OfferedSettings, key: string | undefined): Opened {
    const name = JSON.stringify([id, key]);
    const known = opened.get(name);
    if (known) return known;
    const own = key === undefined ? settings : { ...settings, apiKey: key };
    const parts = Object.fromEntries(modelRoleSchema.options.map((role) => [role, own]));
    const models = { ...openModels(parts, options), ...(embed ? { embed } : {}) };
    const [oldest] = opened.keys();
    if (opened.size >= MOST_OPEN && oldest !== undefined) opened.delete(oldest);
    opened.set(name, models);
    return models;
  }

  return {
    offered: () =>
      offers.map(({ id, settings, takesKey }) => ({
        id,
        name: settings.name,
        place: endpointLabel(settings.baseUrl),
        takesKey,
        needsKey: takesKey && settings.apiKey === undefined,
      })),
    /** @param key a server's own, in the place of the operator's */
    open(id: string, key: string | undefined): Opened | undefined {
      const offer = offers.find((one) => one.id === id);
      if (!offer) return undefined;
      if (offer.takesKey) {
        return key === undefined && offer.settings.apiKey === undefined ? undefined : openOnce(offer, key);
      }
      return openOnce(offer, undefined);
    },
  };
}
