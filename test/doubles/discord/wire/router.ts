import type { BucketName } from './rate-limits.ts';
import type { ReceivedFile } from './received-request.ts';

/** A request as a route sees it. */
export type RestRequest = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly ReceivedFile[];
};

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One endpoint. What `handle` returns is sent as JSON; `undefined` is an empty 204. */
export type Route = {
  readonly method: Method;
  /** With `:name` for each part that varies. */
  readonly path: string;
  readonly bucket: BucketName;
  /** `token` where the address itself is the key (webhooks, interactions); elsewhere the bot's token is asked for. */
  readonly auth?: 'token';
  readonly status?: number;
  readonly handle: (request: RestRequest) => object | undefined;
};

export type Match = { readonly route: Route; readonly params: Readonly<Record<string, string>> };

/** A look-up over routes; of several that fit the first wins, so literal parts are listed before named ones. */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => Match | null {
  const compiled = routes.map((route) => ({ route, pattern: toPattern(route.path) }));
  return (method, path) => {
    for (const { route, pattern } of compiled) {
      const match = route.method === method ? pattern.exec(path) : null;
      if (match) return { route, params: match.groups ?? {} };
    }
    return null;
  };
}

function toPattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
}

/** A part of the address by its name in the route. */
export function param(request: RestRequest, name: string): string {
  const value = request.params[name];
  if (value === undefined) throw new Error(`This route has no part :${name}.`);
  return value;
}

/** `limit` of a list, held within Discord's bounds. */
export function limitOf(request: RestRequest, fallback: number, max: number): number {
  const asked = Number(request.query.get('limit') ?? fallback);
  return Math.min(Math.max(Math.trunc(asked) || fallback, 1), max);
}
