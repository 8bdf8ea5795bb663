import type { Fault, ParsedTurn } from '../../format/parsed-turn.ts';
import { visibleSegments } from '../../format/segments.ts';
import { parseTurn, type TurnParserOptions } from '../../format/turn-parser.ts';
import { readWholeDraft } from '../../performer/draft.ts';
import type { EchoGuard } from '../../performer/prompt-echo.ts';
import type { Answer } from '../calls/call.ts';
import type { Ablation } from '../coser/protocol.ts';
import { ENVIRONMENT_NAME } from './decide.ts';
import type { Acted } from './troupe.ts';

/** How a part’s answers are asked for, and by what they are read. */
export type TurnReading = Pick<Ablation, 'plan' | 'dialect'> & {
  readonly parser: TurnParserOptions;
  readonly echoes?: EchoGuard;
};

/**
 * A whole answer, taken apart by the parser that plays in Discord and fails closed: in CoSER’s brackets,
 * too, for a model may write HER’s tags, or a plan, whatever it was asked for. What was not asked for is no fault.
 */
export function readTurn(
  answer: Pick<Answer, 'text' | 'reasoning'>,
  { parser, plan, dialect, echoes = nothingEchoes }: TurnReading,
): ParsedTurn {
  const turn = readWholeDraft(answer, parser, echoes);
  const expected: readonly Fault[] = [
    ...(plan ? [] : (['plan-missing'] as const)),
    ...(dialect === 'coser' ? (['legacy-brackets'] as const) : []),
  ];
  return { ...turn, faults: turn.faults.filter((fault) => !expected.includes(fault)) };
}

/** A turn in the words of a data set, in HER’s tags or CoSER’s brackets. The Environment thinks nothing. */
export function giveTurn(message: string, name: string, thoughts: boolean): Acted {
  const { segments, faults } = parseTurn(message, { speaker: { name } });
  return {
    segments: thoughts && name !== ENVIRONMENT_NAME ? segments : visibleSegments(segments),
    named: faults.includes('own-name'),
    ...{ faults: [], planned: 0, attempts: 0 },
  };
}

function nothingEchoes(): boolean {
  return false;
}
