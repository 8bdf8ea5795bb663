import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createAsk } from '../../../../src/lab/calls/ask.ts';
import { createMemoryJournal } from '../../../../src/lab/calls/memory-journal.ts';
import { type EvaluatedCase, readCoserEvaluation } from '../../../../src/lab/coser/files/coser-evaluation.ts';
import {
  type CoserDimension,
  DIMENSIONS,
  HER_UNREAD,
  readFlaws,
} from '../../../../src/lab/coser/judge-answer.ts';
import { judgeScene } from '../../../../src/lab/coser/judge-scene.ts';
import { RULES } from '../../../../src/lab/coser/protocol.ts';
import { parsePythonJson } from '../../../../src/lab/coser/python-json.ts';
import { coserSceneSchema } from '../../../../src/lab/coser/scene.ts';
import { dimensionScore, meanOf } from '../../../../src/lab/coser/score.ts';
import type { Protocol } from '../../../../src/lab/coser/severity.ts';
import { transcriptOf } from '../../../../src/lab/coser/transcript.ts';
import { ourPrompts } from '../../../../src/lab/prompts/ours.ts';
import { answeringModel } from '../../../support/answering-model.ts';
import { labModel } from '../../../support/lab-model.ts';

const SHARED = new URL('../../../../../shared/data/', import.meta.url);
const SAMPLE = new URL('coser/published_evaluation_sample.json', SHARED);
const SCORING = new URL('golden/scoring.jsonl', SHARED);

describe.skipIf(!existsSync(SAMPLE))('CoSER’s published evaluation (needs ../shared)', () => {
  const sample = () => {
    const [one] = readCoserEvaluation(readFileSync(SAMPLE, 'utf8'));
    if (!one) throw new Error('no case');
    return one;
  };

  test('the judge’s text comes out of the simulation byte for byte', () => {
    const { simulation, transcript } = sample();
    expect(transcriptOf(simulation, RULES.coser)).toBe(transcript);
  });

  test.each(['coser', 'her', 'fixed'] as const)(
    'the published flaws, judged by %s, are the published scores',
    async (protocol) => {
      const published = sample();
      const judgements = await judgedAsPublished(published, protocol);
      const scores = DIMENSIONS.map((dimension) => judgements[dimension]?.[0]?.score);
      expect(scores).toEqual(DIMENSIONS.map((dimension) => published.dimensions[dimension].score));
      expect(meanOf(scores.map(Number))).toBe(published.score);
      const honest = DIMENSIONS.map((dimension) => judgements[dimension]?.[0]?.honest);
      expect(honest).toEqual(scores);
      const kept = judgements.Anthropomorphism?.[0]?.flaws.map(({ type }) => type);
      expect(kept).toEqual(published.dimensions.Anthropomorphism.flaws.map(({ type }) => type));
    },
  );
});

describe.skipIf(!existsSync(SCORING))('golden scores (needs ../shared)', () => {
  const rows = () =>
    readFileSync(SCORING, 'utf8')
      .trim()
      .split('\n')
      .map((line) => ({ ...(JSON.parse(line) as Row), written: parsePythonJson(line) as Row }));

  test('every dimension, to the last bit, by CoSER’s count and by HER’s', () => {
    const seen = rows().filter(({ type }) => type === 'dimension');
    expect(seen.length).toBeGreaterThan(60);
    for (const { written, rounds, src, expected_score, expected_score_her = expected_score } of seen) {
      expect(dimensionScore(written.judge_flaws, rounds, 'coser'), src).toBe(expected_score);
      expect(dimensionScore(written.judge_flaws, rounds, 'her'), src).toBe(expected_score_her);
    }
  });

  test('every published case is the mean of its dimensions', () => {
    const cases = rows().filter(({ type }) => type === 'case');
    expect(cases.length).toBeGreaterThan(0);
    for (const { dimension_scores, expected_score } of cases)
      expect(meanOf(Object.values(dimension_scores))).toBe(expected_score);
  });

  test('HER’s reading as it was seen: unread is 50, and nothing in the honest count', () => {
    const seen = rows().filter(({ type }) => type === 'her_parse');
    expect(seen.length).toBeGreaterThan(15);
    for (const { judge_response, dimension, rounds, expected } of seen) {
      const flaws = readFlaws(judge_response, dimension, 'her');
      expect(flaws ? dimensionScore(flaws, rounds, 'her') : HER_UNREAD, judge_response).toBe(expected.score);
    }
  });
});

type Row = {
  readonly type: string;
  readonly src: string;
  readonly judge_flaws: readonly { readonly severity?: unknown }[];
  readonly rounds: number;
  readonly dimension: CoserDimension;
  readonly expected_score: number;
  readonly expected_score_her?: number;
  readonly dimension_scores: Readonly<Record<string, number>>;
  readonly judge_response: string;
  readonly expected: { readonly score: number };
};

/** The published flaws as a judge would have to write them, through all that a run goes through. */
async function judgedAsPublished({ id, simulation, dimensions }: EvaluatedCase, protocol: Protocol) {
  const scene = coserSceneSchema.parse({
    book: 'King Lear',
    i_p: 17,
    speaking_characters_w_env: ['Fool', 'King Lear', 'Environment'],
    dialogues: [{ character: 'Fool', message: 'The reference is not part of the sample.' }],
  });
  const prompts = { ...ourPrompts(), critic: (_: unknown, told: { dimension: string }) => told.dimension };
  const judge = {
    ...labModel(answeringModel()),
    async ask({ messages }: { readonly messages: readonly { readonly content: string }[] }) {
      const dimension = DIMENSIONS.find((one) => one === messages[0]?.content) ?? 'Anthropomorphism';
      const { flaws } = dimensions[dimension];
      const text = `Here it is:\n\`\`\`json\n${JSON.stringify({ [dimension]: { flaws } })}\n\`\`\``;
      const usage = {
        model: 'm',
        promptTokens: 1,
        cachedTokens: 0,
        completionTokens: 1,
        msToFirst: 0,
        msToLast: 0,
      };
      return { text, reasoning: '', end: 'stop' as const, usage };
    },
  };
  return judgeScene(
    {
      scene: { ...scene, id },
      simulation,
      rules: RULES[protocol],
      prompts,
      judge,
      ask: createAsk(createMemoryJournal()),
      continueFrom: 0,
      times: 1,
      readsThoughts: undefined,
    },
    new AbortController().signal,
  );
}
