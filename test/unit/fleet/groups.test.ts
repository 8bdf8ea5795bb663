import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupsOf, isGroupName, shardOf } from '../../../src/fleet/groups.ts';

test('every shard is in one group, in order, and each group’s name tells which', () => {
  expect(groupsOf({ shards: 5, perProcess: 2 })).toEqual([
    { name: 'shards/5/0-1', shards: [0, 1] },
    { name: 'shards/5/2-3', shards: [2, 3] },
    { name: 'shards/5/4-4', shards: [4] },
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 40 }), (shards, perProcess) => {
      const groups = groupsOf({ shards, perProcess });
      expect(groups.flatMap((group) => group.shards)).toEqual(Array.from({ length: shards }, (_, i) => i));
      expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
      expect(groups.every(({ name }) => isGroupName(name))).toBe(true);
      expect(groups.every((group) => group.shards.length <= perProcess)).toBe(true);
    }),
  );
});

test('a server is told to the shard that Discord’s formula names; what belongs to none, to the first', () => {
  expect(shardOf('197038439483310086', 1)).toBe(0);
  expect(shardOf(String(5n << 22n), 4)).toBe(1);
  expect(shardOf(String((6n << 22n) + 4_194_303n), 4)).toBe(2);
  expect(shardOf(undefined, 16)).toBe(0);
  expect(shardOf('not a number', 16)).toBe(0);
});
