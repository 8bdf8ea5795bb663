import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server that a test can cut, mend and make lose or keep back what goes over it. */
export type Wire = {
  /** The server's address by way of the wire. */
  readonly url: string;
  /** Ends all connections and takes no new ones, as where the server is down. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** What is asked reaches the server; its answers do not come back, and the connections end without one. */
  loseAnswers(): void;
  /**
   * Nothing passes over the connections that are open now, and nothing ends them: the server is gone without a word.
   * The result lets everything pass after all, as where a process was stopped and goes on.
   */
  freeze(): () => void;
  /**
   * What is asked by connections that are open now is kept back while they seem to end, as a network may do;
   * the result hands it to the server after all, and resolves once the server has answered all of it.
   */
  keepBack(): () => Promise<void>;
};

const PORTS: Record<string, number> = { 'redis:': 6379, 'postgres:': 5432 };

/** @param target address of the server, as in `STORE_URL` */
export async function createWire(target: string): Promise<Wire> {
  const { protocol, hostname, port: farPort } = new URL(target);
  const pairs = new Set<Pair>();
  const server = createServer((near) => {
    const far = connect(Number(farPort || PORTS[protocol]), hostname);
    const pair: Pair = { near, far, kept: undefined, losesAnswers: false };
    pairs.add(pair);
    carry(pair, () => pairs.delete(pair));
  });
  const listen = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const url = new URL(target);
  url.host = `127.0.0.1:${port}`;

  return {
    url: url.href,
    async cut() {
      const closed = once(server, 'close');
      server.close();
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      await closed;
    },
    mend: () => listen(port),
    loseAnswers() {
      for (const pair of pairs) pair.losesAnswers = true;
    },
    freeze() {
      const held = [...pairs];
      for (const { near, far } of held) {
        near.pause();
        far.pause();
      }
      return () => {
        for (const { near, far } of held) {
          near.resume();
          far.resume();
        }
      };
    },
    keepBack() {
      const held = [...pairs];
      for (const pair of held) pair.kept = [];
      return async () => {
        for (const { far, kept } of held) {
          for (const bytes of kept ?? []) far.write(bytes);
          if (kept?.length) await once(far, 'data');
          far.destroy();
        }
      };
    },
  };
}

type Pair = {
  readonly near: Socket;
  readonly far: Socket;
  /** What was asked and is kept back; undefined: nothing is. */
  kept: Buffer[] | undefined;
  losesAnswers: boolean;
};

function carry(pair: Pair, ended: () => void): void {
  const { near, far } = pair;
  near.on('data', (bytes: Buffer) => {
    if (pair.kept === undefined) return far.write(bytes);
    pair.kept.push(bytes);
    near.destroy();
  });
  far.on('data', (bytes: Buffer) => {
    if (pair.losesAnswers) near.destroy();
    else if (!near.destroyed) near.write(bytes);
  });
  for (const socket of [near, far]) socket.on('error', () => {});
  near.on('close', () => {
    ended();
    if (pair.kept === undefined) far.destroy();
  });
  far.on('close', () => near.destroy());
}
