import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { herTurns } from '../format/her-text.ts';
import { startOwnProcess } from '../measure/own-process.ts';
import { markOf, now } from './marks.ts';

const PIECE_MS = 100;

/** How a model answers: in so many pieces, one every 100 ms. */
export async function startModelProcess(pieces: number) {
  const own = await startOwnProcess(import.meta.url, { args: [String(pieces)] });
  const endings = new Map<string, number>();
  own.child.on('message', (told: { readonly mark: string; readonly at: number }) => {
    endings.set(told.mark, told.at);
  });
  return {
    url: String(own.ready),
    /** By the mark in an answer: when its last character was written to the wire. */
    endings: endings as ReadonlyMap<string, number>,
    [Symbol.asyncDispose]: () => own[Symbol.asyncDispose](),
  };
}

type Answer = { readonly response: ServerResponse; readonly mark: string; readonly pieces: string[] };

function eventOf(delta: object, finish: string | null = null): string {
  return `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
}

if (process.send) {
  const count = Number(process.argv[2]);
  const [turn = ''] = herTurns(1, false);
  let answers = 0;

  function cut(text: string): string[] {
    const size = Math.ceil(text.length / count);
    return Array.from({ length: count }, (_, n) => text.slice(n * size, (n + 1) * size)).filter(Boolean);
  }

  /** Each on a timer of its own: answers are not written all at one moment. */
  function write({ response, mark, pieces }: Answer): void {
    const timer = setInterval(() => {
      const content = pieces.shift() ?? '';
      if (pieces.length > 0) {
        response.write(eventOf({ content }));
        return;
      }
      clearInterval(timer);
      const at = now();
      response.end(`${eventOf({ content })}${eventOf({}, 'stop')}data: [DONE]\n\n`);
      process.send?.({ mark, at });
    }, PIECE_MS);
    response.on('close', () => clearInterval(timer));
  }

  const server = createServer(async (request, response) => {
    for await (const _ of request);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    answers += 1;
    const mark = markOf(answers);
    const answer = { response, mark, pieces: cut(`${turn} ${mark}.`) };
    // Node rings timers of one length together where they were set in the same millisecond.
    setTimeout(() => write(answer), Math.random() * PIECE_MS);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.once('disconnect', () => process.exit());
  process.send(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
}
