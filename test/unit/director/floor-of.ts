import type { Floor } from '../../../src/director/floor.ts';

/** A floor on which these characters stand; `change` is what differs from a fresh scene. */
export function floorOf(names: readonly string[], change: Partial<Floor> = {}): Floor {
  return {
    characters: names.map((name) => ({ id: name, name })),
    players: [],
    lastSpeaker: undefined,
    lastSpoke: new Map(),
    turnsSincePlayer: 0,
    characterTurns: 0,
    beats: 9,
    seed: 1,
    addressed: [],
    talkativeness: new Map(),
    ...change,
  };
}
