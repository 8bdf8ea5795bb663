import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Library } from '../../cast/library/library-api.ts';
import type { Command } from '../../engine/command/command.ts';
import type { Engine } from '../../engine/engine-api.ts';
import { listenOnFreePort, reachable } from '../../listen.ts';
import type { Log } from '../../log.ts';
import type { SceneStore } from '../../store/scene-store.ts';
import { createAdmission } from './admission.ts';
import { createApplicationShelf } from './applications/application-shelf.ts';
import { watchRemoved } from './applications/watch-removed.ts';
import { createEvents } from './events.ts';
import { createGate } from './gate.ts';
import type { Connect, HouseFacts, NamedModels } from './house.ts';
import { limitConnections, serverOptions, WEB_LIMITS, type WebLimits } from './limits.ts';
import { createLineKeys } from './line-keys.ts';
import { NO_MODELS } from './model-answers.ts';
import { readPageFiles } from './page-files.ts';
import { createPageShell } from './page-shell.ts';
import { createRoom } from './room.ts';
import { createSceneDoor } from './scene-door.ts';
import { createSockets } from './sockets.ts';
import type { StageHouse } from './stage-house.ts';
import { createVendor } from './vendor.ts';
import { createWebApp } from './web-app.ts';
import type { Offer } from './wire-shapes.ts';

export type WebStageOptions = {
  readonly engine: Engine;
  readonly library: Library;
  readonly commands: readonly Command[];
  /** Address to listen on; anything but this machine's own opens the stage to the network. */
  readonly host: string;
  /** What opens the page where `host` lets others in; without it nobody gets in there. */
  readonly operatorToken?: string;
  /** The next free one is taken where it is in use; 0 for any. */
  readonly port: number;
  /** Others than the usual ones. */
  readonly limits?: Partial<WebLimits>;
  readonly log: Log;
  readonly facts: () => HouseFacts;
  /** Models that were found and could play; asked for when someone looks. */
  readonly offers: () => Promise<readonly Offer[]>;
  readonly connect: Connect;
  /** Models that can be downloaded, after the person's consent; absent: none. */
  readonly models?: NamedModels;
  /** Id of the shipped scene that a first visit finds in motion. */
  readonly demoScene: string;
  /** Answers what is none of the page's: what operators ask for. Undefined where it is not for them either. */
  readonly beside?: (request: Request) => Promise<Response> | undefined;
  /** Where applications and their tokens are kept; absent: the page alone is let in. */
  readonly store?: Pick<SceneStore, 'get' | 'put' | 'remove' | 'ids'>;
  /** Ends the stage. */
  readonly signal: AbortSignal;
};

/**
 * Serves the local stage and attaches it to the engine. Resolves when it listens; `close` resolves
 * when no socket and no work is left.
 * @throws OperatorError where it cannot listen.
 */
export async function startWebStage(
  options: WebStageOptions,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const { engine, library, host, log } = options;
  const gate = createGate(host, options.operatorToken);
  const room = createRoom(engine);
  engine.attach(room.stage);

  const [files, vendor] = await Promise.all([readPageFiles(), createVendor()]);
  const names = [...files.keys()];
  const shell = createPageShell({
    token: gate.token,
    importMap: vendor.importMap,
    styles: names.filter((name) => name.endsWith('.css')),
    modules: names.filter((name) => name.endsWith('.ts')),
  });
  const app = createWebApp({ gate, shell, files, vendor, library });
  const answer: typeof app.fetch = (request, ...rest) =>
    options.beside?.(request) ?? app.fetch(request, ...rest);
  const limits = { ...WEB_LIMITS, ...options.limits };
  const listener = getRequestListener(answer);
  const server = createServer(serverOptions(limits), (request, response) =>
    events.answer(request, response) ? undefined : listener(request, response),
  );
  limitConnections(server, limits);

  const house: StageHouse = {
    engine,
    library,
    commands: options.commands,
    room,
    door: createSceneDoor({ engine, library, demoScene: options.demoScene }),
    lineKeys: createLineKeys(),
    run: randomUUID(),
    facts: options.facts,
    offers: options.offers,
    connect: options.connect,
    models: options.models ?? NO_MODELS,
    log,
    signal: options.signal,
    announce: (message) => sockets.announce(message),
  };
  const shelf = options.store && createApplicationShelf(options.store);
  const removed = shelf && watchRemoved(shelf);
  const admission = createAdmission({ gate, shelf, limits });
  const sockets = createSockets({ server, admission, removed, house, limits });
  const events = createEvents({ admission, removed, house });
  const port = await listenOnFreePort(server, host, options.port);
  log.info('stage-opened', { stage: 'web', port });

  let closing: Promise<void> | undefined;
  function close(): Promise<void> {
    closing ??= shut(server, async () => {
      await removed?.close();
      await Promise.all([sockets.close(), events.close()]);
      await room.close();
    });
    return closing;
  }
  options.signal.addEventListener('abort', () => void close(), { once: true });
  return { url: `http://${reachable(host)}:${port}`, close };
}

async function shut(server: Server, first: () => Promise<void>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  await first();
  server.closeAllConnections();
  await closed;
}
