import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { isLoopback } from '../listen.ts';
import type { LoopWatch } from './loop-watch.ts';
import type { Metrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';

/** A loop that is so late is stuck: Discord’s heartbeat would be missed soon. Milliseconds. */
const STUCK_MS = 5000;

export type OperatorAnswers = {
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly loop: Pick<LoopWatch, 'delayMs'>;
};

export type AskedAt = {
  /** Address that is listened on. */
  readonly host: string;
  /** What has to be shown there for the metrics, unless only this machine reaches it. */
  readonly operatorToken?: string | undefined;
};

/**
 * Answers what is asked of the process itself: whether it lives (`/healthz`), whether it is ready for work
 * (`/readyz`), and its figures (`/metrics`, in the text format of Prometheus). Undefined for all else.
 */
export function createOperatorAnswers(
  { metrics, readiness, loop }: OperatorAnswers,
  { host, operatorToken }: AskedAt,
): (request: Request) => Promise<Response> | undefined {
  const app = new Hono();
  const local = isLoopback(host);
  const token = operatorToken === undefined ? undefined : digest(operatorToken);

  app.use(async (c, next) => {
    c.header('Cache-Control', 'no-store');
    c.header('X-Content-Type-Options', 'nosniff');
    // A page elsewhere can make a browser of this machine ask; it must not read the answer under a name of its own.
    if (local && !isOurs(c.req.header('host'))) return c.text('Ask under a name of this machine.', 403);
    await next();
  });
  app.get('/healthz', (c) => {
    const late = Math.round(loop.delayMs());
    return late > STUCK_MS
      ? c.json({ lives: false, loop: `${late} ms late` }, 503)
      : c.json({ lives: true, loop: `${late} ms late` });
  });
  app.get('/readyz', async (c) => {
    const { ready, parts } = await readiness.look();
    return c.json({ ready, ...parts }, ready ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    const shown = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const admitted = local || (token !== undefined && shown !== undefined && same(digest(shown), token));
    if (!admitted) {
      c.header('WWW-Authenticate', 'Bearer');
      return c.text('Send “Authorization: Bearer” with the OPERATOR_TOKEN of this bot’s settings.', 401);
    }
    return c.body(await metrics.registry.metrics(), 200, { 'Content-Type': metrics.registry.contentType });
  });
  app.all('*', (c) => c.text('This is asked with GET.', 405));

  return (request) =>
    PATHS.has(new URL(request.url).pathname) ? Promise.resolve(app.fetch(request)) : undefined;
}

const PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

function isOurs(authority = ''): boolean {
  const name = authority.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  return isLoopback(name.toLowerCase());
}

function same(one: Buffer, other: Buffer): boolean {
  return timingSafeEqual(one, other);
}

/** Of equal lengths, so that the comparison tells nothing of them. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
