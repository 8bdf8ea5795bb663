import type { IncomingMessage, ServerResponse } from 'node:http';
import { localeAccepted } from '../../words/locales.ts';
import { type Admission, type Guest, isRefusal } from './admission.ts';
import type { RemovedWatch } from './applications/watch-removed.ts';
import { HEADERS } from './headers.ts';
import type { ServerMessage } from './server-message.ts';
import { createSession } from './session.ts';
import { MOST_WAITING } from './sockets.ts';
import type { StageHouse } from './stage-house.ts';

/**
 * Listening without a socket: `GET /stage/events?scene=ID` with `Authorization: Bearer TOKEN` is answered with
 * server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html), each the JSON of one
 * message of the stage protocol.
 */
export type Events = {
  /** Answers what is meant for it; false where that is something else. */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
  close(): Promise<void>;
};

/** Milliseconds between two comments, by which a dead connection is found and a proxy kept from closing it. */
const SIGN_OF_LIFE_MS = 15_000;

/** Milliseconds after which a client comes back. */
const RETRY_MS = 2000;

/** @param options.removed absent where no application is let in */
export function createEvents(options: {
  readonly admission: Admission;
  readonly removed: RemovedWatch | undefined;
  readonly house: StageHouse;
}): Events {
  const { admission, removed, house } = options;
  const open = new Set<ServerResponse>();
  const work = new Set<Promise<void>>();
  let closing = false;

  function track(task: Promise<void>): void {
    const tracked = task.finally(() => work.delete(tracked));
    work.add(tracked);
  }

  async function listen(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const guest = await admission.admit(request, 'events');
    if (isRefusal(guest)) {
      if (guest.waitMs !== undefined) response.setHeader('Retry-After', Math.ceil(guest.waitMs / 1000));
      return refuse(response, guest.status, NOT_LET_IN);
    }
    response.once('close', guest.leave);
    if (response.closed || closing) {
      guest.leave();
      response.destroy();
      return;
    }
    const thoughts = url.searchParams.get('thoughts') === 'true';
    if (thoughts && !guest.scopes.has('peek'))
      return refuse(response, 403, 'This token lacks the scope peek.');
    const scene = url.searchParams.get('scene') ?? '';
    const info = scene.startsWith('web:') ? await house.engine.info(scene) : undefined;
    if (!info) return refuse(response, 404, 'That scene is not here. Name one: /stage/events?scene=web:…');
    response.writeHead(200, {
      ...HEADERS,
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    response.write(`retry: ${RETRY_MS}\n\n`);
    await follow(request, response, guest, {
      type: 'open',
      scene,
      ...(thoughts ? { thoughts } : {}),
      ...(await seenAlready(house, info.record.id, request.headers['last-event-id'])),
    });
  }

  /** A session that is asked one thing, and tells until its connection ends. */
  async function follow(
    request: IncomingMessage,
    response: ServerResponse,
    { scopes, application }: Guest,
    first: Record<string, unknown>,
  ): Promise<void> {
    const session = createSession({
      house,
      scopes,
      ...(application ? { application: application.id } : {}),
      locale: localeAccepted(request.headers['accept-language']),
      send: (message) => deliver(response, message),
    });
    open.add(response);
    const stopCaring = application && removed?.whileThere(application.id, () => response.end());
    const signs = setInterval(() => response.write(':\n\n'), SIGN_OF_LIFE_MS);
    response.once('close', () => {
      open.delete(response);
      clearInterval(signs);
      stopCaring?.();
      track(session.close());
    });
    await session.receive(JSON.stringify(first));
  }

  function deliver(response: ServerResponse, message: ServerMessage): void {
    if (response.writableEnded || response.destroyed) return;
    if (response.writableLength > MOST_WAITING) {
      house.log.warn('session-dropped', { waiting: response.writableLength });
      response.destroy();
      return;
    }
    const beat = beatOf(message);
    response.write(`${beat === undefined ? '' : `id: ${beat}\n`}data: ${JSON.stringify(message)}\n\n`);
  }

  return {
    answer(request, response) {
      const url = URL.parse(request.url ?? '', 'http://stage');
      if (url?.pathname !== '/stage/events' || request.method !== 'GET') return false;
      response.on('error', () => response.destroy());
      track(
        listen(request, response, url).catch((error: unknown) => {
          house.log.error('session-failed', { error: error instanceof Error ? error.name : typeof error });
          response.destroy();
        }),
      );
      return true;
    },
    async close() {
      closing = true;
      for (const response of open) response.end();
      await Promise.allSettled(work);
    },
  };
}

const NOT_LET_IN =
  'Events are for the page of this stage, and for applications with a token: Authorization: Bearer …';

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, {
    ...HEADERS,
    'Content-Type': 'text/plain; charset=utf-8',
    Connection: 'close',
  });
  response.end(`${why}\n`);
}

/** The newest beat that a client knows once it has read this message. */
function beatOf(message: ServerMessage): number | undefined {
  if (message.type === 'beat') return message.beat.n;
  return message.type === 'opened' ? message.beats.at(-1)?.n : undefined;
}

/** What makes an `open` go on behind a beat. A log that is not as long is another story: it is told from its start. */
async function seenAlready(
  { engine, room, run }: StageHouse,
  scene: string,
  lastEventId: string | string[] | undefined,
): Promise<object> {
  const after = typeof lastEventId === 'string' && /^\d{1,9}$/u.test(lastEventId) ? Number(lastEventId) : 0;
  const newest = (await engine.replay(scene)).at(-1)?.n ?? 0;
  return after > 0 && after <= newest ? { after, run, revision: room.moment(scene).revision } : {};
}
