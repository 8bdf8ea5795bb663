import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../src/engine/engine.ts';
import type { Engine } from '../../src/engine/engine-api.ts';
import type { Models } from '../../src/engine/models.ts';
import type { SceneRecord } from '../../src/engine/scene-record.ts';
import type { Stage } from '../../src/engine/stage.ts';
import type { ChatModel } from '../../src/model/chat-model.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { SceneStore } from '../../src/store/scene-store.ts';
import { answeringModel, NO_USAGE } from '../../test/support/answering-model.ts';
import { smallLibrary } from '../../test/support/small-library.ts';
import { CAST, PLAYER, pastBeats } from './past.ts';
import { writeSpeech, writeTurn } from './prose.ts';

/** An engine as the bot runs it in a server, but that its models and Discord answer at once. */
export type House = AsyncDisposable & {
  readonly engine: Engine;
  readonly store: SceneStore;
  /** Character turns that were shown. */
  readonly turns: () => number;
};

const SERVER = '4000';

/** A SQLite store in a folder of its own: as it ships, sealed, and with write-ahead logging. */
export async function openFolder(): Promise<AsyncDisposable & { readonly url: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'dramatis-bench-'));
  return {
    url: `sqlite://${join(folder, 'bench.db')}`,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/** @param contextSize tokens that the actor’s model reads */
export async function openHouse(url: string, contextSize: number): Promise<House> {
  const store = await openStore(url);
  const count = { turns: 0 };
  const engine = createEngine({
    store,
    library: smallLibrary(CAST),
    models: modelsOf(contextSize),
    // Nobody waits for more lines, and no budget ends the measuring.
    limits: {
      gatherMs: 0,
      linesPerPlayerHour: 10_000,
      turnsPerPlayerHour: 100_000,
      tokensPerPlayerHour: 1_000_000_000,
      turnsPerSceneDay: 100_000,
      tokensPerSceneDay: 1_000_000_000,
      turnsPerServerDay: 100_000,
      tokensPerServerDay: 1_000_000_000,
    },
  });
  engine.attach(instantStage(count));
  return {
    engine,
    store,
    turns: () => count.turns,
    async [Symbol.asyncDispose]() {
      await engine.close();
      await store.close();
    },
  };
}

/** Writes a scene of so many beats, as if it had been played before the bot was started. */
export async function writeScene(store: SceneStore, id: string, seed: number, length: number): Promise<void> {
  const record: SceneRecord = {
    id,
    log: `${id}#1`,
    title: 'The last boat',
    stage: 'discord',
    server: SERVER,
    owner: PLAYER.id,
    preset: 'conversation',
    status: 'playing',
    seed,
    createdAt: 0,
    pace: 'none',
    origin: 'lab',
    restedAt: length,
    rooms: [],
    branches: [],
  };
  for (const beat of pastBeats(seed, length)) await store.append(record.log, beat);
  await store.put('delivery', `${record.log}/${length}`, { messages: [`shown-${id}`] });
  await store.put('scene', id, record);
}

let lines = 0;

/** Mara says something, and the cast answers it until it rests. */
export async function playLine({ engine }: Pick<House, 'engine'>, id: string): Promise<void> {
  lines += 1;
  const line = { player: PLAYER, text: writeSpeech(7, lines, 1), source: `line-${process.pid}-${lines}` };
  const heard = await engine.hear(id, line);
  if (!heard.heard) throw new Error(`the line was not heard: ${heard.because}`);
  await engine.idle(id);
}

export function modelsOf(contextSize: number): Models {
  return { actor: instantModel(contextSize), director: instantModel(contextSize) };
}

/** Answers at once; the director leaves it to chance who is next. */
function instantModel(contextSize: number): ChatModel {
  let turns = 0;
  const { asked: _, ...model } = answeringModel();
  return {
    ...model,
    contextSize,
    async *stream({ jsonSchema }) {
      turns += 1;
      const text = jsonSchema ? '{"reasoning":"","next_speaker":"random"}' : writeTurn(5, turns);
      yield { type: 'text', text };
      yield { type: 'end', reason: 'stop', usage: NO_USAGE };
    },
  };
}

function instantStage(count: { turns: number }): Stage {
  return {
    name: 'discord',
    durable: true,
    streams: false,
    show(scene, beat) {
      count.turns += 1;
      return Promise.resolve({ messages: [`${scene.id}-${beat.n}`] });
    },
    find: () => Promise.resolve(undefined),
    update: () => Promise.resolve(),
    whisper: () => Promise.resolve(true),
    rewound: () => Promise.resolve(),
    typing: () => {},
    partial: () => {},
    withdraw: () => {},
    notice: () => Promise.resolve(),
    changed: () => {},
  };
}
