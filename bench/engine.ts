import { createEngine } from '../src/engine/engine.ts';
import type { Engine } from '../src/engine/engine-api.ts';
import type { Stage } from '../src/engine/stage.ts';
import type { ChatModel } from '../src/model/chat-model.ts';
import { openStore } from '../src/store/open-store.ts';
import { smallLibrary } from '../test/support/small-library.ts';
import { paired, ROUNDS } from './paired.ts';
import type { Bench, Row } from './row.ts';

const LENGTHS = [100, 1_000, 10_000] as const;
const [SHORTEST, ...LONGER] = LENGTHS;
const ROUNDS_TOGETHER = 20;
const OWNER = { id: 'p1', name: 'Mara' };

type Played = { readonly engine: Engine; readonly id: string };

/** What the engine itself costs per turn, by the length of the log: the model answers at once. */
export const engine: Bench = {
  name: 'engine',
  about: 'engine time per turn at 100, 1,000 and 10,000 beats',
  async run() {
    const used = await openEngine();
    const rows: Row[] = [];
    for (const length of LONGER) {
      // What is measured grows by what is played, so each round finds a short scene of its own.
      const short = Array.from({ length: ROUNDS + 1 }, (_, round) => `lab:${SHORTEST}-${length}-${round}`);
      for (const id of short) await playTo(used, id, SHORTEST);
      const id = `lab:${length}`;
      await playTo(used, id, length);
      rows.push(await rowFor(length, { engine: used, id }, short));
    }
    await used.close();
    return rows;
  },
};

const REACH = 1.2;

async function rowFor(length: number, scene: Played, short: readonly string[]): Promise<Row> {
  const fresh = short.values();
  const { ours, theirs, ratio, interval } = await paired(
    () => playLines(scene),
    () => playLines({ engine: scene.engine, id: fresh.next().value ?? scene.id }),
  );
  const turns = ROUNDS_TOGETHER * 3;
  return {
    measure: `engine time per turn at ${length.toLocaleString('en')} beats, beside ${SHORTEST} beats`,
    value: round((ours * 1000) / turns),
    unit: 'µs',
    beside: round((theirs * 1000) / turns),
    ratio: round(ratio),
    interval: [round(interval[0]), round(interval[1])],
    reach: `<= ${REACH}`,
    ok: interval[0] <= REACH,
  };
}

/** Three turns of the cast after each line: director, prompt, parser, log, stage. */
async function playLines({ engine: used, id }: Played): Promise<void> {
  for (let round = 0; round < ROUNDS_TOGETHER; round += 1) {
    await used.hear(id, { player: OWNER, text: 'And what would you have me believe this time?' });
    await used.idle(id);
  }
}

async function openEngine(): Promise<Engine> {
  const used = createEngine({
    store: await openStore('memory:'),
    library: smallLibrary(),
    models: { actor: instantModel(), director: instantModel() },
  });
  used.attach(quietStage());
  return used;
}

/** Starts a scene and plays it until its log has this many beats. */
async function playTo(used: Engine, id: string, length: number): Promise<void> {
  await used.start({ id, stage: 'lab', owner: OWNER, cast: ['wenna', 'tom', 'ines'], seed: 3 });
  for (;;) {
    const beats = (await used.info(id))?.beats ?? length;
    if (beats >= length) return;
    await used.hear(id, { player: OWNER, text: `Line ${beats}: the tide will not wait for any of us.` });
    await used.idle(id);
  }
}

const TURN =
  '<system_thinking>She has been asked again. She would look away, then answer with less than the truth.</system_thinking><role_thinking>He knows more than he says</role_thinking><role_action>winds the rope around one hand</role_action>Believe the water. It has no reason to lie to you.';

/** Answers at once, from memory; a director’s answer names whoever has been silent longest (chance). */
function instantModel(): ChatModel {
  return {
    name: 'instant',
    profile: 'plain',
    contextSize: 4096,
    maxTokens: 512,
    temperature: 0.7,
    planning: 'short',
    async *stream(request) {
      yield { type: 'text', text: request.jsonSchema ? '{"reasoning":"","next_speaker":"random"}' : TURN };
      yield {
        type: 'end',
        reason: 'stop',
        usage: {
          model: 'instant',
          promptTokens: 1,
          cachedTokens: 0,
          completionTokens: 1,
          msToFirst: 0,
          msToLast: 0,
        },
      };
    },
  };
}

function quietStage(): Stage {
  return {
    name: 'lab',
    durable: false,
    streams: true,
    show: () => Promise.resolve({ messages: [] }),
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

function round(value: number): number {
  return Number(value.toPrecision(3));
}
