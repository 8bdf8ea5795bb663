import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideFrom } from '../../../src/director/decide.ts';
import type { Floor } from '../../../src/director/floor.ts';
import { isCharacterId } from '../../../src/scene/beat.ts';

const TURNS = 60;

type Play = { readonly n: number; readonly seed: number; readonly every: number; readonly ready: number[] };

/** Plays so many character turns with a model that names always the same one; a player speaks each `every` turns. */
function play({ n, seed, every, ready }: Play): Map<string, number> {
  const characters = Array.from({ length: n }, (_, at) => ({ id: `character:${at}`, name: `C${at}` }));
  const counts = new Map(characters.map(({ id }) => [id, 0]));
  const lastSpoke = new Map<string, number>();
  let recent: string[] = [];
  let lastSpeaker: string | undefined;
  let turnsSincePlayer = 0;
  for (let beats = 0, turns = 0; turns < TURNS; beats += 1) {
    if (every > 0 && turnsSincePlayer >= every) {
      lastSpeaker = 'player:1';
      turnsSincePlayer = 0;
      continue;
    }
    const floor: Floor = {
      characters,
      players: [],
      lastSpeaker,
      recent,
      lastSpoke,
      turnsSincePlayer,
      characterTurns: turns,
      beats,
      seed,
      addressed: [],
      talkativeness: new Map(characters.map(({ id }, at) => [id, ready[at % ready.length] ?? 0.5])),
    };
    const decision = decideFrom({ type: 'actor', actor: 'character:0', reason: '' }, floor);
    if (decision.type === 'rest') throw new Error('nobody spoke');
    expect(decision.actor).not.toBe(lastSpeaker);
    lastSpeaker = decision.actor;
    if (!isCharacterId(decision.actor)) continue;
    turns += 1;
    turnsSincePlayer += 1;
    counts.set(decision.actor, (counts.get(decision.actor) ?? 0) + 1);
    lastSpoke.set(decision.actor, beats);
    recent = [...recent, decision.actor].slice(-12);
  }
  return counts;
}

const plays = fc.record({
  n: fc.integer({ min: 3, max: 12 }),
  seed: fc.integer(),
  every: fc.constant(0),
  ready: fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 }),
});

test('a model that always names the same one: everybody speaks, and nobody more than half the time', () => {
  fc.assert(
    fc.property(plays, (one) => {
      const counts = [...play(one).values()];
      expect(Math.min(...counts)).toBeGreaterThan(0);
      expect(Math.max(...counts)).toBeLessThanOrEqual(TURNS / 2 + 1);
    }),
    { numRuns: 300 },
  );
});

test('with a player between their turns, too, everybody speaks', () => {
  fc.assert(
    fc.property(plays, fc.integer({ min: 1, max: 5 }), (one, every) => {
      const counts = [...play({ ...one, every }).values()];
      expect(Math.min(...counts)).toBeGreaterThan(0);
      if (every > 1) expect(Math.max(...counts)).toBeLessThanOrEqual(TURNS * 0.6);
    }),
    { numRuns: 300 },
  );
});
