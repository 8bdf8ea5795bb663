import { z } from 'zod';
import type { Simulation } from '../gca/simulation.ts';

/**
 * One line of `transcripts.jsonl`: a scene as it was played, thoughts among it. System thinking has no
 * place in it, by its form.
 */
export const transcriptLineSchema = z.object({
  id: z.string(),
  turns: z.array(
    z.object({
      round: z.int(),
      name: z.string(),
      segments: z.array(z.object({ kind: z.enum(['thought', 'action', 'speech']), text: z.string() })),
      named: z.boolean(),
      injected: z.boolean(),
      faults: z.array(z.string()),
      /** Answers until one could be used; absent where it is not known. */
      attempts: z.int().optional(),
    }),
  ),
  choices: z.array(
    z.object({
      round: z.int(),
      predicted: z.string(),
      /** Null where the scene ends. */
      next: z.string().nullable(),
      rule: z.enum(['accepted', 'end', 'fallback', 'injected', 'drawn']),
      /** The director’s, as anyone may read it. */
      reason: z.string().optional(),
    }),
  ),
  silent: z.array(z.int()),
  end: z.enum(['end-chat', 'rounds', 'nobody', 'silence']),
});
export type TranscriptLine = Readonly<z.infer<typeof transcriptLineSchema>>;

/** A played scene as it is written down: what is named here, and nothing else that a turn may hold. */
export function transcriptLine(id: string, { turns, choices, silent, end }: Simulation): TranscriptLine {
  return {
    id,
    turns: turns.map(({ round, name, segments, named, injected, faults, attempts }) => ({
      round,
      name,
      segments: segments.map(({ kind, text }) => ({ kind, text })),
      named,
      injected,
      faults: [...faults],
      ...(attempts === undefined ? {} : { attempts }),
    })),
    choices: choices.map(({ round, predicted, next = null, rule, reason }) => ({
      ...{ round, predicted, next, rule },
      ...(reason === undefined ? {} : { reason }),
    })),
    silent: [...silent],
    end,
  };
}
