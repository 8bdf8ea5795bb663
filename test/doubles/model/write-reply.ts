import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { RecordedRequest } from './recorded-request.ts';
import { FAULT_TEXT, type FaultReply, type Reply, type TextReply } from './reply.ts';

const DEFAULT_DELTA_LENGTH = 12;

/** Writes one answer, streamed or whole as the request asks, up to its fault if it has one. */
export async function writeReply(
  response: ServerResponse,
  request: RecordedRequest,
  reply: Reply,
): Promise<void> {
  if (typeof reply === 'string') return writeReply(response, request, { text: reply });
  if ('fault' in reply) return writeFault(response, request, reply);
  if (request.body.stream !== true) return writeWhole(response, request, reply);
  const stream = startStream(response, request, reply);
  await stream.send(reply.preamble ?? '');
  for (const piece of cut(reply.reasoning ?? '', reply.deltaLength)) {
    await stream.delta({ [reply.reasoningField ?? 'reasoning_content']: piece }, reply.pauseMs);
  }
  for (const piece of cut(reply.text ?? '', reply.deltaLength)) await stream.text(piece, reply.pauseMs);
  await stream.finish(reply);
}

async function writeFault(
  response: ServerResponse,
  request: RecordedRequest,
  reply: FaultReply,
): Promise<void> {
  switch (reply.fault) {
    case 'status': {
      const { status, headers = {}, body = { error: { message: 'as the test wants it' } } } = reply;
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
      return;
    }
    case 'hang-up':
      response.socket?.destroy();
      return;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end('<!doctype html><title>Welcome</title><p>It works!');
      return;
    case 'not-streamed':
      writeWhole(response, request, { text: FAULT_TEXT });
      return;
    case 'stall':
      if (reply.after === undefined) return;
      await startFaulty(response, request, reply.after);
      return;
    case 'cut':
      await startFaulty(response, request, reply.after);
      await setImmediate();
      response.socket?.destroy();
      return;
    case 'truncated':
      await startFaulty(response, request, reply.after);
      response.end();
      return;
    case 'never-closed': {
      const stream = await startFaulty(response, request, 1);
      await stream.event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
      return;
    }
    case 'garbage': {
      const stream = await startFaulty(response, request, reply.after);
      await stream.send(`data: ${reply.line ?? '{"choices":[{"del'}\n\n`);
      response.end();
      return;
    }
    case 'error-in-stream': {
      const stream = await startFaulty(response, request, reply.after);
      await stream.event({ error: reply.error });
      response.end();
      return;
    }
    case 'filter': {
      const stream = await startFaulty(response, request, reply.after);
      await stream.finish({ finishReason: 'content_filter' });
      return;
    }
    case 'empty':
      await startStream(response, request, {}).finish({});
      return;
    case 'endless': {
      const stream = startStream(response, request, {});
      if (reply.kind === 'line') await stream.send('data: {"choices":[{"delta":{"content":"');
      const piece = 'on and on '.repeat(20);
      while (!response.destroyed) {
        if (reply.kind === 'line') await stream.send(piece);
        else await stream.text(reply.kind === 'deltas' ? piece : '');
        await setImmediate();
      }
      return;
    }
  }
}

async function startFaulty(response: ServerResponse, request: RecordedRequest, deltas: number) {
  const stream = startStream(response, request, {});
  response.flushHeaders();
  for (let i = 0; i < deltas; i += 1) await stream.text(FAULT_TEXT);
  return stream;
}

function startStream(response: ServerResponse, request: RecordedRequest, reply: TextReply) {
  const legacy = request.path.endsWith('/completions') && !request.path.endsWith('/chat/completions');
  const { writeLengths = [] } = reply;
  let writes = 0;
  let length = 0;
  response.writeHead(200, { 'content-type': reply.contentType ?? 'text/event-stream' });

  async function send(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    for (let start = 0; start < bytes.length && !response.destroyed; ) {
      const size = writeLengths[writes % writeLengths.length] ?? bytes.length;
      response.write(bytes.subarray(start, start + size));
      start += size;
      writes += 1;
      if (writeLengths.length > 0) await setImmediate();
      if (response.writableNeedDrain) await Promise.race([once(response, 'drain'), request.closed]);
    }
  }

  async function event(fields: object): Promise<void> {
    const object = legacy ? 'text_completion' : 'chat.completion.chunk';
    await send(
      `data: ${JSON.stringify({ id: 'double-1', object, model: request.body.model, ...fields })}\n\n`,
    );
  }

  async function delta(fields: object, pauseMs = 0): Promise<void> {
    if (pauseMs > 0) await setTimeout(pauseMs);
    await event({ choices: [{ index: 0, delta: fields, finish_reason: null }] });
  }

  async function text(piece: string, pauseMs = 0): Promise<void> {
    length += piece.length;
    if (!legacy) return delta({ content: piece }, pauseMs);
    if (pauseMs > 0) await setTimeout(pauseMs);
    await event({ choices: [{ index: 0, text: piece, finish_reason: null }] });
  }

  async function finish({ finishReason = 'stop', done = true, usage }: TextReply): Promise<void> {
    if (finishReason !== null) {
      const said = legacy ? { text: '' } : { delta: {} };
      await event({ choices: [{ index: 0, ...said, finish_reason: finishReason }] });
    }
    if (request.body.stream_options?.include_usage === true && usage !== 'none') {
      await event({ choices: [], usage: usageFields(request, length, usage) });
    }
    if (done) await send('data: [DONE]\n\n');
    response.end();
  }

  return { send, event, delta, text, finish };
}

function writeWhole(response: ServerResponse, request: RecordedRequest, reply: TextReply): void {
  const { text = '', reasoning, finishReason = 'stop', usage } = reply;
  const message = {
    role: 'assistant',
    content: text,
    ...(reasoning === undefined ? {} : { reasoning_content: reasoning }),
  };
  const legacy = request.body.prompt !== undefined;
  const choice = { index: 0, ...(legacy ? { text } : { message }), finish_reason: finishReason };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      id: 'double-1',
      model: request.body.model,
      choices: [choice],
      ...(usage === 'none' ? {} : { usage: usageFields(request, text.length, usage) }),
    }),
  );
}

function usageFields(request: RecordedRequest, length: number, usage: TextReply['usage']): object {
  const counted =
    usage === undefined || usage === 'none'
      ? { prompt: Math.ceil(request.promptText.length / 4), cached: 0, completion: Math.ceil(length / 4) }
      : usage;
  return {
    prompt_tokens: counted.prompt,
    completion_tokens: counted.completion,
    total_tokens: counted.prompt + counted.completion,
    prompt_tokens_details: { cached_tokens: counted.cached },
  };
}

function cut(text: string, length = DEFAULT_DELTA_LENGTH): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length; start += length) pieces.push(text.slice(start, start + length));
  return pieces;
}
