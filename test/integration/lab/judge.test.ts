import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { deadUrl } from '../../doubles/model/model-double.ts';
import type { Reply } from '../../doubles/model/reply.ts';
import { judgeHouse } from './judge-house.ts';
import { ruled } from './ruled.ts';
import { sampleItems } from './sample-items.ts';

const outcomes = (lines: Record<string, unknown>[]) => lines.map(({ winner, how }) => `${how} ${winner}`);

describe('files in, verdicts out', () => {
  test('each pair is judged in both orders and told in the order of the file', async () => {
    const house = await judgeHouse();
    const items = house.file('items.jsonl', sampleItems(6));
    const { code, out } = await house.judge([items, '--out', house.path('out'), '--concurrency', '3']);
    expect(code).toBe(0);
    expect(house.double.prompts).toHaveLength(12);
    const lines = house.lines('out/verdicts.jsonl');
    expect(lines.map(({ item }) => item)).toEqual(sampleItems(6).map((one) => Object(one).id));
    expect(new Set(outcomes(lines))).toEqual(new Set(['judged first']));
    expect(out).toMatch(/alpha +6 +0 +0 +0 +100 %/);
    expect(readFileSync(house.path('out/ranking.svg'), 'utf8')).toContain('>alpha</text>');
    expect(house.lines('out/calls.jsonl')).toHaveLength(12);
  });

  test('no plan, and no thought of another, reaches the judge or a file; no candidate stands in the verdicts', async () => {
    const house = await judgeHouse();
    const items = house.file('items.jsonl', [
      {
        id: 'leaks',
        context: {
          speaker: 'Ada',
          sheet: 'An engineer. <system_thinking>PLAN-A</system_thinking>',
          lines: [
            'Ned: <role_thinking>NED-THINKS</role_thinking>Well?',
            'Ada: <system_thinking>PLAN-B</system_thinking><role_thinking>ADA-THINKS</role_thinking>Hm.',
          ],
        },
        candidates: [
          { model: 'a', text: '<system_thinking>PLAN-C</system_thinking>CANDIDATE-ONE says so at length.' },
          { model: 'b', text: '<system_thinking>PLAN-D</system_thinking>CANDIDATE-TWO.' },
        ],
      },
    ]);
    expect((await house.judge([items, '--out', house.path('out')])).code).toBe(0);
    const asked = house.double.prompts.map(({ promptText }) => promptText).join('\n');
    expect(asked).not.toMatch(/PLAN-[BCD]|NED-THINKS/);
    expect(asked).toContain('ADA-THINKS');
    expect(asked).toContain('CANDIDATE-ONE');
    for (const file of ['verdicts.jsonl', 'summary.json', 'calls.jsonl', 'ranking.svg']) {
      expect(readFileSync(house.path(`out/${file}`), 'utf8')).not.toMatch(/PLAN-|NED-THINKS|CANDIDATE-/);
    }
  });

  test('reads pairs as preference trainers have them, and CoSER’s format', async () => {
    const house = await judgeHouse();
    const messages = [
      { role: 'system', content: 'You are Ada Byron, an engineer.' },
      { role: 'user', content: '===Conversation Start===\n\nNed: Is it ready?\n\nTom: Hush.' },
    ];
    const pairs = house.file('pairs.jsonl', [
      {
        messages,
        chosen: [{ role: 'assistant', content: 'Ada Byron: By nightfall, I think.' }],
        rejected: 'No.',
      },
      {
        prompt: messages,
        chosen: 'Later, when it is dark.',
        rejected: { role: 'assistant', content: 'No.' },
      },
    ]);
    const coser = house.file('coser.jsonl', [
      {
        ...Object(sampleItems(1)[0]),
        id: 'coser',
        format: 'coser',
        candidates: [{ text: '[He lies.] (turns away) Then we wait, all of us.' }, { text: 'Well.' }],
      },
    ]);
    const { code } = await house.judge([pairs, coser, '--out', house.path('out')]);
    expect(code).toBe(0);
    const lines = house.lines('out/verdicts.jsonl');
    expect(lines.map(({ models }) => models)).toEqual([
      ['chosen', 'rejected'],
      ['chosen', 'rejected'],
      ['candidate 1', 'candidate 2'],
    ]);
    expect(lines.map(({ winner }) => winner)).toEqual(['first', 'first', 'first']);
    const asked = house.double.prompts.map(({ promptText }) => promptText).join('\n');
    expect(asked).toContain('<role_thinking>He lies.</role_thinking><role_action>turns away</role_action>');
    expect(asked).not.toContain('===Conversation Start');
    expect(asked).toContain('Tom: Hush.');
  });

  test('with --json stdout holds one object', async () => {
    const house = await judgeHouse();
    const items = house.file('items.jsonl', sampleItems(2));
    const { out, err } = await house.judge([items, '--out', house.path('out'), '--json']);
    expect(JSON.parse(out)).toMatchObject({ asked: 4, known: 0, summary: { items: 2 } });
    expect(out.trimEnd()).not.toContain('\n');
    expect(err).toContain('2 of 2 pairs');
  });
});

