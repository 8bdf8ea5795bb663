import fc from 'fast-check';
import { expect, test } from 'vitest';
import { yieldsTo } from '../../../src/director/balance.ts';
import type { Floor } from '../../../src/director/floor.ts';
import { type Foresight, foreseenNext, type Moment } from '../../../src/director/foresight.ts';
import { ENVIRONMENT } from '../../../src/scene/beat.ts';

const CAST = ['character:a', 'character:b', 'character:c'];
const PLAYERS = ['player:1', 'player:2'];
const EVERYBODY = [...CAST, ...PLAYERS, ENVIRONMENT.id];

const actorsOf = (ids: readonly string[]) => ids.map((id) => ({ id, name: `N-${id}` }));
const someOf = (ids: readonly string[]) => fc.subarray([...ids]);
const anyone = fc.constantFrom(...EVERYBODY);
const place = fc.constantFrom('main', 'cellar');
// So few that they are often the same.
const beats = fc.integer({ min: 4, max: 5 });

const foresights: fc.Arbitrary<Foresight> = fc.record({
  place,
  after: anyone.map((id) => ({ id, name: `N-${id}` })),
  later: fc.array(anyone, { maxLength: 2 }),
  beats,
});

const floors: fc.Arbitrary<Floor> = fc.record({
  characters: someOf(CAST).map(actorsOf),
  players: someOf(PLAYERS).map(actorsOf),
  lastSpeaker: fc.option(anyone, { nil: undefined }),
  recent: fc.array(fc.constantFrom(...CAST), { maxLength: 12 }),
  stirred: fc.boolean(),
  lastSpoke: fc.constant(new Map<string, number>()),
  turnsSincePlayer: fc.integer({ min: 0, max: 3 }),
  characterTurns: fc.constant(9),
  beats,
  seed: fc.constant(1),
  addressed: fc.oneof(fc.constant([]), fc.constant([]), someOf(CAST)),
  talkativeness: fc.constant(new Map<string, number>()),
});

const moments: fc.Arbitrary<Moment> = fc.record({
  place,
  callsPlayer: fc.oneof(fc.constant(false), fc.boolean()),
  worldMay: fc.boolean(),
});

/** The same in plain words, one after the other: everything that makes a ranking void. */
function voidBecause(foresight: Foresight, floor: Floor, moment: Moment): string[] {
  const [who = 'nobody'] = foresight.later;
  const isHere = [...floor.characters, ...floor.players, ENVIRONMENT].some(({ id }) => id === who);
  const dominates = floor.characters.some(({ id }) => id === who) && yieldsTo(who, floor) !== undefined;
  const reasons: [string, boolean][] = [
    ['nobody is left in it', foresight.later.length === 0],
    ['something else happened', foresight.beats !== floor.beats],
    ['it was made for another place', foresight.place !== moment.place],
    ['a character was called', floor.addressed.length > 0],
    ['a player was called', moment.callsPlayer],
    ['they just spoke', who === floor.lastSpeaker],
    ['they are not here', !isHere],
    ['they dominate', dominates],
    ['the world has said enough', who === ENVIRONMENT.id && !moment.worldMay],
    [
      'the world has something to answer',
      who !== ENVIRONMENT.id && moment.worldMay && floor.stirred === true,
    ],
  ];
  return reasons.filter(([, isSo]) => isSo).map(([reason]) => reason);
}

test('a ranking holds where nothing speaks against it, and only there', () => {
  let runs = 0;
  let held = 0;
  fc.assert(
    fc.property(foresights, floors, moments, (foresight, floor, moment) => {
      runs += 1;
      const decision = foreseenNext(foresight, floor, moment);
      expect(decision === undefined).toBe(voidBecause(foresight, floor, moment).length > 0);
      if (!decision) return;
      held += 1;
      const [who, ...rest] = foresight.later;
      if (decision.type === 'rest') expect(PLAYERS).toContain(who);
      else expect(decision).toMatchObject({ actor: who, later: rest });
    }),
    { numRuns: 5000 },
  );
  expect(held / runs).toBeGreaterThan(0.01);
});
