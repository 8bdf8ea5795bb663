import type { Ask } from '../../calls/ask.ts';
import type { Call, LabModel } from '../../calls/call.ts';
import { diceOf } from '../engine/dice.ts';
import { type JudgedChunk, judgeChunk } from '../engine/judge-chunk.ts';
import type { Chunk, Exchange } from '../engine/message.ts';
import { playDialogue } from '../engine/play-dialogue.ts';
import type { Style, Work } from '../engine/style.ts';
import { caseOf } from './case-of.ts';
import { createFormatTally } from './format-tally.ts';
import { createLeakCount } from './leak-count.ts';
import type { SelfplayCase } from './result.ts';

export type CaseRun<W extends Work> = {
  readonly style: Style<W>;
  readonly judges: readonly LabModel[];
  /** So often each chunk is judged by each judge. */
  readonly times: number;
  readonly ask: Ask;
  readonly seed: number;
  /** Told of every answer, by whom it was given. */
  readonly onAnswer: (role: string, call: Call) => void;
  readonly onExchange: () => void;
  readonly onChunk: () => void;
};

/** A played and judged dialogue with its lines. */
export type PlayedDialogue<W extends Work> = {
  readonly work: W;
  readonly result: SelfplayCase;
  readonly exchanges: readonly Exchange[];
};

/**
 * Plays one dialogue; every chunk is judged as soon as it is complete, while the play goes on.
 * @throws ModelError where a model cannot answer; the signal’s reason when aborted
 */
export async function playCase<W extends Work>(
  work: W,
  run: CaseRun<W>,
  signal: AbortSignal,
): Promise<PlayedDialogue<W>> {
  const { style, judges, times, ask, seed, onAnswer, onExchange, onChunk } = run;
  const dice = diceOf(seed, work.cluster, work.run);
  const format = createFormatTally();
  const leaks = createLeakCount();

  const askAs =
    (role: string): Ask =>
    async (model, request, options, abort) => {
      if (role !== 'actor') leaks.see(request);
      const call = await ask(model, request, options, abort);
      if (role === 'actor') format.add(call);
      onAnswer(role, call);
      return call;
    };

  const parts = style.partsOf(work, { dice, askAs });
  const exchanges: Exchange[] = [];
  const judging: {
    readonly chunk: Chunk;
    readonly judge: LabModel;
    readonly judged: Promise<JudgedChunk>;
  }[] = [];

  function judge(chunk: Chunk): void {
    for (const lab of judges) {
      const asking = style.judging(work, chunk, lab.model);
      const judgeAsk = askAs(`judge ${lab.model.name}`);
      for (let time = 1; time <= times; time += 1) {
        const told = { lab, ask: judgeAsk, dice, chunk: chunk.number, time };
        const judged = judgeChunk(asking, told, signal);
        // Heard at the end; until then it is nobody’s.
        judged.then(onChunk, () => {});
        judging.push({ chunk, judge: lab, judged });
      }
    }
  }

  try {
    for await (const exchange of playDialogue({ ...work, ...parts }, signal)) {
      exchanges.push(exchange);
      leaks.hear(exchange);
      onExchange();
      const done = exchanges.length;
      if (done % work.perChunk === 0 || done === work.exchanges) judge(chunkAt(work, exchanges));
    }
  } finally {
    await Promise.allSettled(judging.map(({ judged }) => judged));
  }
  const judged = await Promise.all(
    judging.map(async ({ chunk, judge: lab, judged: one }) => ({
      judge: lab.model.name,
      chunk: chunk.number,
      ...(await one),
    })),
  );
  const result = caseOf(work, style, { exchanges, judged, format: { ...format.read(), leaks: leaks.count } });
  return { work, result, exchanges };
}

/** The last chunk of what was played so far. */
function chunkAt({ perChunk, opening }: Work, exchanges: readonly Exchange[]): Chunk {
  const number = Math.ceil(exchanges.length / perChunk);
  const from = (number - 1) * perChunk;
  const [first] = exchanges;
  const given = opening.at(-1) === first?.user ? opening.slice(0, -1) : opening;
  return {
    number,
    exchanges: exchanges.slice(from),
    before: [...given, ...exchanges.slice(0, from).flatMap(({ user, actor }) => [user, actor])],
  };
}
