import type { Principle } from '../../judge/principles/principle.ts';
import { knockOut } from '../../judge/tournament/tournament.ts';
import { judgePair } from '../../judge/verdict/judge-pair.ts';
import { pairRequests } from '../../judge/verdict/pair-requests.ts';
import type { PairVerdict } from '../../judge/verdict/verdict.ts';
import type { PairJudge } from '../calls/asking.ts';
import type { LabModel } from '../calls/call.ts';
import { inOrder } from '../folder/in-order.ts';
import type { JudgeItem, NamedCandidate } from './input/item.ts';
import { type Pair, type Pairing, pairsOf } from './pairing.ts';
import { type VerdictLine, verdictLine } from './verdict-line.ts';

/** A judge, and the hash of what it is told. */
export type Bench = { readonly judge: LabModel; readonly prompt: string };

export type Judging = {
  readonly benches: readonly Bench[];
  readonly asking: (judge: LabModel) => PairJudge;
  readonly principles: readonly Principle[];
  readonly pairing: Pairing;
  /** What fences and names are drawn from. */
  readonly secret: string;
  /** Pairs under way at once. */
  readonly concurrency: number;
};

/**
 * Judges the pairs of items, by each judge. Verdicts come in the order of the items, whichever was
 * answered first. A knock-out whose next round hangs on answers that are still to come stops there.
 *
 * @throws the signal's reason when aborted
 */
export async function* judgeItems(
  items: AsyncIterable<JudgeItem>,
  judging: Judging,
  signal: AbortSignal,
): AsyncGenerator<VerdictLine> {
  // Some wait for an earlier one, so that as many as may be asked are under way.
  const most = judging.concurrency * 2;
  for await (const lines of inOrder(jobs(items, judging), most, (job) => job(signal))) yield* lines;
}

type Job = (signal: AbortSignal) => Promise<readonly VerdictLine[]>;

async function* jobs(items: AsyncIterable<JudgeItem>, judging: Judging): AsyncGenerator<Job> {
  for await (const item of items) {
    const pairs = pairsOf(item, judging.pairing);
    for (const bench of judging.benches) {
      if (pairs === undefined) yield (signal) => knockOutOf(item, bench, judging, signal);
      for (const pair of pairs ?? []) {
        yield async (signal) => [(await judged(item, pair, bench, judging, signal)).line];
      }
    }
  }
}

async function judged(
  item: JudgeItem,
  pair: Pair,
  { judge, prompt }: Bench,
  { asking, principles, secret }: Judging,
  signal: AbortSignal,
): Promise<{ readonly line: VerdictLine; readonly verdict: PairVerdict }> {
  const asked = asking(judge);
  const [first = NOTHING, second = NOTHING] = pair.map((place) => item.candidates[place]);
  const { context } = item;
  const comparing = { model: asked.model, context, principles, first, second, secret };
  const verdict = await judgePair(comparing, signal);
  const labels = pairRequests(comparing).map((order) => order.labels);
  const { calls, seeds, pending } = asked;
  const told = { judge: judge.model.name, prompt, labels, seeds: [...seeds], calls, pending };
  return { line: verdictLine(item, pair, verdict, told), verdict };
}

const NOTHING: NamedCandidate = { name: '', segments: [] };

/** The next round is not known yet. */
class Unfinished extends Error {}

async function knockOutOf(
  item: JudgeItem,
  bench: Bench,
  judging: Judging,
  signal: AbortSignal,
): Promise<readonly VerdictLine[]> {
  const played: Promise<VerdictLine>[] = [];
  const meet = async (first: number, second: number): Promise<PairVerdict> => {
    const match = judged(item, [first, second], bench, judging, signal);
    played.push(match.then(({ line }) => line));
    const { line, verdict } = await match;
    if (line.pending) throw new Unfinished();
    return verdict;
  };
  try {
    await knockOut(item.candidates.length, meet);
  } catch (error) {
    if (!(error instanceof Unfinished)) {
      await Promise.allSettled(played);
      throw error;
    }
  }
  return Promise.all(played);
}
