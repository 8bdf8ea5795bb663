import { OpenAI } from 'openai';
import { leanFetch } from './lean-fetch.ts';
import type { ModelSettings } from './model-settings.ts';

export type EndpointSettings = Pick<ModelSettings, 'baseUrl' | 'apiKey'>;

/**
 * Opens a client for one endpoint. Nothing but `settings` decides where a request goes and what key
 * it carries: the variables that the package would read by itself (key, admin key, organization,
 * project) are shut out, or the key of one endpoint could travel to another.
 *
 * It never retries (that is done in one place, `openai-model.ts`) and logs at no level.
 */
export function openClient({ baseUrl, apiKey }: EndpointSettings): OpenAI {
  const url = new URL(baseUrl);
  url.username = '';
  url.password = '';
  url.hash = '';
  const authorization = authorizationOf({ baseUrl, apiKey }) ?? null;
  return new OpenAI({
    baseURL: url.href,
    // The package insists on a key; without one of ours the header is taken off again.
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    // Silence is timed by `silence-watch.ts`; the package must not give up before it.
    timeout: LONGEST_TIMEOUT_MS,
    logLevel: 'off',
    fetch: leanFetch,
    defaultHeaders: { Authorization: authorization },
  });
}

/** What an endpoint is to be told of who asks: its key, else the name and password in its address. */
export function authorizationOf({ baseUrl, apiKey }: EndpointSettings): string | undefined {
  if (apiKey !== undefined) return `Bearer ${apiKey}`;
  const url = new URL(baseUrl);
  return url.username === '' ? undefined : basicCredentials(url);
}

/** Names an endpoint to people: origin and path, without credentials and query. */
export function endpointLabel(baseUrl: string): string {
  const { protocol, origin, pathname } = new URL(baseUrl);
  if (protocol === 'file:') return 'this machine';
  return origin + pathname.replace(/\/+$/, '');
}

const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

function basicCredentials({ username, password }: URL): string {
  const pair = `${decode(username)}:${decode(password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A bare percent sign: it stands for itself.
    return part;
  }
}
