import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/engine-api.ts';
import type { ChatModel } from '../../../src/model/chat-model.ts';
import { type Beat, characterActorId, ENVIRONMENT } from '../../../src/scene/beat.ts';
import { answeringModel } from '../../support/answering-model.ts';
import { OWNER, playHouse, SCENE } from '../../support/play-house.ts';

const CARDS = ['wenna', 'tom', 'ines'];
const NAMES = ['Old Wenna', 'Tom Reddick', 'Ines', OWNER.name, 'Environment'];
const MOST_TURNS = 60;

/** What people do, before anyone acts or while a turn is being made. */
const DEEDS: Readonly<Record<string, (engine: Engine, n: number) => Promise<unknown>>> = {
  say: (engine) => engine.hear(SCENE, { player: OWNER, text: 'And then?' }),
  call: (engine) => engine.hear(SCENE, { player: OWNER, text: 'Ines, and you?' }),
  whisper: (engine, n) =>
    engine.whisper(SCENE, { player: OWNER, to: [CARDS[n % 3] ?? ''], text: 'Only for you.' }),
  come: (engine, n) => engine.summon(SCENE, CARDS[n % 3] ?? ''),
  go: (engine, n) => engine.dismiss(SCENE, CARDS[n % 3] ?? ''),
  next: (engine) => engine.next(SCENE),
  named: (engine, n) => engine.next(SCENE, CARDS[n % 3]),
  narrate: (engine) => engine.narrate(SCENE, 'The tide turns.'),
  steer: (engine) => engine.direction.steer(SCENE, 'let it rain', 2),
  goOn: (engine) => engine.direction.goOn(SCENE, 3),
  time: (engine) => engine.direction.skipTime(SCENE, 10),
  stop: (engine) => engine.stop(SCENE),
  pin: (engine, n) => engine.ledger.pin(SCENE, n, true),
  rewind: (engine, n) => engine.past.rewind(SCENE, n),
  swipe: (engine) => engine.past.swipe(SCENE, 'again', { id: OWNER.id, moderator: true }),
};
const deeds = fc.record({ deed: fc.constantFrom(...Object.keys(DEEDS)), n: fc.integer({ min: 0, max: 12 }) });
const plays = fc.record({
  deeds: fc.array(deeds, { minLength: 4, maxLength: 14 }),
  /** What happens while a turn is being made; most of them pass in peace. */
  during: fc.array(fc.option(deeds, { freq: 3, nil: undefined }), { minLength: 10, maxLength: 10 }),
  orders: fc.array(fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 }), {
    minLength: 8,
    maxLength: 8,
  }),
  lines: fc.array(
    fc.constantFrom('Well.', 'Well.', 'Tom, was it you?', '<role_action>throws it open</role_action>There.'),
    { minLength: 5, maxLength: 5 },
  ),
});
type Play = typeof plays extends fc.Arbitrary<infer P> ? P : never;

/** An answer of the director, and how long the log was when it was asked. */
type Order = { readonly beats: number; readonly order: readonly string[] };

async function playOut({ deeds: all, during, orders, lines }: Play) {
  const asked: Order[] = [];
  let turns = 0;
  let nested = false;
  const beatsNow = async () => (await house.engine.info(SCENE))?.beats ?? 0;
  const does = async ({ deed, n }: Play['deeds'][number]) => {
    // Much of it cannot be done just then, and says so.
    await DEEDS[deed]?.(house.engine, n).catch(() => {});
  };
  const actor: ChatModel = {
    ...answeringModel(),
    async *stream() {
      turns += 1;
      const meanwhile = turns > MOST_TURNS || nested ? undefined : during[turns % during.length];
      // A swipe waits for its own draft.
      if (meanwhile && meanwhile.deed !== 'swipe') {
        nested = true;
        await does(meanwhile);
        nested = false;
      }
      yield { type: 'text', text: lines[turns % lines.length] ?? 'Well.' };
    },
  };
  const director: ChatModel = {
    ...answeringModel(),
    async *stream() {
      const order = orders[asked.length % orders.length] ?? [];
      asked.push({ beats: await beatsNow(), order });
      const [next, ...later] = order;
      const answer = { reasoning: 'it is so', next_speaker: next, later_speakers: later };
      yield { type: 'text', text: JSON.stringify(answer) };
    },
  };
  const house = await playHouse({
    models: { actor, director, narrator: answeringModel() },
    limits: { turnsPerLine: 6 },
  });
  await house.engine.start({ id: SCENE, stage: 'web', owner: OWNER, cast: CARDS, seed: 1 });
  for (const one of all) {
    await does(one);
    await house.engine.idle(SCENE);
  }
  const { log } = (await house.engine.info(SCENE))?.record ?? {};
  const beats = await Array.fromAsync(house.store.read(log ?? ''));
  await house.engine.close();
  return { asked, beats };
}

const idOf = (name: string | undefined) =>
  name === ENVIRONMENT.name ? ENVIRONMENT.id : characterActorId(CARDS[NAMES.indexOf(name ?? '')] ?? 'nobody');

function madeBy(beat: Beat | undefined): string | undefined {
  if (beat?.kind !== 'line' && beat?.kind !== 'narration') return undefined;
  return 'made' in beat && beat.made && !('alternativeTo' in beat) ? beat.speaker.id : undefined;
}

/** How long the log was when a turn was decided; what happens while it is made, it need not foresee. */
function decidedAt(beat: Beat): number {
  return beat.kind === 'line' ? Number.parseInt(beat.turn, 10) - 1 : beat.n - 1;
}

/** Which answer, and which place of it, this turn was foreseen in: all between them are the turns it foresaw. */
function orderBehind(beats: readonly Beat[], beat: Beat, asked: readonly Order[]): string | undefined {
  const decided = decidedAt(beat);
  for (const [nth, { beats: before, order }] of asked.entries()) {
    const at = decided - before;
    if (at < 1 || at >= order.length) continue;
    const turns = [...beats.slice(before, decided), beat].map(madeBy);
    if (turns.every((who, place) => who === idOf(order[place]))) return `${nth}.${at}`;
  }
  return undefined;
}

test('whatever people do: a turn that was foreseen follows nothing but turns that were, and none is foreseen twice', async () => {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(plays, async (play) => {
      const { asked, beats } = await playOut(play);
      const used = new Set<string>();
      for (const beat of beats) {
        if (madeBy(beat) === undefined || !('made' in beat)) continue;
        if (!beat.made?.why?.startsWith('foreseen after ')) continue;
        seen += 1;
        const behind = orderBehind(beats, beat, asked);
        expect(behind, `beat ${beat.n}`).toBeDefined();
        expect(used.has(behind ?? '')).toBe(false);
        used.add(behind ?? '');
        const last = beats[decidedAt(beat) - 1];
        expect(last?.kind === 'line' ? (last.addressed ?? []) : []).toEqual([]);
      }
    }),
    { numRuns: 150 },
  );
  expect(seen).toBeGreaterThan(20);
});
