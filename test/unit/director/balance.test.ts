import { expect, test } from 'vitest';
import { yieldsTo } from '../../../src/director/balance.ts';
import { floorOf } from './floor-of.ts';

const recent = Array.from({ length: 12 }, (_, at) => (at % 2 === 0 ? 'Ada' : 'Bo'));
const amongThemselves = { recent, lastSpeaker: 'environment', turnsSincePlayer: 12 };

test('two who trade lines yield to a third, and where there is none go on', () => {
  expect(yieldsTo('Ada', floorOf(['Ada', 'Bo', 'Cy'], amongThemselves))?.id).toBe('Cy');
  expect(yieldsTo('Ada', floorOf(['Ada', 'Bo'], amongThemselves))).toBeUndefined();
});
