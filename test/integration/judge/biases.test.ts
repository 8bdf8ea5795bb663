import { afterEach, describe, expect, test } from 'vitest';
import type { Segment } from '../../../src/format/segments.ts';
import { type Bias, biasOf } from '../../../src/judge/bias/bias-of.ts';
import { biasWords } from '../../../src/judge/bias/bias-words.ts';
import { SAMPLE_SCENES } from '../../../src/judge/bias/sample-scenes.ts';
import { selfTest } from '../../../src/judge/bias/self-test.ts';
import { createRandom, type Random } from '../../../src/judge/stats/random.ts';
import { knockOut } from '../../../src/judge/tournament/tournament.ts';
import { LABELS } from '../../../src/judge/verdict/plain-words.ts';
import type { Candidate } from '../../../src/judge/verdict/verdict.ts';
import type { ModelDouble } from '../../doubles/model/model-double.ts';
import { type Choose, judgeOn, type Shown, startJudge } from './judge-on-a-double.ts';

let double: ModelDouble | undefined;
afterEach(async () => {
  await double?.close();
  double = undefined;
});

const higher = (one: number, other: number) => (one > other ? 'first' : one < other ? 'second' : 'tie');

/** How good a candidate is says a mark that only the honest judge looks at; in the self-test, its thought. */
const THOUGHTS = SAMPLE_SCENES.map(({ better }) => better.segments[0]?.text ?? '');
function qualityOf({ text }: Shown): number {
  const mark = /\(mark (\d)\)/.exec(text)?.[1];
  return mark === undefined ? Number(THOUGHTS.some((thought) => text.includes(thought))) : Number(mark);
}
const honest: Choose = (one, other) => higher(qualityOf(one), qualityOf(other));

const JUDGES = {
  honest,
  'always the first shown': () => 'first',
  'always the longer': (one, other) => higher(one.text.length, other.text.length),
  'always one name': (one) => (one.label === LABELS[1] ? 'first' : 'second'),
  'prose half of the time': (one, other, dice) => (dice < 0.5 ? 'prose' : honest(one, other, dice)),
} satisfies Record<string, Choose>;
type JudgeName = keyof typeof JUDGES;

/** A candidate of any quality and length, one independent of the other. */
function drawCandidate(random: Random): Candidate {
  const words = Array.from({ length: 5 + Math.floor(random() * 60) }, () => 'so').join(' ');
  const segments: Segment[] = [
    { kind: 'action', text: `waits (mark ${Math.floor(random() * 10)})` },
    { kind: 'speech', text: words },
  ];
  return { segments: random() < 0.5 ? segments : segments.reverse() };
}

const PAIRS = 80;

async function measured(name: JudgeName): Promise<Bias> {
  const judge = await startJudge(JUDGES[name]);
  double = judge;
  const random = createRandom(7);
  const [{ context }] = SAMPLE_SCENES as readonly [(typeof SAMPLE_SCENES)[number]];
  const pairs = Array.from({ length: PAIRS }, (_, at) => ({
    context,
    first: drawCandidate(random),
    second: drawCandidate(random),
    secret: `secret ${at}`,
  }));
  return biasOf(await Promise.all(pairs.map((pair) => judgeOn(judge, pair))));
}

/** What a table warns of: the figure's name, and of unread orders the reasons. */
function warnings(bias: Bias): readonly string[] {
  return biasWords(bias)
    .split('\n')
    .filter((line) => /LEANS|UNFIT|^unread/.test(line))
    .map((line) => line.split(/ {2,}/)[0] ?? '');
}

