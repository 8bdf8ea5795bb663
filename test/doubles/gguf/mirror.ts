import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type NamedModel, namedModelSchema } from '../../../src/model/gguf/named/named-models.ts';

/** What the next request meets in place of a plain answer; each is met once. */
export type MirrorFault =
  | { readonly status: number }
  | { readonly redirect: string }
  /** The connection is cut after so many bytes of this answer. */
  | { readonly cutAfter: number }
  /** Nothing more comes after so many bytes, until `release`. */
  | { readonly holdAfter: number }
  | { readonly ignoresRange: true }
  /** Of the announced tag and hash, none. */
  | { readonly untold: true };

export type Mirror = {
  /** As in `MODELS_URL`. */
  readonly url: string;
  /** Path and `Range` of each request. */
  readonly requests: readonly { readonly path: string; readonly range: string | undefined }[];
  fault(...faults: MirrorFault[]): void;
  /** Lets answers that were held go on. */
  release(): void;
  /** Serves other bytes from now on. */
  serve(content: Uint8Array): void;
  close(): Promise<void>;
};

/** An entry of the list of named models, for such bytes. */
export function namedModel(content: Uint8Array, more: Partial<NamedModel> = {}): NamedModel {
  return namedModelSchema.parse({
    id: 'tiny',
    name: 'Tiny Instruct',
    licence: 'Apache-2.0',
    repository: 'someone/Tiny-GGUF',
    revision: 'abc123',
    file: 'tiny-q8_0.gguf',
    bytes: content.byteLength,
    sha256: hashOf(content),
    hosts: ['models.example', '*.cdn.example'],
    ...more,
  });
}

export function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A server of files on this machine that is laid out as Hugging Face is, and has one file under every path. */
export async function startMirror(first: Uint8Array): Promise<Mirror> {
  let content = first;
  const requests: Mirror['requests'][number][] = [];
  const faults: MirrorFault[] = [];
  let held = Promise.withResolvers<void>();

  const server = createServer((request, response) => {
    requests.push({ path: request.url ?? '', range: request.headers.range });
    void answer(request, response, faults.shift()).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse, fault: MirrorFault | undefined) {
    if (fault && 'status' in fault) return response.writeHead(fault.status).end();
    const hash = hashOf(content);
    if (fault && 'redirect' in fault) {
      return response.writeHead(302, { location: fault.redirect, 'x-linked-etag': `"${hash}"` }).end();
    }
    const tag = `"${hash}"`;
    const ranged =
      !(fault && 'ignoresRange' in fault) &&
      [undefined, tag].includes(request.headers['if-range'] as string | undefined);
    const begin = ranged ? Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
    if (begin > 0 && begin >= content.byteLength) return response.writeHead(416).end();
    const rest = content.subarray(begin);
    response.writeHead(begin > 0 ? 206 : 200, {
      'content-length': rest.byteLength,
      ...(fault && 'untold' in fault ? {} : { etag: tag }),
      ...(begin > 0
        ? { 'content-range': `bytes ${begin}-${content.byteLength - 1}/${content.byteLength}` }
        : {}),
    });
    if (fault && 'cutAfter' in fault) {
      await sent(response, rest.subarray(0, fault.cutAfter));
      return response.destroy();
    }
    if (fault && 'holdAfter' in fault) {
      await sent(response, rest.subarray(0, fault.holdAfter));
      await held.promise;
      return response.end(rest.subarray(fault.holdAfter));
    }
    return response.end(rest);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    fault: (...more) => faults.push(...more),
    release() {
      held.resolve();
      held = Promise.withResolvers();
    },
    serve(now) {
      content = now;
    },
    async close() {
      held.resolve();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function sent(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => response.write(bytes, () => resolve()));
}
