import { z } from 'zod';
import { renderHer } from '../../../../format/render-her.ts';
import { ENVIRONMENT } from '../../../../scene/beat.ts';
import type { Left } from '../loaded.ts';
import { leftOf, type RawConversation, type RawTurn } from '../raw-conversation.ts';
import { formatOf, isWorldName } from './text-format.ts';

/**
 * A line of somebody: `{"speaker","text"}`, with the name of its scene where a file holds several; or a beat as
 * `dramatis play --json` prints it, of which what the room perceived is taken.
 */
const lineRecord = z.looseObject({
  speaker: z.string(),
  text: z.string(),
  scene: z.union([z.string(), z.int()]).nullish(),
  beat: z.int().optional(),
  kind: z.string().optional(),
  segments: z.array(z.object({ kind: z.enum(['action', 'speech']), text: z.string() })).optional(),
  hidden: z.unknown().optional(),
});
export type SpokenLine = z.infer<typeof lineRecord>;

export function isSpokenLine(value: object): boolean {
  return 'speaker' in value && 'text' in value;
}

/** Whether a line is a beat of our own stage. */
export function isPlayed(value: object): boolean {
  return isSpokenLine(value) && 'beat' in value && 'kind' in value;
}

export function readSpokenLine(value: object): z.ZodSafeParseResult<SpokenLine> {
  return lineRecord.safeParse(value);
}

/** Whether a line begins another scene: its name changes, or beats are counted from the start again. */
export function beginsAnother(line: SpokenLine, before: SpokenLine): boolean {
  if ((line.scene ?? '') !== (before.scene ?? '')) return true;
  return line.beat !== undefined && before.beat !== undefined && line.beat <= before.beat;
}

/** Lines of one scene as a conversation. @param name of the file @param at the how-manieth scene of it, from 0 */
export function fromSpokenLines(lines: readonly SpokenLine[], name: string, at: number): RawConversation {
  const left = lines.flatMap((line): Left[] =>
    line.hidden === undefined
      ? []
      : [leftOf('hidden-layers', `of beat ${line.beat ?? ''}: what the room could not see`, '')],
  );
  return {
    id: `${name}-${lines[0]?.scene || at}`,
    key: { book: name, conversation: at },
    source: lines.some(isPlayed) ? 'scene' : 'transcript',
    origin: 'local',
    characters: [],
    turns: lines.map(turnOf),
    left,
  };
}

function turnOf({ speaker, text, kind, segments }: SpokenLine, at: number): RawTurn {
  const isWorld = isWorldName(speaker) || (kind !== undefined && kind !== 'line');
  // The world’s words are no one’s doing.
  const said = isWorld ? segments?.map((one) => ({ kind: 'speech' as const, text: one.text })) : segments;
  const words = said ? renderHer(said) : text;
  return {
    speaker: isWorld ? ENVIRONMENT.name : speaker,
    text: words,
    format: said ? 'her' : formatOf(words),
    from: [at],
  };
}
