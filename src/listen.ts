import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, isIPv4 } from 'node:net';
import { OperatorError } from './errors.ts';

const TRIES = 20;

/** An address that nobody reaches from elsewhere. A name that only begins like one (`127.example.com`) is none. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

/**
 * Listens on `port`, or on the next one that is free. Returns the port.
 *
 * @param tries so many ports, `port` itself among them
 * @throws OperatorError where none is free
 */
export async function listenOnFreePort(
  server: Server,
  host: string,
  port: number,
  tries = TRIES,
): Promise<number> {
  for (let tried = port; tried < port + tries && tried <= 65_535; tried += 1) {
    try {
      server.listen(tried, host);
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'EADDRINUSE' && port !== 0) continue;
      throw new OperatorError(
        `Cannot listen on ${host}:${tried} (${code}). Set HOST and PORT to an address of this machine.`,
        error,
      );
    }
  }
  const taken = tries === 1 ? `Port ${port} is taken` : `Ports ${port} to ${port + tries - 1} are all taken`;
  throw new OperatorError(`${taken}. Set PORT to a free one.`);
}

/** The host of an address that this machine itself can open. */
export function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
