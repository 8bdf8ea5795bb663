import { describe, expect, test } from 'vitest';
import { measureCandidate } from '../../../../src/judge/bias/judged-pair.ts';
import { SAMPLE_SCENES } from '../../../../src/judge/bias/sample-scenes.ts';
import { selfTest } from '../../../../src/judge/bias/self-test.ts';
import { createRandom } from '../../../../src/judge/stats/random.ts';
import type { Candidate, PairVerdict } from '../../../../src/judge/verdict/verdict.ts';
import { type Choose, scriptedJudge } from './scripted-judge.ts';

const speechOf = ({ segments }: Candidate) => segments.find(({ kind }) => kind === 'speech')?.text ?? '';

/** The better line of a scene and what is made of it, by its thought: the self-test changes speech alone. */
const MARKS = new Set(SAMPLE_SCENES.map(({ better }) => better.segments[0]?.text));
const markOf = ({ segments }: Candidate) => (MARKS.has(segments[0]?.text) ? 1 : 0);
const lengthOf = (candidate: Candidate) => measureCandidate(candidate).length;
const higher = (one: number, other: number) => (one > other ? 'first' : one < other ? 'second' : 'tie');

const honest: Choose = (one, other) => higher(markOf(one.candidate), markOf(other.candidate));

/** Which probes do not pass, with a judge that goes by one thing. */
async function failing(choose: Choose, seed = 1): Promise<Readonly<Record<string, string>>> {
  const judge = scriptedJudge(choose, createRandom(seed));
  const { probes } = await selfTest(async (_, first, second) => judge(first, second).verdict, SAMPLE_SCENES);
  const wrong = probes.filter(({ outcome }) => outcome !== 'pass');
  return Object.fromEntries(wrong.map(({ probe, outcome }) => [probe, outcome]));
}

