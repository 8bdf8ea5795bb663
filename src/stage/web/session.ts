import type { Player } from '../../engine/player.ts';
import type { Locale } from '../../words/locales.ts';
import { answer } from './answers.ts';
import { APPLICATION_SCOPES } from './applications/application.ts';
import {
  type ClientMessage,
  type ClientMessageOf,
  clientMessageSchema,
  LARGEST_MESSAGE,
  PROTOCOL,
  type Scope,
  scopeNeeded,
} from './protocol.ts';
import { LOCAL_PLAYER } from './scene-door.ts';
import type { ServerMessage } from './server-message.ts';
import { explain, ProtocolError } from './session-error.ts';
import type { StageHouse } from './stage-house.ts';
import { createUploads } from './uploads.ts';
import { type WatchedScene, watchScene } from './watched-scene.ts';
import { wireLibrary } from './wire-scene.ts';

/** One socket: what it may ask, which scene it looks at, and what it is sent. */
export type Session = {
  /** Handles one message; answers through `send`, never throws. */
  receive(text: string): Promise<void>;
  /** Something changed that every session shows. */
  announce(message: ServerMessage): void;
  close(): Promise<void>;
};

/** `send` may drop a message on a socket that is closing; it never throws. */
export function createSession(options: {
  readonly house: StageHouse;
  readonly scopes: ReadonlySet<Scope>;
  /** Id of the application whose token opened it; absent: it is the page. */
  readonly application?: string;
  /** The language of the browser; left out, English. */
  readonly locale?: Locale;
  readonly send: (message: ServerMessage) => void;
}): Session {
  const { house, scopes, application, locale = 'en', send } = options;
  let watched: WatchedScene | undefined;
  let xray = false;
  const uploads = createUploads();
  const seenCards = new Map<string, string>();
  const leaving = new AbortController();
  const signal = AbortSignal.any([house.signal, leaving.signal]);
  // What is asked while a scene opens waits for it.
  let opening: Promise<void> = Promise.resolve();
  const greeting = hello(house, scopes).then(send, (error: unknown) => refuse(error, undefined));

  async function open(message: ClientMessageOf<'open'>): Promise<void> {
    const { door, engine } = house;
    const { start } = message;
    const { id: own, ...as } = message.as ?? { name: '' };
    const id = application === undefined ? LOCAL_PLAYER : playerOf(application, own);
    const persona = (script: string | undefined): Player => ({
      ...(message.as ? as : door.personaOf(script)),
      id,
    });
    const starts = start ?? (message.scene === undefined && (await door.playing()).length === 0);
    if (starts && !scopes.has('direct')) throw forbidden('direct');
    if (message.thoughts && !scopes.has('peek')) throw forbidden('peek');
    const newcomer = persona(start?.script);
    const scene = start
      ? await door.openNew(start, newcomer)
      : await (message.scene === undefined ? door.openDefault() : door.openKnown(message.scene));
    const info = await engine.info(scene);
    const player = persona(info?.record.script);
    const isRoom = info?.rooms.some(({ id }) => id === message.scene) ?? false;
    await watch({
      scene,
      place: (isRoom ? message.scene : undefined) ?? scene,
      player,
      message,
      thoughts: message.thoughts ?? false,
    });
    if (start || message.scene === undefined)
      house.announce({ type: 'playing', playing: await door.playing() });
  }

  /** A scene that goes on from a save of the one that is watched; this session looks at it from now on. */
  async function load(message: ClientMessageOf<'load'>): Promise<void> {
    if (!watched) throw noScene();
    const { scene, player, thoughts } = watched;
    const id = house.door.newPlace();
    await house.engine.game.load(scene, message.save, { id, owner: player });
    const opened = { type: 'open' as const, ...(message.re === undefined ? {} : { re: message.re }) };
    await watch({ scene: id, place: id, player, thoughts, message: opened });
    house.announce({ type: 'playing', playing: await house.door.playing() });
  }

  async function watch(of: {
    scene: string;
    place: string;
    player: Player;
    thoughts: boolean;
    message?: ClientMessageOf<'open'>;
  }): Promise<void> {
    await watched?.close();
    watched = await watchScene({
      house,
      scopes,
      send,
      ...of,
      xray: () => xray,
      // Another scene began in the same place, or this one went back: the page starts over with it.
      onReplaced: (how) => {
        const place = how === 'rewound' ? of.place : of.scene;
        opening = opening
          .then(() => watch({ scene: of.scene, place, player: of.player, thoughts: of.thoughts }))
          .catch((error: unknown) => refuse(error, undefined));
      },
    });
  }

  async function handle(message: ClientMessage): Promise<void> {
    const needed = scopeNeeded[message.type];
    if (needed && !scopes.has(needed)) throw forbidden(needed);
    if (message.type === 'open' || message.type === 'load') {
      // One after the other: the last scene that was asked for is the one that is shown.
      opening = opening
        .then(() => (message.type === 'open' ? open(message) : load(message)))
        .catch((error: unknown) => refuse(error, message.re));
      return opening;
    }
    await opening;
    if (!watched) throw noScene();
    if (message.type === 'xray') {
      xray = message.on;
      if (xray) watched.showDrafts();
    }
    const { scene, place, player, sight } = watched;
    const result = await answer(message, {
      house,
      scopes,
      scene,
      place,
      player,
      sight,
      locale,
      uploads,
      seenCards,
      signal,
    });
    send(message.re === undefined ? result : { ...result, re: message.re });
  }

  function refuse(error: unknown, re: string | undefined): void {
    const { code, message } = explain(error, house.log, locale);
    send({ type: 'error', code, message, ...(re === undefined ? {} : { re }) });
  }

  async function receive(text: string): Promise<void> {
    await greeting;
    let re: string | undefined;
    try {
      const raw = readJson(text, scopes.has('admin'));
      re = typeof raw['re'] === 'string' ? raw['re'].slice(0, 64) : undefined;
      await handle(readMessage(raw));
    } catch (error) {
      refuse(error, re);
    }
  }

  return {
    receive,
    announce(message) {
      // Where models are and what the operator set is the operator's.
      if (!FOR_OPERATORS.has(message.type) || scopes.has('admin')) send(message);
      if (message.type === 'house') watched?.refresh();
    },
    async close() {
      leaving.abort();
      await opening;
      await watched?.close();
    },
  };
}

