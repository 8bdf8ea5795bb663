import { expect, test } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';
import { type JudgeHouse, judgeHouse } from './judge-house.ts';

const hash = (letter: string) => letter.repeat(64);
const [GOOD, BAD, OTHER] = [hash('a'), hash('b'), hash('c')];

type Change = Readonly<Record<string, unknown>>;

/** A choice of `GOOD` over `BAD` in a scene of `log`, about line `n`. */
function choice(n: number, change: Change = {}): Change {
  const common = { at: 1, log: 'web:quay#1', by: 'p1', what: 'pick', n, speaker: 'character:ada' };
  return { ...common, better: GOOD, worse: [BAD], origin: 'local', ...change };
}

/** What a judge had said of it at play. */
function said(first: string, over: string, change: Change = {}): Change {
  return {
    judge: { by: 'house-judge', first, over: [over], outcome: 'won', dimension: 'dialogue', ...change },
  };
}

const seen = {
  context: {
    speaker: 'Ada',
    sheet: 'An engineer.',
    setting: '',
    others: [],
    lines: ['Ned: Well?'],
    note: '',
  },
  better: [{ kind: 'speech', text: 'Then we wait for the tide, all of us.' }],
  worse: [[{ kind: 'speech', text: 'No.' }]],
};

async function keep(house: JudgeHouse, choices: readonly Change[]): Promise<void> {
  const store = await openStore(`sqlite://${house.path('store.db')}`);
  for (const [at, one] of choices.entries()) {
    await store.put('choice', `${one['log']}/by/${one['by']}/${at}/versions`, one);
  }
  await store.close();
}

async function agreement(house: JudgeHouse, ...args: readonly string[]) {
  const { code, out, err } = await house.judge(['--agreement', '--json', ...args]);
  expect({ code, err: err === '' }).toEqual({ code: 0, err: true });
  return JSON.parse(out);
}

test('counts what a judge said at play against what people chose, overall and by dimension', async () => {
  const house = await judgeHouse();
  await keep(house, [
    choice(1, said(GOOD, BAD)),
    choice(2, said(GOOD, BAD, { dimension: 'emotion' })),
    choice(3, { log: 'web:hill#1', by: 'p2', ...said(BAD, GOOD) }),
    choice(4, { log: 'web:hill#1', ...said(GOOD, BAD, { outcome: 'tie' }) }),
    choice(5, said(GOOD, BAD, { outcome: 'missing' })),
    // What the judge put first was not compared, and thumbs and unfinished swipes compare nothing.
    choice(6, said(OTHER, GOOD)),
    choice(7, { what: 'up', worse: [] }),
    choice(8, { what: 'down', better: undefined }),
  ]);
  const found = await agreement(house);
  expect(found).toMatchObject({ choices: 8, comparing: 6, people: 2 });
  expect(found.judges).toHaveLength(1);
  const [{ judge, when, overall, dimensions }] = found.judges;
  expect({ judge, when }).toEqual({ judge: 'house-judge', when: 'at-play' });
  expect(overall).toMatchObject({ n: 4, scenes: 2, agreement: 0.625, ties: 1, missing: 1, enough: false });
  expect(overall.interval.low).toBeLessThanOrEqual(0.625);
  expect(dimensions).toMatchObject([
    { dimension: 'dialogue', n: 3, agreement: 0.5 },
    { dimension: 'emotion', n: 1, agreement: 1 },
  ]);
  expect(house.double.requests).toHaveLength(0);
  expect(await agreement(house, 'web:hill')).toMatchObject({ choices: 2, comparing: 2 });
});

test('too few tell nothing yet; of enough it says where the figure lies', async () => {
  const house = await judgeHouse();
  await keep(house, [choice(1, said(GOOD, BAD))]);
  expect((await house.judge(['--agreement'])).out).toContain('This tells nothing yet: 1 pair of the 30');
  await keep(
    house,
    Array.from({ length: 40 }, (_, n) => choice(n + 1, { log: `web:s${n % 8}#1`, ...said(GOOD, BAD) })),
  );
  const { out } = await house.judge(['--agreement']);
  expect(out).toMatch(/overall +100 % \(100 to 100\) +41 +9/);
  expect(out).not.toContain('nothing yet');
});

test('nobody judged: it says so', async () => {
  const house = await judgeHouse();
  expect((await house.judge(['--agreement'])).out).toContain('there is nothing to compare yet');
});

test('--ask asks about what was seen, and never about what came through Discord', async () => {
  const house = await judgeHouse();
  await keep(house, [
    choice(1, { seen }),
    choice(2, { seen: { ...seen, better: seen.worse[0], worse: [seen.better] } }),
    choice(3, {
      log: 'discord:1#1',
      origin: 'discord',
      seen: { ...seen, better: [{ kind: 'speech', text: 'DISCORD-WORDS' }] },
    }),
    choice(4, { log: 'x#1', origin: undefined, seen }),
  ]);
  const found = await agreement(house, '--ask');
  expect(found.judges).toMatchObject([
    { judge: 'double-1', when: 'asked', overall: { n: 2, agreement: 0.5 } },
  ]);
  expect(house.double.prompts.length).toBeGreaterThan(0);
  expect(house.double.prompts.map(({ promptText }) => promptText).join()).not.toContain('DISCORD-WORDS');

  const args = ['--ask', '--out', house.path('asked')];
  await agreement(house, ...args);
  const before = house.double.prompts.length;
  await agreement(house, ...args);
  expect(house.double.prompts).toHaveLength(before);
});
