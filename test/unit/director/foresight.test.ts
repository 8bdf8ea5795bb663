import { expect, test } from 'vitest';
import { foreseenNext } from '../../../src/director/foresight.ts';
import { floorOf } from './floor-of.ts';

const moment = { place: 'main', callsPlayer: false, worldMay: true };
const after = { id: 'Lizzy', name: 'Lizzy' };
const world = { id: 'environment', name: 'Environment' };
const players = [{ id: 'player:1', name: 'Mara' }];
const floor = floorOf(['Darcy', 'Lizzy'], { lastSpeaker: 'Lizzy', players });

test.each([
  ['a character', 'Darcy', { type: 'speak', actor: 'Darcy', why: 'foreseen after Lizzy', later: ['Lizzy'] }],
  ['the world', world.id, { type: 'speak', actor: world.id, why: 'foreseen after Lizzy', later: ['Lizzy'] }],
  ['a player', 'player:1', { type: 'rest', why: 'foreseen after Lizzy' }],
  ['somebody who is not there', 'Jane', undefined],
])('%s that was foreseen', (_, next, expected) => {
  const foresight = { place: 'main', after, later: [next, 'Lizzy'], beats: floor.beats };
  expect(foreseenNext(foresight, floor, moment)).toEqual(expected);
});

test('what was foreseen after the world says so', () => {
  const foresight = { place: 'main', after: world, later: ['Darcy'], beats: floor.beats };
  expect(foreseenNext(foresight, floor, moment)?.why).toBe('foreseen after what the world did');
  expect(foreseenNext({ ...foresight, later: [] }, floor, moment)).toBeUndefined();
});
