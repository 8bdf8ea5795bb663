import { z } from 'zod';
import type { Message } from '../engine/message.ts';
import type { Work } from '../engine/style.ts';
import type { PlayedDialogue } from './play-case.ts';

/** One line of `transcripts.jsonl`: thoughts are in it; system thinking has no place in it, by its form. */
export const transcriptSchema = z.object({
  id: z.string(),
  lines: z.array(
    z.object({
      by: z.enum(['user', 'actor']),
      turn: z.int(),
      given: z.boolean(),
      text: z.string(),
      segments: z.array(z.object({ kind: z.enum(['thought', 'action', 'speech']), text: z.string() })),
    }),
  ),
});
export type Transcript = Readonly<z.infer<typeof transcriptSchema>>;

export function transcriptOf<W extends Work>({ work, exchanges }: PlayedDialogue<W>): Transcript {
  return {
    id: work.id,
    lines: linesOf(work, exchanges).map(({ message, turn }) => ({
      by: message.by,
      turn,
      given: message.given,
      text: message.text,
      segments: message.segments.map(({ kind, text }) => ({ kind, text })),
    })),
  };
}

/** A dialogue as MiniMax Role-Play Bench publishes them: what can be seen, as JSON within JSON. */
export function dialogueRow<W extends Work>({ work, exchanges }: PlayedDialogue<W>, model: string) {
  const lines = linesOf(work, exchanges).map(({ message, turn }) => ({
    role: message.by === 'actor' ? 'ai' : 'user',
    text: message.text,
    round: turn,
  }));
  return {
    seed_id: work.cluster,
    model_name: work.model ?? model,
    run_id: `run_${work.run}`,
    dialogue: JSON.stringify(lines),
    num_turns: lines.length,
  };
}

function linesOf(
  { opening }: Work,
  exchanges: PlayedDialogue<Work>['exchanges'],
): readonly { readonly message: Message; readonly turn: number }[] {
  const [first] = exchanges;
  const given = opening.at(-1) === first?.user ? opening.slice(0, -1) : opening;
  return [
    ...given.map((message) => ({ message, turn: 0 })),
    ...exchanges.flatMap(({ number, user, actor }) => [
      { message: user, turn: number },
      { message: actor, turn: number },
    ]),
  ];
}
