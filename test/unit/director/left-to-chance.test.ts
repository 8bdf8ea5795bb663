import { describe, expect, test } from 'vitest';
import { decideByChance, decideWithoutModel } from '../../../src/director/decide.ts';
import type { Decision, Floor } from '../../../src/director/floor.ts';
import { floorOf } from './floor-of.ts';

const SEEDS = 1000;
const WORLD = 'environment';

/** How often each speaks, and how often the scene rests, as shares of many seeds. */
function shares(change: Partial<Floor>, names: readonly string[], decide: (floor: Floor) => Decision) {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const decision = decide(floorOf(names, { ...change, seed }));
    const who = decision.type === 'speak' ? decision.actor : decision.type;
    counts.set(who, (counts.get(who) ?? 0) + 1);
  }
  return (who: string) => (counts.get(who) ?? 0) / SEEDS;
}

const byChance = (floor: Floor) => decideByChance(floor);
const castAlone = (floor: Floor) => decideByChance(floor, 'by lot', false);
const undirected = (floor: Floor) => decideWithoutModel(floor, false);

describe('the world, by chance', () => {
  test('has a draw of seven, and one of three where something was set going', () => {
    expect(shares({}, ['A', 'B'], byChance)(WORLD)).toBeCloseTo(0.15, 1);
    expect(shares({}, ['A', 'B'], byChance)(WORLD)).toBeLessThan(0.2);
    expect(shares({ stirred: true }, ['A', 'B'], byChance)(WORLD)).toBeGreaterThan(0.25);
    expect(shares({ stirred: true }, ['A', 'B'], byChance)(WORLD)).toBeLessThan(0.35);
  });

  test('has none where it just spoke, where it may not, or where only one could speak beside it', () => {
    expect(shares({ lastSpeaker: WORLD }, ['A', 'B'], byChance)(WORLD)).toBe(0);
    expect(shares({}, ['A', 'B'], castAlone)(WORLD)).toBe(0);
    expect(shares({ lastSpeaker: 'A' }, ['A', 'B'], byChance)(WORLD)).toBe(0);
  });

  test('speaks where the only character just spoke, and nobody does where it may not', () => {
    const alone = floorOf(['A'], { lastSpeaker: 'A' });
    expect(decideByChance(alone)).toEqual({ type: 'speak', actor: WORLD, why: 'left to chance' });
    const nobody = { type: 'rest', why: 'nobody else is there to speak' };
    expect(decideByChance(alone, 'by lot', false)).toEqual(nobody);
    expect(decideByChance(floorOf([]))).toEqual(nobody);
  });

  test('waits while somebody who was left out for long is there, unless it is drawn', () => {
    const recent = Array.from('ABABABABABAB');
    const waiting = decideByChance(floorOf(['A', 'B', 'C'], { recent, lastSpeaker: 'B' }), 'by lot', false);
    expect(waiting).toEqual({ type: 'speak', actor: 'C', why: 'C has not spoken for a while' });
  });
});

describe('chance among the cast', () => {
  const spoke = (...of: [string, number][]) => new Map(of);

  test('says its own reason', () => {
    expect(decideByChance(floorOf(['A']), 'by lot', false)).toEqual({
      type: 'speak',
      actor: 'A',
      why: 'by lot',
    });
  });

  test('comes sooner to who has been silent for longer', () => {
    const of = shares({ beats: 9, lastSpoke: spoke(['A', 8]) }, ['A', 'B'], castAlone);
    expect(of('B')).toBeGreaterThan(0.65);
    expect(of('A')).toBeGreaterThan(0.15);
  });

  test('counts no silence beyond twelve beats', () => {
    const of = shares({ beats: 1000, lastSpoke: spoke(['A', 980], ['B', 10]) }, ['A', 'B'], castAlone);
    expect(of('A')).toBeGreaterThan(0.45);
    expect(of('B')).toBeGreaterThan(0.45);
  });

  test('comes sooner to who speaks readily, and half as readily where nothing is said of it', () => {
    const talkativeness = new Map([
      ['A', 1],
      ['B', 0.25],
    ]);
    const of = shares({ beats: 12, talkativeness }, ['A', 'B', 'C'], castAlone);
    // 13, 4 and 7 tickets.
    expect(of('A')).toBeGreaterThan(0.48);
    expect(of('A')).toBeLessThan(0.6);
    expect(of('B')).toBeGreaterThan(0.12);
    expect(of('B')).toBeLessThan(0.22);
  });
});

describe('where no model directs', () => {
  test('somebody always answers a player', () => {
    expect(shares({ turnsSincePlayer: 0 }, ['A', 'B'], undirected)('rest')).toBe(0);
  });

  test.each([
    [1, 0.25],
    [2, 0.5],
    [3, 0.75],
    [4, 1],
  ])('after %i turns of the cast the scene rests with a chance of %f', (turnsSincePlayer, chance) => {
    const rests = shares({ turnsSincePlayer }, ['A', 'B'], undirected)('rest');
    expect(Math.abs(rests - chance)).toBeLessThan(0.06);
  });

  test('one alone does not go on, unless it is told to', () => {
    expect(shares({ turnsSincePlayer: 1 }, ['A'], undirected)('rest')).toBe(1);
    const told = shares({ turnsSincePlayer: 9 }, ['A', 'B'], (floor) => decideWithoutModel(floor, true));
    expect(told('rest')).toBe(0);
  });

  test('each decision says why', () => {
    const rest = decideWithoutModel(floorOf(['A', 'B'], { turnsSincePlayer: 4 }), false);
    expect(rest).toEqual({ type: 'rest', why: 'the floor is the players’' });
    expect(decideWithoutModel(floorOf(['A']), false)).toMatchObject({ actor: 'A', why: 'next in the talk' });
    const reasons = Array.from({ length: 20 }, (_, seed) =>
      decideWithoutModel(floorOf(['A', 'B'], { stirred: true, seed }), false),
    );
    expect(reasons).toContainEqual({ type: 'speak', actor: WORLD, why: 'something was set going' });
  });
});
