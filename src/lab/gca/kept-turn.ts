import { z } from 'zod';
import type { ParsedTurn } from '../../format/parsed-turn.ts';
import { visibleSegments } from '../../format/segments.ts';
import type { Keep } from '../calls/ask.ts';
import type { Answer, Call } from '../calls/call.ts';
import type { Acted } from './troupe.ts';

const keptSchema = z.object({
  named: z.boolean(),
  segments: z.array(z.object({ kind: z.enum(['thought', 'action', 'speech']), text: z.string() })),
});

export type Keeping = {
  /** Its thoughts are kept; else they are gone before anyone could keep them. */
  readonly thoughts: boolean;
  read(answer: Answer): ParsedTurn;
};

/**
 * What of an actor’s answer is written down (the one law): its segments. What it planned is counted and
 * forgotten, and of an unusable answer nothing is kept.
 */
export function keepTurn({ thoughts, read }: Keeping): Keep {
  return (answer) => {
    const turn = read(answer);
    const segments = thoughts ? turn.segments : visibleSegments(turn.segments);
    const kept = { named: turn.faults.includes('own-name'), segments };
    return {
      text: turn.usable ? JSON.stringify(kept) : '',
      format: { usable: turn.usable, faults: [...turn.faults], planned: turn.systemThinking.length },
    };
  };
}

/** The turn in a kept answer, new or from the journal. */
export function keptTurn({ text, format }: Pick<Call, 'text' | 'format'>): Omit<Acted, 'attempts'> {
  const kept = keptSchema.safeParse(parseJson(text));
  const { named, segments } = kept.success ? kept.data : { named: false, segments: [] };
  return { named, segments, faults: format?.faults ?? [], planned: format?.planned ?? 0 };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
