import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startOwnProcess } from '../measure/own-process.ts';
import { ANSWER } from './answer.ts';

/**
 * A model's server in a process of its own. `model` of a request says how it writes: `burst`, or `paced-50`, a piece
 * every 50 ms, 20 s at most.
 */
export async function startSseProcess() {
  const own = await startOwnProcess(import.meta.url);
  return { url: String(own.ready), [Symbol.asyncDispose]: () => own[Symbol.asyncDispose]() };
}

type Writing = { readonly response: ServerResponse; at: number };

const MOST_MS = 20_000;

function eventOf(content: string | undefined): string {
  if (content === undefined) return 'data: [DONE]\n\n';
  const choices = [{ index: 0, delta: { content }, logprobs: null, finish_reason: null }];
  const event = {
    id: 'chatcmpl-0123456789',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'bench',
    choices,
  };
  return `data: ${JSON.stringify(event)}\n\n`;
}

const LAST = `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\n`;
const EVENTS = ANSWER.map(eventOf);
const BURST = [...EVENTS, LAST, eventOf(undefined)].join('');

if (process.send) {
  const paced = new Map<number, Set<Writing>>();
  function startPacing(everyMs: number): Set<Writing> {
    const all = new Set<Writing>();
    setInterval(() => {
      for (const one of all) {
        one.response.write(EVENTS[one.at]);
        one.at += 1;
        if (one.at < EVENTS.length && one.at * everyMs < MOST_MS) continue;
        one.response.end(`${LAST}${eventOf(undefined)}`);
        all.delete(one);
      }
    }, everyMs);
    return all;
  }

  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += String(piece);
    const [, everyMs] = /"model":"paced-(\d+)"/.exec(body) ?? [];
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (everyMs === undefined) {
      response.end(BURST);
      return;
    }
    response.flushHeaders();
    const pace = Number(everyMs);
    const all = paced.get(pace) ?? startPacing(pace);
    paced.set(pace, all);
    all.add({ response, at: 0 });
    response.on('close', () => {
      for (const one of all) if (one.response === response) all.delete(one);
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.once('disconnect', () => process.exit());
  process.send(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
}
