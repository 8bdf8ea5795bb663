import { join } from 'node:path';
import { z } from 'zod';
import { OperatorError } from '../../../errors.ts';
import { measureCandidate } from '../../../judge/bias/judged-pair.ts';
import { isMarkedDiscord } from '../../../scene/origin.ts';
import { readBegun } from '../../folder/begun.ts';
import type { JudgeItem, NamedCandidate } from '../../judge/input/item.ts';
import { linesOf, readFiles } from '../../judge/input/read-files.ts';
import type { SampleReject } from '../sample.ts';
import { type Verdict, verdictSchema } from './verdict-schema.ts';

/** Two candidates for one turn, and what one judge said of them. */
export type JudgedPairOf = {
  readonly kind: 'pair';
  /** Of this run: item and places. */
  readonly id: string;
  readonly item: JudgeItem;
  readonly first: NamedCandidate;
  readonly second: NamedCandidate;
  readonly verdict: Verdict;
};

const runSchema = z.object({ format: z.literal(1), files: z.array(z.string()).min(1) });

/**
 * The pairs of a folder of `dramatis lab judge`, each with its verdict, in the order of `verdicts.jsonl`.
 * Verdicts stand in the order of their items, so that both are read side by side and nothing is kept. Items
 * are read as they were for the judge: what came through Discord is refused.
 *
 * @param judge whose verdicts; left out: those of whoever comes first
 * @throws OperatorError for a folder that is none of the judge’s, or files that cannot be read any more; the
 *   signal’s reason when aborted
 */
export async function* judgedPairs(
  dir: string,
  { judge }: { readonly judge?: string | undefined },
  signal: AbortSignal,
): AsyncGenerator<JudgedPairOf | SampleReject> {
  const run = await readBegun(join(dir, 'run.json'), runSchema);
  if (!run) throw new OperatorError(`${dir} is no folder of dramatis lab judge: it has no run.json.`);
  const items = readFiles(run.files, signal);
  let item: JudgeItem | undefined;
  let whose = judge;
  let number = 0;
  try {
    for await (const line of linesOf(join(dir, 'verdicts.jsonl'))) {
      signal.throwIfAborted();
      number += 1;
      if (line.trim() === '') continue;
      const verdict = readVerdict(line, `${dir}/verdicts.jsonl, line ${number}`);
      if (!verdict) {
        yield { kind: 'reject', id: `verdicts.jsonl:${number}`, why: 'no-verdict' };
        continue;
      }
      const id = `${verdict.item}/${verdict.pair.join('-')}`;
      whose ??= verdict.judge;
      if (verdict.judge !== whose) {
        yield { kind: 'reject', id, why: 'other-judge', detail: verdict.judge };
        continue;
      }
      // An item may have several pairs, or none: then the next ones are looked at.
      while (item?.id !== verdict.item) {
        const next = await items.next();
        if (next.done) break;
        item = next.value;
      }
      yield item?.id === verdict.item ? pairIn(item, verdict, id) : { kind: 'reject', id, why: 'no-item' };
    }
  } finally {
    await items.return(undefined);
  }
}

function readVerdict(line: string, where: string): Verdict | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (isMarkedDiscord(line) || isMarkedDiscord(JSON.stringify(value))) {
    throw new OperatorError(`${where}: refused, it came through Discord; no setting overrides this.`);
  }
  return verdictSchema.safeParse(value).data;
}

function pairIn(item: JudgeItem, verdict: Verdict, id: string): JudgedPairOf | SampleReject {
  const [first, second] = verdict.pair.map((place) => item.candidates[place]);
  const isSame = (one: NamedCandidate | undefined, known: Verdict['first']) =>
    one !== undefined && measureCandidate(one).length === known.length;
  if (!first || !second || !isSame(first, verdict.first) || !isSame(second, verdict.second)) {
    return { kind: 'reject', id, why: 'item-changed', detail: 'the file of items is not what was judged' };
  }
  return { kind: 'pair', id, item, first, second, verdict };
}
