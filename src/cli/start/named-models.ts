import type { ModelLibrary, ModelState } from '../../model/gguf/named/model-library.ts';
import type { NamedModels } from '../../stage/web/house.ts';

const OFFER = 'gguf/';

/** The id of the offer of a named model that is there. */
export function namedOfferId(id: string): string {
  return `${OFFER}${id}`;
}

/** The id of the model that such an offer is of; undefined of any other offer. */
export function namedInOffer(offer: string): string | undefined {
  return offer.startsWith(OFFER) ? offer.slice(OFFER.length) : undefined;
}

/** The models that can be downloaded, as the page shows them. */
export function namedModelsOnPage(library: ModelLibrary): NamedModels {
  return {
    async list() {
      const [states, install] = await Promise.all([library.list(), library.toInstall()]);
      const shown = (one: ModelState) => shownModel(one, library.from, install === undefined);
      return { models: states.map(shown), install };
    },
    fetch: (id, onProgress) => library.fetch(id, onProgress),
    stop: (id) => library.stop(id),
  };
}

function shownModel({ model, state, bytes, of, coming }: ModelState, from: string, playable: boolean) {
  const { id, name, licence } = model;
  return {
    id,
    name,
    ...(of === undefined ? {} : { bytes: of }),
    licence,
    from,
    where: 'this machine',
    state,
    have: bytes,
    coming,
    ...(state === 'there' && playable ? { offer: namedOfferId(id) } : {}),
  };
}
