import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a stage, and can cut what is open, or lose what the stage answers. */
export type CuttingProxy = {
  readonly url: string;
  /** Ends every connection, now. */
  cut(): void;
  /** From now on until the next cut nothing that the stage sends arrives. */
  loseAnswers(): void;
  /** New connections are ended at once, until `letIn`. */
  shutOut(): void;
  letIn(): void;
  close(): Promise<void>;
};

export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const { port, hostname } = new URL(target);
  const open = new Set<Socket>();
  let losing = false;
  let shut = false;
  const server = createServer((client) => {
    if (shut) {
      client.destroy();
      return;
    }
    const stage = connect(Number(port), hostname);
    for (const [socket, other] of [
      [client, stage],
      [stage, client],
    ] as const) {
      open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
    client.on('data', (data) => void stage.write(data));
    stage.on('data', (data) => {
      if (!losing) client.write(data);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address === 'string' || !address) throw new Error('no port');

  function cut(): void {
    losing = false;
    for (const socket of open) socket.destroy();
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut,
    loseAnswers() {
      losing = true;
    },
    shutOut() {
      shut = true;
    },
    letIn() {
      shut = false;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      cut();
      await closed;
    },
  };
}
