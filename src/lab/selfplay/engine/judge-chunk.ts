import type { Ask } from '../../calls/ask.ts';
import type { LabModel } from '../../calls/call.ts';
import { type Dice, MOST_TRIES } from './dice.ts';
import type { ChunkJudgement, Judging } from './style.ts';

/** Undefined `judgement`: no answer in all tries could be read; it is counted, and becomes no number. */
export type JudgedChunk = { readonly judgement: ChunkJudgement | undefined; readonly tries: number };

/** After play, whose lines wait for each other; a judgement that comes later keeps nobody waiting. */
const PRIORITY = 6;
/** Keeps what a chunk is asked for the second time apart from what another run of its scene is asked. */
const NEXT_TIME = 10_000;

/**
 * @param time the how-manieth judgement of this chunk by this judge, from 1
 * @throws ModelError where the judge cannot answer; the signal’s reason when aborted
 */
export async function judgeChunk(
  judging: Judging,
  {
    lab,
    ask,
    dice,
    chunk,
    time,
  }: {
    readonly lab: LabModel;
    readonly ask: Ask;
    readonly dice: Dice;
    readonly chunk: number;
    readonly time: number;
  },
  signal: AbortSignal,
): Promise<JudgedChunk> {
  for (let tries = 1; ; tries += 1) {
    const take = dice.take(tries) + (time - 1) * NEXT_TIME;
    const request = judging.request(tries, dice.seed(`judge ${time}`, chunk, tries));
    const { text, end } = await ask(lab, request, { take, priority: PRIORITY }, signal);
    const judgement = end === 'length' ? undefined : judging.read(text);
    if (judgement || tries === MOST_TRIES) return { judgement, tries };
  }
}
