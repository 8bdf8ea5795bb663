import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What the judge was asked since the last time. */
export type JudgeCounts = { readonly asked: number; readonly peak: number; readonly lateMs: number };

const CANDIDATE = /\[[0-9a-f]{16}\] candidate ([^\\"\s]+)/g;

/**
 * A judge on 127.0.0.1 that answers any number of requests at once, each a fixed time after it was asked. The
 * candidate that is called the first by name wins, so that both orders are read and each is consistent.
 *
 * @param serviceMs how long an answer takes
 */
export async function startJudgeServer(serviceMs: number) {
  let [asked, underWay, peak, lateMs] = [0, 0, 0, 0];

  function serve(request: IncomingMessage, response: ServerResponse): void {
    if (request.url === '/counts') {
      const counts: JudgeCounts = { asked, peak, lateMs };
      [asked, peak, lateMs] = [0, underWay, 0];
      response.end(JSON.stringify(counts));
      return;
    }
    const dueAt = performance.now() + serviceMs;
    underWay += 1;
    asked += 1;
    peak = Math.max(peak, underWay);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = answerTo(chunks);
      setTimeout(
        () => {
          underWay -= 1;
          lateMs = Math.max(lateMs, performance.now() - dueAt);
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
          response.end(body);
        },
        Math.max(0, dueAt - performance.now()),
      );
    });
  }

  const server = createServer({ keepAliveTimeout: 120_000 }, serve);
  server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 });
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/v1` };
}

/** The candidates stand at the end of a request. */
function answerTo(chunks: readonly Buffer[]): Buffer {
  const text = Buffer.concat(chunks).toString('latin1');
  const labels = [...text.matchAll(CANDIDATE)].map(([, label = '']) => label);
  const [one = 'A', other = 'B'] = labels.toSorted();
  const verdict = {
    violations: [],
    comparisons: [
      { principle: 'economy', [one]: 'it is brief', [other]: 'it goes on', better: one, degree: 'clear' },
    ],
    reason: 'It says more in fewer words.',
    better: one,
  };
  const content = JSON.stringify(verdict);
  return Buffer.from(
    JSON.stringify({
      id: 'bench',
      object: 'chat.completion',
      model: 'judge',
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 4000, completion_tokens: 60 },
    }),
  );
}
