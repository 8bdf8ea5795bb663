import { describe, expect, test } from 'vitest';
import { readCoserEvaluation } from '../../../../../src/lab/coser/files/coser-evaluation.ts';
import { writeCoserEvaluation } from '../../../../../src/lab/coser/files/write-coser-evaluation.ts';
import { DIMENSIONS } from '../../../../../src/lab/coser/judge-answer.ts';
import type { Judgement, Judgements } from '../../../../../src/lab/coser/judged-case.ts';
import { RULES } from '../../../../../src/lab/coser/protocol.ts';

const simulation = {
  turns: [
    {
      name: 'Perran',
      named: true,
      segments: [
        { kind: 'thought' as const, text: 'She has money' },
        { kind: 'speech' as const, text: 'Tide’s wrong.' },
      ],
    },
    { name: 'Environment', named: false, segments: [{ kind: 'speech' as const, text: 'A gull cries.' }] },
  ],
};
const judgement = (score: number | null): Judgement => ({
  score,
  honest: score,
  flaws: [{ instance: 'i', type: 't', severity: 2 }],
  tries: 1,
});
const judged = (id: string, scores: readonly (number | null)[]) => ({
  id,
  simulation,
  judgements: Object.fromEntries(DIMENSIONS.map((one) => [one, scores.map(judgement)])) as Judgements,
  likeness: { bleu: 0.25, rougeL: 0.5 },
});

describe('CoSER’s evaluation file', () => {
  test('what is written is read again, without thoughts', () => {
    const text = writeCoserEvaluation(
      [judged('The Ferry-7-1', [90, 93]), judged('The Ferry-8-0', [50])],
      RULES.coser,
    );
    const { scores } = JSON.parse(text);
    expect(scores).toEqual({
      'Storyline Consistency': 70.75,
      Anthropomorphism: 70.75,
      'Character Fidelity': 70.75,
      'Storyline Quality': 70.75,
      avg: 70.75,
      bleu: 0.25,
      rouge_l: 0.5,
    });
    const [first, second] = readCoserEvaluation(text);
    expect(first).toMatchObject({ id: 'The Ferry-7-1', score: 91.5, bleu: 0.25, rougeL: 0.5 });
    expect(first?.transcript).toBe('Perran: Tide’s wrong.\n\nA gull cries.');
    expect(first?.dimensions.Anthropomorphism.flaws).toEqual([{ instance: 'i', type: 't', severity: 2 }]);
    expect(second?.score).toBe(50);
    expect(text).not.toContain('money');
  });

  test('a scene with a score missing is not in it', () => {
    const text = writeCoserEvaluation(
      [judged('a', [90, null]), judged('b', [50]), judged('c', [])],
      RULES.coser,
    );
    const { scores, cases } = JSON.parse(text);
    expect([scores.avg, scores.Anthropomorphism, Object.keys(cases)]).toEqual([50, 50, ['b']]);
  });

  test('where no scene could be scored there are no means, 0 least of all', () => {
    const text = writeCoserEvaluation([judged('a', [null])], RULES.coser);
    expect(JSON.parse(text)).toEqual({ scores: null, cases: {} });
    expect(readCoserEvaluation(text)).toEqual([]);
  });

  test.each([
    [
      '{"cases": 7}',
      'it is no evaluation of CoSER’s: cases: Invalid input: expected record, received number',
    ],
    ['{"cases": {"a": {"simulation": []', 'its JSON ends too soon'],
  ])('%s', (text, what) => {
    expect(() => readCoserEvaluation(text)).toThrow(new SyntaxError(what));
  });
});