describe('the self-test of a judge', () => {
  test('that is honest passes', async () => {
    expect(await failing(honest)).toEqual({});
  });

  test('that takes the first shown: it flips, and tells nothing good from poor', async () => {
    expect(await failing(() => 'first')).toEqual({ quality: 'fail', swap: 'fail' });
  });

  test('that takes the last shown: the same', async () => {
    expect(await failing(() => 'second')).toEqual({ quality: 'fail', swap: 'fail' });
  });

  test('that takes the longer one: padding wins, and long poor lines', async () => {
    const longer: Choose = (one, other) => higher(lengthOf(one.candidate), lengthOf(other.candidate));
    expect(await failing(longer)).toEqual({ quality: 'fail', padding: 'fail' });
  });

  test('that goes by the name: another name, another winner', async () => {
    const later: Choose = (one, other) => (one.name > other.name ? 'first' : 'second');
    expect(await failing(later)).toMatchObject({ names: 'fail' });
  });

  test('that does as a line tells it', async () => {
    const obeys = ({ candidate }: { candidate: Candidate }) =>
      Number(/judge|"better"|New instructions/i.test(speechOf(candidate)));
    const obedient: Choose = (one, other) => {
      const choice = higher(obeys(one), obeys(other));
      return choice === 'tie' ? honest(one, other) : choice;
    };
    expect(await failing(obedient)).toEqual({ injection: 'fail' });
  });

  test('that finds a difference everywhere', async () => {
    const order = (candidate: Candidate) =>
      [...speechOf(candidate)].reduce((sum, one) => sum + one.charCodeAt(0), 0);
    const picky: Choose = (one, other) => {
      const choice = honest(one, other);
      const isTwin = Math.abs(lengthOf(one.candidate) - lengthOf(other.candidate)) < 5;
      return choice === 'tie' && isTwin ? higher(order(one.candidate), order(other.candidate)) : choice;
    };
    expect(await failing(picky)).toEqual({ same: 'fail' });
  });

  test('that prefers silence', async () => {
    const silent: Choose = (one, other) => {
      const choice = higher(Number(lengthOf(other.candidate) < 5), Number(lengthOf(one.candidate) < 5));
      return choice === 'tie' ? honest(one, other) : choice === 'first' ? 'second' : 'first';
    };
    expect(await failing(silent)).toEqual({ silence: 'fail' });
  });

  test('that cannot be read: no figure is made of what is missing', async () => {
    const { probes, bias } = await selfTest(async (_, first, second) => {
      return scriptedJudge(() => ({ missing: 'prose' }), createRandom(1))(first, second).verdict;
    }, SAMPLE_SCENES);
    for (const { outcome, wrong, missing } of probes) {
      expect([outcome, wrong.of]).toEqual(['unread', 0]);
      expect(missing).toBeGreaterThan(0);
    }
    expect(bias.counts.missing + bias.counts.identical).toBe(bias.counts.pairs);
    expect(bias.counts.missingOrders.prose).toBe(bias.counts.orders);
  });

  test('that answers prose half of the time: what was read passes', async () => {
    const random = createRandom(2);
    const half: Choose = (one, other) => (random() < 0.15 ? { missing: 'prose' } : honest(one, other));
    expect(Object.values(await failing(half)).filter((outcome) => outcome === 'fail')).toEqual([]);
  });

  test('stops with what its judge throws, when nothing is asked any more', async () => {
    let running = 0;
    const stopped = selfTest(async () => {
      running += 1;
      await Promise.resolve();
      running -= 1;
      throw new DOMException('Stopped.', 'AbortError');
    }, SAMPLE_SCENES);
    await expect(stopped).rejects.toThrow('Stopped.');
    expect(running).toBe(0);
  });

  test('is plain data', async () => {
    const judge = scriptedJudge(honest, createRandom(1));
    const result = await selfTest(async (_, first, second) => judge(first, second).verdict, SAMPLE_SCENES);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  test('of no scenes is unread', async () => {
    const { probes } = await selfTest(async () => {
      throw new Error('nothing is asked');
    }, []);
    expect(probes.every(({ outcome }) => outcome === 'unread')).toBe(true);
  });
});

describe('what is counted', () => {
  /** What becomes of the trials about quality, one for each of so many scenes, where this comes out. */
  async function qualityOf(outcomes: readonly ('right' | 'wrong' | 'missing' | 'unasked')[]) {
    const scenes = SAMPLE_SCENES.slice(0, outcomes.length);
    const { probes } = await selfTest(async ({ speaker }, first, second): Promise<PairVerdict> => {
      const at = scenes.findIndex(({ context }) => context.speaker === speaker);
      const outcome = outcomes[at] ?? 'missing';
      const better = scenes[at]?.better === first ? 'first' : 'second';
      const worse = better === 'first' ? 'second' : 'first';
      const verdict = { how: 'judged' as const, flipped: false, orders: [] };
      if (outcome === 'missing') return { ...verdict, winner: 'missing' };
      if (outcome === 'unasked') return { ...verdict, how: 'identical', winner: 'tie' };
      // Asked about anything but quality it is never wrong.
      const isQuality = [first, second].includes(scenes[at]?.poorer ?? first);
      return { ...verdict, winner: outcome === 'wrong' && isQuality ? worse : better };
    }, scenes);
    return probes.find(({ probe }) => probe === 'quality');
  }

  test.each([
    [['right', 'right', 'right', 'wrong'] as const, { wrong: { hits: 1, of: 4 }, outcome: 'pass' }],
    [['right', 'right', 'wrong'] as const, { wrong: { hits: 1, of: 3 }, outcome: 'fail' }],
    [['right', 'missing', 'missing', 'right'] as const, { missing: 2, wrong: { of: 2 }, outcome: 'pass' }],
    [['right', 'missing', 'missing'] as const, { missing: 2, wrong: { of: 1 }, outcome: 'unread' }],
    [
      ['right', 'right', 'missing', 'missing', 'missing', 'unasked'] as const,
      { missing: 3, unasked: 1, wrong: { of: 2 }, outcome: 'unread' },
    ],
    [['right', 'unasked', 'unasked', 'unasked'] as const, { unasked: 3, wrong: { of: 1 }, outcome: 'pass' }],
  ])('%j', async (outcomes, counted) => {
    expect(await qualityOf(outcomes)).toMatchObject(counted);
  });

  test('a trial of which one pair alone was judged was asked', async () => {
    let calls = 0;
    const { probes } = await selfTest(
      async (): Promise<PairVerdict> => {
        calls += 1;
        const how = calls % 2 === 0 ? 'judged' : 'empty';
        return { how, winner: 'first', flipped: false, orders: [] };
      },
      SAMPLE_SCENES.slice(0, 1),
    );
    expect(probes.find(({ probe }) => probe === 'swap')).toMatchObject({
      unasked: 0,
      wrong: { hits: 1, of: 1 },
    });
  });
});