describe('the figures find what a judge goes by, and nothing else', () => {
  test('one that is honest', async () => {
    const bias = await measured('honest');
    expect(warnings(bias)).toEqual([]);
    expect(bias.position).toMatchObject({ firstShown: { share: 0.5 }, flips: { share: 0 }, fitness: 'fit' });
  });

  test('one that takes the first shown', async () => {
    const bias = await measured('always the first shown');
    expect(warnings(bias)).toEqual(['flips', 'first shown won']);
    expect(bias.position).toMatchObject({ firstShown: { share: 1 }, flips: { share: 1 }, fitness: 'unfit' });
    expect(bias.counts).toMatchObject({ pairs: PAIRS, ties: PAIRS, decided: 0, missing: 0 });
  });

  test('one that takes the longer', async () => {
    const bias = await measured('always the longer');
    expect(warnings(bias)).toEqual(['longer won']);
    expect(bias.length.longerWon.share).toBe(1);
    expect(bias.length.correlation).toBeGreaterThan(0.8);
  });

  test('one that takes a name', async () => {
    const bias = await measured('always one name');
    expect(warnings(bias)).toEqual(expect.arrayContaining(['earlier name won', `“${LABELS[1]}” won`]));
    expect(warnings(bias)).not.toContain('first shown won');
    expect(bias.label.earlierName.share).toBe(0);
  });

  test('one that answers prose half of the time', async () => {
    const bias = await measured('prose half of the time');
    expect(warnings(bias)).toEqual(['unread']);
    const { orders, missingOrders, repaired } = bias.counts;
    // An answer that cannot be read is asked for once more.
    expect(missingOrders.prose / orders).toBeCloseTo(0.25, 0.9);
    expect(repaired / orders).toBeCloseTo(0.25, 0.9);
    expect(Object.values(missingOrders).reduce((sum, count) => sum + count, 0)).toBe(missingOrders.prose);
  });
});

describe('the self-test', () => {
  async function failing(name: JudgeName): Promise<Readonly<Record<string, string>>> {
    const judge = await startJudge(JUDGES[name]);
    double = judge;
    let asked = 0;
    const { probes } = await selfTest(async (context, first, second) => {
      asked += 1;
      return (await judgeOn(judge, { context, first, second, secret: `secret ${asked}` })).verdict;
    }, SAMPLE_SCENES);
    const wrong = probes.filter(({ outcome }) => outcome !== 'pass');
    return Object.fromEntries(wrong.map(({ probe, outcome }) => [probe, outcome]));
  }

  test('lets an honest judge pass', async () => {
    expect(await failing('honest')).toEqual({});
  });

  test('finds one that takes the first shown', async () => {
    expect(await failing('always the first shown')).toEqual({ quality: 'fail', swap: 'fail' });
  });

  test('finds one that takes the longer', async () => {
    expect(await failing('always the longer')).toEqual({ quality: 'fail', padding: 'fail' });
  });

  test('finds one that takes a name', async () => {
    expect(await failing('always one name')).toMatchObject({ quality: 'fail' });
  });

  test('blames a judge that is hard to read for nothing else', async () => {
    const outcomes = Object.values(await failing('prose half of the time'));
    expect(outcomes.filter((outcome) => outcome !== 'unread')).toEqual([]);
  });
});

describe('a knock-out over the wire', () => {
  test.each([
    [2, 2],
    [3, 4],
    [4, 6],
  ])('of %i takes %i requests, and finds the best', async (count, requests) => {
    const judge = await startJudge(JUDGES.honest);
    double = judge;
    const [{ context }] = SAMPLE_SCENES as readonly [(typeof SAMPLE_SCENES)[number]];
    const candidates = Array.from({ length: count }, (_, at): Candidate => {
      return { segments: [{ kind: 'speech', text: `Line ${at} (mark ${(at * 3 + 1) % 4})` }] };
    });
    const judged = async (one: number, other: number) => {
      const [first, second] = [candidates[one], candidates[other]];
      if (!first || !second) throw new RangeError('no such candidate');
      return (await judgeOn(judge, { context, first, second, secret: 'secret' })).verdict;
    };
    const { ranking } = await knockOut(count, judged);
    expect(judge.prompts).toHaveLength(requests);
    const marks = candidates.map((_, at) => (at * 3 + 1) % 4);
    expect(marks[ranking[0] ?? -1]).toBe(Math.max(...marks));
  });
});
