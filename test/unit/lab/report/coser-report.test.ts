import { describe, expect, test } from 'vitest';
import type { EvalResult } from '../../../../src/lab/eval/result.ts';
import type { TranscriptLine } from '../../../../src/lab/eval/transcript-line.ts';
import { coserReport } from '../../../../src/lab/report/coser-report.ts';
import { sampleResult, sampleRun } from '../../../support/sample-run.ts';

const { result, transcripts } = sampleRun(25);
const data = coserReport(result, transcripts);

/** The first scene of a run, with what a judge said of it, and what was played. */
function oneScene(
  flaws: EvalResult['cases'][number]['judgements']['Anthropomorphism'][number]['flaws'],
  played: Partial<TranscriptLine> = {},
) {
  const { result: whole, transcripts: lines } = sampleRun(1);
  const [first] = whole.cases;
  const [line] = lines;
  if (!first || !line) throw new Error('no scene');
  const none = { score: 100, honest: 100, flaws: [], tries: 1 };
  const judgements = {
    'Storyline Consistency': [none],
    Anthropomorphism: [{ ...none, flaws }],
    'Character Fidelity': [none],
    'Storyline Quality': [none],
  };
  return coserReport(sampleResult([{ ...first, judgements }]), [{ ...line, ...played }]);
}

function turn(round: number, name: string, segments: TranscriptLine['turns'][number]['segments'] = []) {
  return { round, name, segments, named: false, injected: false, faults: [] };
}