describe('pairs of more than two', () => {
  const four = () =>
    sampleItems(1, {
      candidates: ['d', 'ccc', 'bbbbb', 'aaaaaaa'].map((text) => ({ model: text[0], text })),
    });

  test.each([
    [['--pairs', 'all'], 6],
    [['--pairs', 'knockout'], 3],
    [['--pairs', 'baseline', 'a'], 3],
    [['--pairs=baseline=a'], 3],
  ])('%j', async (flags, pairs) => {
    const house = await judgeHouse();
    const items = house.file('items.jsonl', four());
    const { code, out } = await house.judge([items, '--out', house.path('out'), '--json', ...flags]);
    expect(code).toBe(0);
    expect(house.double.prompts).toHaveLength(pairs * 2);
    const [best] = JSON.parse(out).summary.judges[0].ranking.models;
    expect(best).toMatchObject({ id: 'a', losses: 0 });
  });

  test('a baseline that no item has is one clear line', async () => {
    const house = await judgeHouse();
    const items = house.file('items.jsonl', four());
    const { code, err } = await house.judge([items, '--out', house.path('out'), '--pairs', 'baseline', 'z']);
    expect(code).toBe(1);
    expect(err).toContain('no item has the baseline');
  });
});

describe('judges that answer badly', () => {
  test.each<[string, Reply, string]>([
    ['prose', 'I think that both are very nice in their own way.', 'prose'],
    ['half', '{"violations":[],"comparisons":[{"principle":"era-reg', 'half'],
    ['a third', '{"violations":[],"comparisons":[],"reason":"neither","better":"QQ"}', 'third'],
    ['nothing', '', 'empty'],
  ])('%s: missing, counted and shown, exit code 1', async (_what, reply, why) => {
    const house = await judgeHouse({ script: () => reply });
    const items = house.file('items.jsonl', sampleItems(2));
    const { code, out } = await house.judge([items, '--out', house.path('out')]);
    expect(code).toBe(1);
    expect(new Set(outcomes(house.lines('out/verdicts.jsonl')))).toEqual(new Set(['judged missing']));
    expect(out).toMatch(new RegExp(`unread +4 ${why}`));
    expect(out).toContain('Not a ranking: no pair was read in both orders.');
  });

  test('always the first: ties that flipped, and no ranking', async () => {
    const house = await judgeHouse({ script: (request) => ruled(request, 'first-shown') });
    const items = house.file('items.jsonl', sampleItems(8));
    const { code, out } = await house.judge([items, '--out', house.path('out')]);
    expect(code).toBe(0);
    const lines = house.lines('out/verdicts.jsonl');
    expect(lines.every(({ winner, flipped }) => winner === 'tie' && flipped === true)).toBe(true);
    expect(out).toContain('Not a ranking: the judge changed its mind with the order in 100 % of the pairs');
    expect(out).toMatch(/alpha +0 +8 +0 +0 +50 %/);
    expect(readFileSync(house.path('out/ranking.svg'), 'utf8')).toContain('Not a ranking');
  });

  test('identical and empty candidates need no judge', async () => {
    const house = await judgeHouse();
    const text = 'The same.';
    const items = house.file('items.jsonl', [
      ...sampleItems(1, { id: 'same', candidates: [{ text }, { text }] }),
      ...sampleItems(1, { id: 'nothing', candidates: [{ text: '' }, { text }] }),
      ...sampleItems(1, { id: 'plan', candidates: [{ text }, { text: '<system_thinking>only a plan' }] }),
    ]);
    const { code } = await house.judge([items, '--out', house.path('out')]);
    expect(code).toBe(0);
    expect(house.double.prompts).toHaveLength(0);
    expect(outcomes(house.lines('out/verdicts.jsonl'))).toEqual([
      'identical tie',
      'empty second',
      'empty first',
    ]);
  });
});

describe('an endpoint that fails', () => {
  test('nobody there: stops early, says what to do, exit code 1', async () => {
    const house = await judgeHouse();
    const items = house.file('items.jsonl', sampleItems(40));
    const env = { OPENAI_BASE_URL: await deadUrl() };
    const { code, out, err } = await house.judge([items, '--out', house.path('out')], { env });
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/^dramatis lab: .+$/m);
    expect(existsSync(house.path('out/verdicts.jsonl'))).toBe(false);
  }, 30_000);

  test('a refused key ends it at once', async () => {
    const house = await judgeHouse({ apiKey: 'right' });
    const items = house.file('items.jsonl', sampleItems(40));
    const { code, err } = await house.judge([items, '--out', house.path('out')], {
      env: { OPENAI_API_KEY: 'wrong' },
    });
    expect(code).toBe(1);
    expect(err).toMatch(/key/i);
    expect(house.double.requests.length).toBeLessThan(12);
  });

  test('what failed once is missing, and asked again by the next run', async () => {
    let refuse = true;
    const house = await judgeHouse({
      script: (request) =>
        refuse && request.promptText.includes('Question 1?')
          ? { fault: 'status', status: 400, body: { error: { message: 'no' } } }
          : ruled(request, 'longer'),
    });
    const items = house.file('items.jsonl', sampleItems(3));
    const args = [items, '--out', house.path('out'), '--json'];
    const first = await house.judge(args);
    expect(first.code).toBe(0);
    expect(house.lines('out/verdicts.jsonl').map(({ winner }) => winner)).toEqual([
      'first',
      'missing',
      'first',
    ]);
    refuse = false;
    expect(JSON.parse((await house.judge(args)).out)).toMatchObject({ known: 4, asked: 2 });
  });
});

