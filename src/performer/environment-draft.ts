import type { ParsedTurn } from '../format/parsed-turn.ts';
import { parseTurn, type TurnParserOptions } from '../format/turn-parser.ts';
import type { Person } from './environment-narration.ts';
import { type PresenceChange, readEnvironmentReply } from './environment-reply.ts';
import type { EchoGuard } from './prompt-echo.ts';

/** A narration as a turn: what the parser finds hidden or unusable in it, or reads aloud, is thrown away whole. */
export function readWorldDraft(
  text: string,
  people: readonly Person[],
  parser: TurnParserOptions,
  echoes: EchoGuard,
): { readonly turn: ParsedTurn; readonly changes: readonly PresenceChange[] } {
  const { narration, changes } = readEnvironmentReply(text, people);
  const read = parseTurn(narration, parser);
  return { turn: echoes(narration) ? { ...read, segments: [], usable: false } : read, changes };
}
