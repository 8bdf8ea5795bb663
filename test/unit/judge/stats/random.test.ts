import { expect, test } from 'vitest';
import { createRandom } from '../../../../src/judge/stats/random.ts';

// As Mulberry32 gives them in any language: figures of a report can be made again elsewhere.
test.each([
  [0, [0.26642920868471265, 0.0003297457005828619, 0.2232720274478197]],
  [1, [0.6270739405881613, 0.002735721180215478, 0.5274470399599522]],
  [2 ** 32 - 1, [0.8964226141106337, 0.189478256739676, 0.7156526781618595]],
])('the numbers of the seed %i are those of Mulberry32', (seed, numbers) => {
  const random = createRandom(seed);
  expect(numbers.map(() => random())).toEqual(numbers);
});
