import { once } from 'node:events';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { listenOnFreePort, reachable } from '../listen.ts';
import { type AskedAt, createOperatorAnswers, type OperatorAnswers } from './operator-answers.ts';

export type OperatorPort = { readonly url: string; close(): Promise<void> };

/** Operators and their machines ask; a few connections are plenty. */
const MOST_CONNECTIONS = 64;
const LONGEST_HEAD_MS = 5000;

/**
 * Serves operators on a port of its own.
 *
 * @param tries ports that it may take from `port` on: more than one where processes of the bot share a machine
 * @throws OperatorError where it cannot listen
 */
export async function openOperatorPort(
  answers: OperatorAnswers,
  { port, tries, ...at }: AskedAt & { readonly port: number; readonly tries: number },
): Promise<OperatorPort> {
  const answer = createOperatorAnswers(answers, at);
  const server = createServer(
    { headersTimeout: LONGEST_HEAD_MS, requestTimeout: LONGEST_HEAD_MS, maxHeaderSize: 16 * 1024 },
    getRequestListener(
      (request) => answer(request) ?? new Response('/healthz, /readyz or /metrics', { status: 404 }),
    ),
  );
  server.maxConnections = MOST_CONNECTIONS;
  const taken = await listenOnFreePort(server, at.host, port, tries);
  return {
    url: `http://${reachable(at.host)}:${taken}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
