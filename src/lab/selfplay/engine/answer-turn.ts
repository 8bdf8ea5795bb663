import type { ParsedTurn } from '../../../format/parsed-turn.ts';
import type { TurnParserOptions } from '../../../format/turn-parser.ts';
import { createTurnParser } from '../../../format/turn-parser.ts';
import type { Answer } from '../../calls/call.ts';

/** An answer taken apart; the model’s own reasoning channel belongs to its plan. */
export function readAnswerTurn(
  { text, reasoning }: Pick<Answer, 'text' | 'reasoning'>,
  options: TurnParserOptions,
): ParsedTurn {
  const parser = createTurnParser(options);
  if (reasoning !== '') parser.feedReasoning(reasoning);
  parser.feed(text);
  return parser.end().turn;
}
