import { createEngine } from '../src/engine/engine.ts';
import type { Engine } from '../src/engine/engine-api.ts';
import type { Stage } from '../src/engine/stage.ts';
import type { ChatModel } from '../src/model/chat-model.ts';
import { openStore } from '../src/store/open-store.ts';
import { smallLibrary } from '../test/support/small-library.ts';
import { paired } from './paired.ts';
import type { Bench, Row } from './row.ts';

const LENGTHS = [100, 1_000, 10_000] as const;
const ROUNDS_TOGETHER = 20;
const OWNER = { id: 'p1', name: 'Mara' };

/** What the engine itself costs per turn, by the length of the log: the model answers at once. */
export const engine: Bench = {
  name: 'engine',
  about: 'engine time per turn at 100, 1,000 and 10,000 beats',
  async run() {
    const houses = new Map<number, { engine: Engine; id: string }>();
    for (const length of LENGTHS) houses.set(length, await houseWith(length));
    const [shortest, middle, longest] = LENGTHS.map((length) => houses.get(length));
    if (!shortest || !middle || !longest) throw new Error('no scene to measure');
    const rows = [
      await rowFor('1,000 beats', middle, shortest, 1.2),
      await rowFor('10,000 beats', longest, shortest, 1.2),
    ];
    for (const { engine: used } of houses.values()) await used.close();
    return rows;
  },
};

async function rowFor(
  what: string,
  scene: { engine: Engine; id: string },
  shortest: { engine: Engine; id: string },
  reach: number,
): Promise<Row> {
  const { ours, theirs, ratio, interval } = await paired(
    () => playLines(scene),
    () => playLines(shortest),
  );
  const turns = ROUNDS_TOGETHER * 3;
  return {
    measure: `engine time per turn at ${what}, beside 100 beats`,
    value: round((ours * 1000) / turns),
    unit: 'µs',
    beside: round((theirs * 1000) / turns),
    ratio: round(ratio),
    interval: [round(interval[0]), round(interval[1])],
    reach: `<= ${reach}`,
    ok: interval[0] <= reach,
  };
}

/** Three turns of the cast after each line: director, prompt, parser, log, stage. */
async function playLines({ engine: used, id }: { engine: Engine; id: string }): Promise<void> {
  for (let round = 0; round < ROUNDS_TOGETHER; round += 1) {
    await used.hear(id, { player: OWNER, text: 'And what would you have me believe this time?' });
    await used.idle(id);
  }
}

/** A scene whose log has this many beats, all of them played. */
async function houseWith(length: number): Promise<{ engine: Engine; id: string }> {
  const store = await openStore('memory:');
  const used = createEngine({
    store,
    library: smallLibrary(),
    models: { actor: instantModel(), director: instantModel() },
  });
  used.attach(quietStage());
  const id = `lab:${length}`;
  await used.start({ id, stage: 'lab', owner: OWNER, cast: ['wenna', 'tom', 'ines'], seed: 3 });
  for (;;) {
    const info = await used.info(id);
    if (!info || info.beats >= length) return { engine: used, id };
    await used.hear(id, { player: OWNER, text: `Line ${info.beats}: the tide will not wait for any of us.` });
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
