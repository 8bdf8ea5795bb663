import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { isLoopback } from '../../listen.ts';

/**
 * Who is let in. The stage listens on this machine, but any web page the person visits can make
 * the browser send requests to it; so the Host must be a name of this machine (DNS rebinding), the
 * Origin must be our own page, and a socket must carry the token that this start's page was given.
 */
export type Gate = {
  /** In the served page and nowhere else; new with every start. */
  readonly token: string;
  /** Host and, where a browser tells, who made the request. */
  admits(headers: IncomingHttpHeaders, request: 'page' | 'part' | 'socket'): boolean;
  /**
   * Whether an application may come from there, once its token is known to be right. What is no page sends
   * no `Origin`; a page's must be among `origins`. Opened to the network, its address may have any name.
   */
  admitsApplication(headers: IncomingHttpHeaders, origins: readonly string[]): boolean;
  holdsToken(offered: string | undefined): boolean;
  /** Opened to the network: whoever asks has to give the operator's token as a password. */
  readonly asksForPassword: boolean;
  opensWith(password: string): boolean;
};

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * `host` is the address the server listens on. Where that is not this machine's own, nobody gets in
 * without `operatorToken`.
 */
export function createGate(host: string, operatorToken?: string): Gate {
  const token = randomBytes(32).toString('base64url');
  const digest = digestOf(token);
  const password = operatorToken === undefined ? undefined : digestOf(operatorToken);

  function isOurName(name: string): boolean {
    if (LOOPBACK.has(name) || name === host.toLowerCase()) return true;
    // Opened to the network on purpose: addresses are safe from rebinding, names are not.
    return !isLoopback(host) && isIP(name.replace(/^\[|\]$/g, '')) !== 0;
  }

  return {
    token,
    admits(headers, request) {
      const { host: authority, origin } = headers;
      if (authority === undefined || !isOurName(nameOf(authority))) return false;
      if (origin !== undefined && origin !== `http://${authority}`) return false;
      if (request === 'socket') return origin !== undefined;
      const site = headers['sec-fetch-site'];
      if (site === undefined || site === 'same-origin' || site === 'none') return true;
      // A link from elsewhere may open the page; nothing else may be embedded or read.
      return (
        request === 'page' &&
        headers['sec-fetch-mode'] === 'navigate' &&
        headers['sec-fetch-dest'] === 'document'
      );
    },
    admitsApplication({ host: authority, origin }, origins) {
      if (authority === undefined) return false;
      // Names are asked for against rebinding, and who is rebound has no token; on this machine it costs nothing.
      if (isLoopback(host) && !isOurName(nameOf(authority))) return false;
      return origin === undefined || origins.includes(origin);
    },
    holdsToken(offered) {
      return timingSafeEqual(digestOf(offered ?? ''), digest);
    },
    asksForPassword: !isLoopback(host),
    opensWith: (offered) => password !== undefined && timingSafeEqual(digestOf(offered), password),
  };
}

/** The host of a `Host` header, without its port. */
function nameOf(authority: string): string {
  return authority.toLowerCase().replace(/:\d+$/, '');
}

/** The password of an `Authorization: Basic …` header (RFC 7617); undefined where none was given. */
export function passwordIn(authorization: string | undefined): string | undefined {
  const [, credentials] = /^Basic +([\w+/=-]+)$/i.exec(authorization ?? '') ?? [];
  if (credentials === undefined) return undefined;
  const pair = Buffer.from(credentials, 'base64').toString('utf8');
  return pair.includes(':') ? pair.slice(pair.indexOf(':') + 1) : undefined;
}

/** The token of an `Authorization: Bearer …` header (RFC 6750); undefined where none was given. */
export function bearerIn(authorization: string | undefined): string | undefined {
  return /^Bearer +([\w.~+/=-]+) *$/i.exec(authorization ?? '')?.[1];
}

// Equal lengths for the comparison, whatever was offered.
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