describe('several judges', () => {
  test('are compared: both orders of each, and how often they agree', async () => {
    const house = await judgeHouse({
      script: (request) => ruled(request, request.body.model === 'strict' ? 'longer' : 'tie'),
    });
    const items = house.file('items.jsonl', sampleItems(5));
    const { code, out } = await house.judge([
      ...[items, '--out', house.path('out'), '--judge', 'strict', '--judge', 'mild', '--json'],
    ]);
    expect(code).toBe(0);
    expect(house.double.prompts.map(({ body }) => body.model).sort()).toEqual([
      ...Array.from({ length: 10 }, () => 'mild'),
      ...Array.from({ length: 10 }, () => 'strict'),
    ]);
    const { judges, between } = JSON.parse(out).summary;
    expect(judges.map(({ judge }: { judge: string }) => judge)).toEqual(['strict', 'mild']);
    expect(between).toMatchObject([{ judges: ['strict', 'mild'], pairs: 5, agreement: 0 }]);
  });
});

describe('bad use', () => {
  test.each([
    [[], /needed/],
    [['x.jsonl'], /--out/],
    [['--out', 'o'], /FILE/],
    [['x.jsonl', '--out', 'o', '--pairs', 'some'], /all, knockout/],
    [['x.jsonl', '--out', 'o', '--pairs', 'baseline'], /NAME/],
    [['x.jsonl', '--out', 'o', '--batch', 'burn'], /write or read/],
    [['--out', 'o', '--batch', 'read'], /results/],
    [['--self-test', '--agreement'], /together/],
    [['x.jsonl', '--out', 'o', '--ask'], /--agreement/],
    [['x.jsonl', '--out', 'o', '--concurrency', '0'], /1 to 1000/],
    [['x.jsonl', '--out', 'o', '--principles', 'none.yaml'], /--principles/],
  ])('%j: one line, exit code 2', async (args, said) => {
    const house = await judgeHouse();
    const { code, out, err } = await house.judge(args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err.trim()).toMatch(said);
    expect(err.trim()).not.toContain('\n');
  });

  test('without a model it says which to set', async () => {
    const house = await judgeHouse();
    const items = house.file('items.jsonl', sampleItems(1));
    const env = { MODEL: 'understudy', OPENAI_BASE_URL: undefined };
    const { code, err } = await house.judge([items, '--out', house.path('out')], { env });
    expect(code).toBe(2);
    expect(err).toContain('MODEL_JUDGE');
  });

  test('lines that are no items are named before anything is asked', async () => {
    const house = await judgeHouse();
    const [item] = sampleItems(1);
    const items = house.file(
      'items.jsonl',
      `${JSON.stringify(item)}\n\nnot json\n{"id":"x"}\n${JSON.stringify(item)}\n`,
    );
    const { code, err } = await house.judge([items, '--out', house.path('out')]);
    expect(code).toBe(1);
    expect(err).toContain('line 3: it is no JSON');
    expect(err).toMatch(/line 4: context: /);
    expect(err).toContain('line 5: the id item-0 is there twice');
    expect(house.double.requests).toHaveLength(0);
  });

  test.each([
    ['as a field', '{"dramatis-origin":"discord"}'],
    ['with escapes', '{"dramatis\\u002dorigin":"discord"}'],
    ['in a keepsake', '---\ndramatis-origin: discord\n---'],
  ])('a file that came through Discord is refused: %s', async (_how, mark) => {
    const house = await judgeHouse();
    const items = house.file('items.jsonl', `${JSON.stringify(sampleItems(1)[0])}\n${mark}\n`);
    const { code, err } = await house.judge([items, '--out', house.path('out')]);
    expect(code).toBe(1);
    expect(err).toMatch(/refused, it came through Discord/);
    expect(house.double.requests).toHaveLength(0);
  });
});

test('a path that is none is the caller’s, not ours', async () => {
  const house = await judgeHouse();
  const { code, err } = await house.judge([house.path('nowhere.jsonl'), '--out', house.path('out')]);
  expect(code).toBe(1);
  expect(err).toContain('nowhere.jsonl cannot be read: check the path.');
});
