import { describe, expect, test } from 'vitest';
import { likenessOf } from '../../../../src/lab/coser/likeness.ts';
import { RULES } from '../../../../src/lab/coser/protocol.ts';
import { thoughtsSaid } from '../../../../src/lab/coser/thoughts-said.ts';

const turn = (name: string, speech: string, thought?: string) => ({
  name,
  named: true,
  segments: [
    ...(thought === undefined ? [] : [{ kind: 'thought' as const, text: thought }]),
    { kind: 'speech' as const, text: speech },
  ],
});

describe('how alike two conversations are', () => {
  const dialogues = [
    { character: 'Perran', message: '[She has money] The tide is wrong till four.' },
    { character: 'Wenna', message: '(counts coins) Then we shall wait for it together.' },
  ];
  const turns = [
    turn('Perran', 'The tide is wrong till four.', 'Old rope, old hands'),
    turn('Wenna', 'Then we go by the road at once.'),
  ];

  test('the same words are all there is', () => {
    const same = [turn('Perran', 'The tide is wrong till four.')];
    const { bleu, rougeL } = likenessOf({ dialogues: dialogues.slice(0, 1) }, { turns: same }, RULES.coser);
    expect(bleu).toBe(1);
    expect(rougeL).toBeCloseTo(1, 6);
  });

  test('what both were given is left out; thoughts count where the judge reads them', () => {
    const after = likenessOf({ dialogues }, { turns }, RULES.coser, { from: 1 });
    const alone = likenessOf({ dialogues: dialogues.slice(1) }, { turns: turns.slice(1) }, RULES.coser);
    expect(after).toEqual(alone);
    expect(after.rougeL).toBeLessThan(likenessOf({ dialogues }, { turns }, RULES.coser).rougeL ?? 0);
    const her = likenessOf({ dialogues }, { turns }, RULES.her);
    expect(her.rougeL).toBeLessThan(likenessOf({ dialogues }, { turns }, RULES.coser).rougeL ?? 0);
  });

  test('of nothing there is none', () => {
    expect(likenessOf({ dialogues }, { turns: [] }, RULES.her)).toEqual({ bleu: null, rougeL: null });
    expect(likenessOf({ dialogues }, { turns }, RULES.her, { from: 2 })).toEqual({
      bleu: null,
      rougeL: null,
    });
  });
});

describe('thoughts that others could hear', () => {
  const secret = 'I buried the chest under the third oak';

  test.each([
    ['said in its own turn', [turn('Perran', `Well, ${secret.toUpperCase()}!`, secret)], 1],
    ['said by another later', [turn('Perran', 'Well.', secret), turn('Wenna', `“${secret}”, he thinks.`)], 1],
    ['said by another before', [turn('Wenna', secret), turn('Perran', 'Well.', secret)], 0],
    ['told by its owner later', [turn('Perran', 'Well.', secret), turn('Perran', secret)], 0],
    ['six words are anyone’s', [turn('Perran', 'I do not know her name.', 'I do not know her name')], 0],
  ])('%s', (_what, turns, count) => {
    expect(thoughtsSaid({ turns })).toBe(count);
  });
});
