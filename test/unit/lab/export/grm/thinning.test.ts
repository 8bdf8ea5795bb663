import { expect, test } from 'vitest';
import type { Reading, Winner } from '../../../../../src/judge/verdict/verdict.ts';
import { isByLengthAlone } from '../../../../../src/lab/export/grm/pair-filter.ts';
import { lengthPlace, noCounts, patternQuotas } from '../../../../../src/lab/export/grm/thinning.ts';
import { type JudgedCase, judgedFolder, readingOf, samplesOf, twice, twoTurns } from './judged-folder.ts';

function cases(count: number, name: string, winners: readonly Winner[], longer: number): JudgedCase[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `${name}-${at}`,
    texts: twoTurns(longer),
    readings: twice(readingOf('first', winners)),
  }));
}

test('clean sweeps stay as many as pairs in which both sides won something, and 50 in any case', async () => {
  const dir = judgedFolder([
    ...cases(70, 'sweep', ['first', 'first', 'first'], 0),
    ...cases(60, 'both', ['first', 'second', 'first'], 0),
  ]);
  const { samples, rejects } = await samplesOf(dir, { rlShare: 0 });
  const quota = rejects.filter(({ why }) => why === 'quota');
  expect(quota).toHaveLength(10);
  expect(quota.every(({ id, detail }) => id.startsWith('sweep') && detail === 'first-only')).toBe(true);
  expect(samples.length + 2 * rejects.length).toBe(2 * 130);
});

test('within a bucket the longer one wins as often as the shorter one', async () => {
  const dir = judgedFolder([
    ...cases(39, 'longer', ['first', 'second', 'first'], 4),
    ...cases(34, 'shorter', ['first', 'second', 'first'], -4),
    ...cases(2, 'much-longer', ['first', 'second', 'first'], 60),
  ]);
  const { samples, rejects } = await samplesOf(dir, { rlShare: 0 });
  const of = (name: string) => samples.filter(({ id }) => id.startsWith(`grm/${name}-`)).length;
  expect([of('longer'), of('shorter'), of('much-longer')]).toEqual([68, 68, 0]);
  expect(rejects.map(({ why }) => why)).toEqual(Array(7).fill('length-balance'));
});

test('few pairs are one bucket: whatever the difference, as many of either win', async () => {
  const dir = judgedFolder([
    ...cases(3, 'longer', ['first', 'second', 'first'], 2),
    ...cases(2, 'shorter', ['first', 'second', 'first'], -60),
  ]);
  const { samples, rejects } = await samplesOf(dir, { rlShare: 0 });
  expect(samples).toHaveLength(8);
  expect(rejects).toMatchObject([{ why: 'length-balance', id: expect.stringMatching(/^longer/) }]);
});

test('a scene is for SFT or for RL, whichever are asked for, and never for both', async () => {
  const dir = judgedFolder(
    cases(40, 'both', ['first', 'second', 'first'], 0).map((one, at) => ({ ...one, scene: `s${at % 10}` })),
  );
  const all = await samplesOf(dir, { seed: 3 });
  const scenes = (kind: string) =>
    new Set(all.samples.filter((one) => one.kind === kind).map(({ source }) => source.conversation));
  expect(scenes('grm-sft').size).toBeGreaterThan(0);
  expect(scenes('grm-rl').size).toBeGreaterThan(0);
  expect([...scenes('grm-sft').intersection(scenes('grm-rl'))]).toEqual([]);
  const learnt = await samplesOf(dir, { seed: 3, kinds: ['grm-sft'] });
  expect(learnt.samples).toEqual(all.samples.filter(({ kind }) => kind === 'grm-sft'));
  expect(new Set(learnt.rejects.map(({ why }) => why))).toEqual(new Set(['of-other-kind']));
});

test('the same folder and seed give the same samples; another seed takes others', async () => {
  const dir = judgedFolder(cases(80, 'sweep', ['first', 'first', 'first'], 0));
  const [one, again, other] = [1, 1, 2].map((seed) => samplesOf(dir, { rlShare: 0, seed }));
  const ids = async (made: typeof one) => (await made)?.samples.map(({ id }) => id);
  expect(await ids(one)).toEqual(await ids(again));
  expect(await ids(other)).not.toEqual(await ids(one));
  expect((await ids(other))?.length).toBe(100);
});

test('quotas', () => {
  const counts = { ...noCounts(), 'both-sides': 100, 'first-only': 300, 'second-only': 100, 'tie-only': 90 };
  expect(patternQuotas(counts)).toEqual({
    'both-sides': 100,
    'first-only': 75,
    'second-only': 25,
    'tie-only': 50,
    'no-winner': 0,
  });
  expect(patternQuotas({ ...noCounts(), 'first-only': 7 })['first-only']).toBe(7);
  expect(patternQuotas({ ...counts, 'both-sides': 5000, 'tie-only': 900 })['tie-only']).toBe(540);
});

test('places of lengths: ties and equals are in none', () => {
  expect(lengthPlace('tie', 0.4)).toBeUndefined();
  expect(lengthPlace('first', 0)).toBeUndefined();
  expect(lengthPlace('first', 0.2)).toEqual({ bucket: 2, won: 'longer' });
  expect(lengthPlace('second', 0.2)).toEqual({ bucket: 2, won: 'shorter' });
  expect(lengthPlace('second', -0.9)).toEqual({ bucket: 4, won: 'longer' });
  expect(lengthPlace('first', 0.05)).toEqual({ bucket: 1, won: 'longer' });
});

test('length alone: the longer one won by slight differences, or by words about length', () => {
  const slight = (change: Partial<Reading['comparisons'][number]>): Reading => {
    const reading = readingOf('first', ['first', 'second', 'first'], {});
    return { ...reading, comparisons: reading.comparisons.map((one) => ({ ...one, ...change })) };
  };
  expect(isByLengthAlone(slight({ degree: 'slight' }), 0.4)).toBe(true);
  expect(isByLengthAlone(slight({ first: '[first] is longer and says more' }), 0.4)).toBe(true);
  expect(isByLengthAlone(slight({}), 0.4)).toBe(false);
  // The shorter one won, or nobody could have seen the difference.
  expect(isByLengthAlone(slight({ degree: 'slight' }), -0.4)).toBe(false);
  expect(isByLengthAlone(slight({ degree: 'slight' }), 0.1)).toBe(false);
  const broken = { principle: { name: 'Assistant Voice' }, by: 'second', evidence: '' } as const;
  expect(isByLengthAlone({ ...slight({ degree: 'slight' }), violations: [broken] }, 0.4)).toBe(false);
});
