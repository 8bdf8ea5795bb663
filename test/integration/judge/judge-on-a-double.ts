import { createHash } from 'node:crypto';
import { type JudgedPair, measureCandidate } from '../../../src/judge/bias/judged-pair.ts';
import { judgePair } from '../../../src/judge/verdict/judge-pair.ts';
import type { Judging } from '../../../src/judge/verdict/judging.ts';
import { pairRequests } from '../../../src/judge/verdict/pair-requests.ts';
import type { Winner } from '../../../src/judge/verdict/verdict.ts';
import { type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import type { RecordedRequest } from '../../doubles/model/recorded-request.ts';
import { openTestModel } from '../model/ask.ts';

/** A candidate as a judge's prompt shows it. */
export type Shown = { readonly label: string; readonly text: string };
/** Which of the two that are shown wins, by place; `prose`: words without a verdict. */
export type Choose = (one: Shown, other: Shown, dice: number) => Winner | 'prose';

/**
 * A judge behind a real server and the real client, that goes by one thing. `dice` is from 0 up to 1, drawn from the
 * candidates: the same in each run of the test.
 */
export async function startJudge(choose: Choose): Promise<ModelDouble> {
  return startModelDouble({
    script: (request) => {
      const [one, other] = candidatesIn(request);
      if (!one || !other) throw new Error('no two candidates are in the prompt');
      const choice = choose(one, other, diceOf(one, other, request));
      if (choice === 'prose') return 'Both have their charm, and I would rather not say.';
      const better = choice === 'tie' ? 'tie' : choice === 'first' ? one.label : other.label;
      return JSON.stringify({
        violations: [],
        comparisons: [
          {
            principle: 'whatever this judge goes by',
            [one.label]: 'has it or not',
            [other.label]: 'has it or not',
            better,
            degree: 'clear',
          },
        ],
        reason: 'It is what this judge goes by.',
        better,
      });
    },
  });
}

/** Judges a pair over the wire. */
export async function judgeOn(
  double: ModelDouble,
  pair: Omit<Judging, 'model' | 'principles'>,
): Promise<JudgedPair> {
  const model = openTestModel(double.url);
  const judging = { ...pair, model, principles: [] };
  const verdict = await judgePair(judging, AbortSignal.timeout(60_000));
  return {
    first: measureCandidate(pair.first),
    second: measureCandidate(pair.second),
    verdict,
    labels: pairRequests(judging).map(({ labels }) => labels),
  };
}

function candidatesIn({ promptText }: RecordedRequest): readonly Shown[] {
  const found = promptText.matchAll(/^\[([0-9a-f]{16})\] candidate (\w+)\n([\s\S]*?)(?=\n\[\1\] )/gm);
  return [...found].map(([, , label = '', text = '']) => ({ label, text }));
}

/** A second attempt is asked at another temperature. */
function diceOf(one: Shown, other: Shown, { body }: RecordedRequest): number {
  const drawn = createHash('sha256').update(JSON.stringify([one.text, other.text, body['temperature']]));
  return drawn.digest().readUInt32BE(0) / 2 ** 32;
}
