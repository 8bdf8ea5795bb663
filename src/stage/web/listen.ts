import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OperatorError } from '../../errors.ts';

const TRIES = 20;

/**
 * Listens on `port`, or on the next one that is free. Returns the port.
 * @throws OperatorError where none is.
 */
export async function listenOnFreePort(server: Server, host: string, port: number): Promise<number> {
  for (let tried = port; tried < port + TRIES && tried <= 65_535; tried += 1) {
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
  throw new OperatorError(`Ports ${port} to ${port + TRIES - 1} are all taken. Set PORT to a free one.`);
}