const FOR_OPERATORS: ReadonlySet<ServerMessage['type']> = new Set(['house', 'models', 'model-progress']);

/** The id of a player whom an application brings: its own name for them, or its only one. */
function playerOf(application: string, own: string | undefined): string {
  return own === undefined ? `app:${application}` : `app:${application}:${own}`;
}

function noScene(): ProtocolError {
  return new ProtocolError('no-scene', 'Open a scene first.');
}

function forbidden(scope: Scope): ProtocolError {
  const isGiven = APPLICATION_SCOPES.some((given) => given === scope);
  return new ProtocolError(
    'forbidden',
    isGiven
      ? `This token lacks the scope ${scope}. Whoever runs the stage gives scopes: dramatis apps add NAME --scopes ${scope}.`
      : `Only the page of this stage may ask for that (scope ${scope}).`,
  );
}

async function hello(house: StageHouse, scopes: ReadonlySet<Scope>): Promise<ServerMessage> {
  await house.library.refresh();
  return {
    type: 'hello',
    protocol: PROTOCOL,
    run: house.run,
    scopes: [...scopes],
    library: wireLibrary(house.library),
    playing: await house.door.playing(),
    house: scopes.has('admin') ? [...house.facts()] : [],
  };
}

function readJson(text: string, large: boolean): Record<string, unknown> {
  if (!large && Buffer.byteLength(text) > LARGEST_MESSAGE) {
    throw new ProtocolError('too-large', `A message holds at most ${LARGEST_MESSAGE} bytes.`);
  }
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new ProtocolError('malformed', 'That is not JSON. Send one JSON object a message.');
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw new ProtocolError('malformed', 'Send one JSON object a message.');
  }
  return raw as Record<string, unknown>;
}

const KNOWN_TYPES = clientMessageSchema.options.map((option) => option.shape.type.value);

function readMessage(raw: Record<string, unknown>): ClientMessage {
  const type = raw['type'];
  if (!KNOWN_TYPES.some((known) => known === type)) {
    throw new ProtocolError(
      'unknown-type',
      `There is no such message. There are: ${KNOWN_TYPES.join(', ')}.`,
    );
  }
  const read = clientMessageSchema.safeParse(raw);
  if (read.success) return read.data;
  const problems = read.error.issues.map(
    ({ path, message }) => `${path.join('.') || String(type)}: ${message}`,
  );
  throw new ProtocolError('malformed', problems.slice(0, 3).join(' '));
}