describe('the report of a run', () => {
  test('has the honest score as its headline, the protocol’s own beside it, and what is informative after', () => {
    const [honest, own, beside] = data.scores;
    const { honest: honestFigures, score, bleu } = result.figures;
    expect(honest?.figures[0]).toEqual({ label: 'Overall', ...honestFigures['overall'] });
    expect(own?.label).toBe('Score as CoSER counts');
    expect(own?.figures[0]).toEqual({ label: 'Overall', ...score['overall'] });
    expect(beside?.judged).toBe(false);
    expect(beside?.figures.find(({ label }) => label === 'BLEU')?.mean).toBeCloseTo(
      (bleu.mean ?? 0) * 100,
      9,
    );
  });

  test('of protocol fixed has one score only, but where scenes are left out of it', () => {
    const labels = (scenes: number) => {
      const fixed = sampleRun(scenes, { manifest: { protocol: 'fixed' } });
      return coserReport(fixed.result).scores.map(({ label }) => label);
    };
    expect(labels(5)).toEqual(['Honest score', 'Beside the score']);
    expect(labels(20)).toEqual(['Honest score', 'Score of every scene', 'Beside the score']);
  });

  test('says who judged, by which prompt, and keeps the run’s remarks', () => {
    expect(data.judge).toEqual(result.manifest.judge);
    expect(data.remarks).toEqual(result.manifest.remarks);
  });

  test('counts invalid scenes, leaks and failures where everybody sees them', () => {
    const failed = { ...result, failed: [{ id: 'x', why: 'too long' }] };
    failed.figures = { ...result.figures, leaks: 2 };
    const { facts, cases, failed: shown } = coserReport(failed);
    const alarms = facts.filter(({ alarm }) => alarm).map(({ label, value }) => `${label}: ${value}`);
    expect(alarms).toEqual([
      'Hidden words that leaked: 2',
      'Invalid scenes: 1 of 25',
      'Scenes that failed: 1',
    ]);
    expect(cases.filter(({ invalid, score }) => invalid && score === null)).toHaveLength(1);
    expect(shown).toEqual([{ id: 'x', why: 'too long' }]);
  });

  test('says how often the director named nobody who may be next', () => {
    const chance = (lines: typeof transcripts) =>
      coserReport(result, lines).facts.find(({ label }) => label === 'Choices left to chance');
    const choices = transcripts.flatMap((line) => line.choices).filter(({ rule }) => rule !== 'end');
    const drawn = choices.filter(({ rule }) => rule === 'fallback').length;
    expect(chance(transcripts)).toMatchObject({ value: `${drawn} of ${choices.length}`, alarm: false });
    const lost = transcripts.map((line) => ({
      ...line,
      choices: line.choices.map((choice) => ({ ...choice, rule: 'fallback' as const })),
    }));
    expect(chance(lost)?.alarm).toBe(true);
    expect(chance([])).toBeUndefined();
  });

  test('counts every flaw once, most frequent types first', () => {
    const all = result.cases.flatMap(({ judgements }) =>
      Object.values(judgements).flatMap((times) => times.flatMap(({ flaws }) => flaws)),
    );
    expect(data.flaws.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
    for (const group of Map.groupBy(data.flaws, (one) => one.group).values()) {
      const counts = group.map(({ count }) => count);
      expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    }
  });

  test('takes types that differ by case or blanks only as one, and names those without a type', () => {
    const { flaws } = oneScene([
      { type: 'Too  Smooth', severity: 1 },
      { type: ' too smooth', severity: '2' },
      { severity: null },
    ]);
    expect(flaws).toEqual([
      { label: 'Too Smooth', group: 'Anthropomorphism', count: 2 },
      { label: 'of no named type', group: 'Anthropomorphism', count: 1 },
    ]);
  });

  test('shows severities as the judge wrote them', () => {
    const { cases } = oneScene([1, 'high', null, { a: 1 }].map((severity) => ({ severity })));
    expect(cases[0]?.flaws.map(({ severity }) => severity)).toEqual(['1', 'high', '', '{"a":1}']);
  });

  test('hides a quote of a thought, and only where it was not also said', () => {
    const thought = 'I must not let him look under the bench tonight.';
    const { cases } = oneScene(
      [
        { instance: `She thinks: “must not let him look”`, severity: 1 },
        { instance: 'Sit down, the soup is hot', severity: 1 },
        { instance: 'he would come at dawn', severity: 1 },
      ],
      {
        turns: [
          turn(0, 'Marta', [
            { kind: 'thought', text: thought },
            { kind: 'thought', text: 'He said he would come at dawn.' },
            { kind: 'speech', text: 'Sit down, the soup is hot. He said he would come at dawn.' },
          ]),
        ],
      },
    );
    expect(cases[0]?.flaws.map(({ hidden }) => hidden)).toEqual([true, false, false]);
  });

  test('a run without transcripts has its figures all the same', () => {
    const { cases, scores } = coserReport(result);
    expect(cases.every(({ transcript }) => transcript.length === 0)).toBe(true);
    expect(scores).toEqual(data.scores);
  });
});

describe('whose turn it was', () => {
  test('and why, silent rounds among it', () => {
    const { cases } = oneScene([], {
      turns: [
        { ...turn(0, 'Marta'), injected: true },
        turn(1, 'Piet'),
        turn(3, 'Environment'),
        turn(4, 'Piet'),
        turn(5, 'Marta'),
      ],
      silent: [2],
      choices: [
        { round: 0, predicted: 'Piet', next: 'Piet', rule: 'accepted', reason: 'he was asked' },
        { round: 1, predicted: 'Marta', next: 'Marta', rule: 'accepted' },
        { round: 2, predicted: 'x'.repeat(100), next: 'Environment', rule: 'fallback' },
        { round: 3, predicted: 'Piet', next: 'Piet', rule: 'drawn' },
        { round: 4, predicted: 'random', next: 'Marta', rule: 'fallback' },
        { round: 5, predicted: '<END CHAT>', next: null, rule: 'end' },
      ],
    });
    expect(cases[0]?.transcript.map(({ name, note }) => [name, note])).toEqual([
      ['Marta', 'from the reference conversation'],
      ['Piet', 'named by the director: he was asked'],
      ['Marta', 'named by the director'],
      ['Environment', `the director said “${'x'.repeat(60)}…”, which cannot be; drawn instead`],
      ['Piet', 'drawn by chance'],
      ['Marta', 'the director named nobody who acts here; drawn instead'],
    ]);
    expect(cases[0]?.facts).toContain('the director ended it');
  });
});
