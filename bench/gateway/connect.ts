import { setTimeout } from 'node:timers/promises';
import { Client, Events } from 'discord.js';
import { createEngine } from '../../src/engine/engine.ts';
import type { Engine } from '../../src/engine/engine-api.ts';
import { silentLog } from '../../src/log.ts';
import { startDiscordStage } from '../../src/stage/discord/start-discord-stage.ts';
import type { SceneStore } from '../../src/store/scene-store.ts';
import { smallLibrary } from '../../test/support/small-library.ts';
import type { Discord, Place } from '../measure/discord-process.ts';

/** Notes of what was heard are written so often: much more than in life, so that a round need not wait for them. */
const NOTE_MS = 20;
/** More than there are between the count of a line and its note, in turns of the queue of promises. */
const HOPS = 20;

export type Connected = AsyncDisposable & {
  readonly client: Client;
  /** Resolves when this many lines in all came to the engine’s door, and the stage has done with them. */
  settled(lines: number): Promise<void>;
  /** Resolves when what was put off is done, to how long that took. Milliseconds. */
  afterwards(): Promise<number>;
};

/**
 * The whole bot, with a scene in each of these channels. What is said there goes as far as the engine’s door: what the
 * engine makes of a line is the bench `turn`’s matter.
 */
export async function connectBot(
  discord: Discord,
  opened: SceneStore,
  scenes: readonly Place[],
): Promise<Connected> {
  const { store, written, afterwards } = timeNotes(opened);
  const engine = createEngine({ store, library: smallLibrary(), listedServers: '*', log: silentLog });
  const acts = countActs(engine.access);
  const hear: Engine['hear'] = async () => ({ heard: true, beat: 1, joined: false });
  const door: Engine = { ...engine, hear, access: acts.access };
  const caught = catchClient();
  const stage = await startDiscordStage({
    engine: door,
    commands: [],
    store,
    settings: {
      token: discord.token,
      api: discord.restUrl,
      cdn: discord.cdnUrl,
      owners: [],
      pace: { spacingMs: 0, perMinute: 100_000, cardMs: 1, noteMs: NOTE_MS },
    },
    log: silentLog,
    signal: new AbortController().signal,
  });
  await stage.caughtUp;
  for (const { server, channel } of scenes) {
    const id = `discord:${channel}`;
    const owner = { id: server, name: 'Mara' };
    await engine.start({ id, stage: 'discord', server, owner, cast: ['wenna', 'tom', 'ines'], seed: 1 });
    await engine.idle(id);
  }
  return {
    client: caught(),
    async settled(lines) {
      await acts.reached(lines);
      await hop();
      await written();
    },
    afterwards,
    async [Symbol.asyncDispose]() {
      await engine.close();
      await stage.close();
    },
  };
}

/** The library alone, as the bot sets it up: the same intents, caches and sweepers, and nobody who listens. */
export async function connectBare(discord: Discord, { options }: Client): Promise<Connected> {
  const client = new Client(options);
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  await ready;
  return {
    client,
    settled: hop,
    afterwards: async () => 0,
    [Symbol.asyncDispose]: () => client.destroy(),
  };
}

/** The bot keeps its client to itself; the library’s own `login` shows which one it is. */
function catchClient(): () => Client {
  const { login } = Client.prototype;
  let client: Client | undefined;
  Client.prototype.login = function caught(this: Client, token) {
    client = this;
    Client.prototype.login = login;
    return login.call(this, token);
  };
  return () => {
    if (!client) throw new Error('The bot did not log in.');
    return client;
  };
}

/** Behind the engine’s door a line is counted among what its player did of late, and then noted by the stage. */
function countActs(access: Engine['access']) {
  let acts = 0;
  let awaited: { readonly count: number; readonly reached: () => void } | undefined;
  return {
    access: {
      ...access,
      async act(...deed: Parameters<typeof access.act>) {
        const counted = await access.act(...deed);
        acts += 1;
        if (acts === awaited?.count) awaited.reached();
        return counted;
      },
    },
    async reached(count: number) {
      if (acts < count) {
        await new Promise<void>((resolve) => {
          awaited = { count, reached: resolve };
        });
      }
    },
  };
}

/** Nothing of it waits for the world outside: a turn of the event loop would cost more than what is measured. */
async function hop(): Promise<void> {
  for (let hops = 0; hops < HOPS; hops += 1) await undefined;
}

/** Watches what is written of what was seen. */
function timeNotes(store: SceneStore) {
  let spent = 0;
  let pending = 0;
  const timed: SceneStore = {
    ...store,
    async put(kind, id, value) {
      if (!id.startsWith('seen/')) return store.put(kind, id, value);
      pending += 1;
      const began = performance.now();
      await store.put(kind, id, value);
      spent += performance.now() - began;
      pending -= 1;
    },
  };
  return {
    store: timed,
    async written() {
      while (pending > 0) await undefined;
    },
    async afterwards() {
      spent = 0;
      await setTimeout(3 * NOTE_MS);
      return spent;
    },
  };
}
