import type { ModelSettings } from './model-settings.ts';

export type EndpointBounds = Pick<ModelSettings, 'concurrency' | 'requestsPerMinute'>;

/**
 * Makes one thing for each endpoint, which the models there share: what an endpoint bears does not depend
 * on who asks. Its bounds are the narrowest that any of their settings asks for.
 *
 * @param all every model that may be asked for
 */
export function perEndpoint<T>(
  all: readonly ModelSettings[],
  make: (bounds: EndpointBounds) => T,
): (one: ModelSettings) => T {
  const made = new Map<string, { readonly thing: T }>();
  return (one) => {
    const key = endpointKey(one);
    const known = made.get(key) ?? {
      thing: make(narrowest(all.filter((other) => endpointKey(other) === key))),
    };
    made.set(key, known);
    return known.thing;
  };
}

/** Two keys are two accounts, with limits of their own. */
function endpointKey({ baseUrl, apiKey = '' }: ModelSettings): string {
  return `${new URL(baseUrl).href.replace(/\/+$/, '')} ${apiKey}`;
}

function narrowest(settings: readonly ModelSettings[]): EndpointBounds {
  const perMinute = settings.map(({ requestsPerMinute }) => requestsPerMinute ?? Number.POSITIVE_INFINITY);
  const least = Math.min(...perMinute);
  return {
    concurrency: Math.min(...settings.map(({ concurrency }) => concurrency)),
    requestsPerMinute: Number.isFinite(least) ? least : undefined,
  };
}
