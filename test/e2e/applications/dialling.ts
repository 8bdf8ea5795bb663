import { WebSocket } from 'ws';
import type { Application } from '../../../src/stage/web/applications/application.ts';
import type { ApplicationShelf } from '../../../src/stage/web/applications/application-shelf.ts';

/** A new application’s token. */
export async function add(
  shelf: ApplicationShelf,
  name: string,
  scopes: Application['scopes'],
  origins: readonly string[] = [],
): Promise<string> {
  const made = await shelf.add({ name, scopes, origins });
  if (!made) throw new Error(`there is a ${name} already`);
  return made.token;
}

type Attempt = {
  readonly protocols: string[];
  readonly origin?: string;
  readonly headers?: Record<string, string>;
  readonly path?: string;
};

/** Opens a socket as any client might, well or badly. */
export function dial(url: string, { protocols, origin, headers = {}, path = '/stage' }: Attempt): WebSocket {
  const socket = new WebSocket(url.replace('http', 'ws') + path, protocols, {
    headers,
    ...(origin === undefined ? {} : { origin }),
  });
  socket.on('error', () => {});
  return socket;
}

/** `open`, the status that it was refused with, or `cut` where there was no answer; then it is gone. */
export async function outcomeOf(socket: WebSocket): Promise<number | 'open' | 'cut'> {
  const outcome = await new Promise<number | 'open' | 'cut'>((resolve) => {
    socket.once('open', () => resolve('open'));
    socket.once('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0));
    socket.once('close', () => resolve('cut'));
  });
  socket.terminate();
  return outcome;
}
