import type { Segment } from '../../../format/segments.ts';
import { parseTurn } from '../../../format/turn-parser.ts';
import { patternOf } from '../../patterns/pattern.ts';
import { createPatternCounts } from '../../patterns/pattern-counts.ts';
import type { Turn } from '../../synth/record/conversation.ts';
import { isWorld } from '../../synth/record/views.ts';
import { createLengths } from './lengths.ts';
import type { Survey } from './survey.ts';
import { createTally } from './tally.ts';

/** Who only thinks: no fault of form (her-spec 1.1, F2), but a turn that cannot be played. */
const SILENT = 'nothing-visible';
/** Of a record the plan stands beside the text, never in it. */
const BY_NATURE = 'plan-missing';

/** Measures what turns are made of: their layers, in which order, how long, and what the parser says of them. */
export function createLayers() {
  const lengths = {
    plan: createLengths(),
    turn: createLengths(),
    thought: createLengths(),
    action: createLengths(),
    speech: createLengths(),
  };
  const [before, after] = [createPatternCounts(), createPatternCounts()];
  const faults = createTally();
  let [turns, unusable, faulty, conversations, patterns] = [0, 0, 0, 0, 0];

  /** As `segmentsOf` has it, with what the parser found. */
  function takenApart(text: string, { speaker }: Turn, speakers: readonly string[]) {
    const others = speakers.filter((name) => name !== speaker);
    const parsed = parseTurn(text, { speaker: { name: speaker }, others });
    const isUsable = parsed.usable && parsed.systemThinking === '';
    const faults = parsed.faults.filter((fault) => fault !== BY_NATURE);
    return { segments: isUsable ? parsed.segments : [], faults, isUsable };
  }

  return {
    lengths,
    /** Its layers, empty where it cannot be taken apart, and their order; the world’s order is not counted. */
    add(
      turn: Turn,
      speakers: readonly string[],
    ): { readonly segments: readonly Segment[]; readonly pattern: string } {
      const parsed = takenApart(turn.text, turn, speakers);
      turns += 1;
      if (!parsed.isUsable) unusable += 1;
      if (parsed.faults.some((fault) => fault !== SILENT)) faulty += 1;
      for (const fault of parsed.faults) faults.add(fault);
      const { segments } = parsed;
      const pattern = patternOf(segments);
      if (isWorld(turn)) return { segments, pattern };
      lengths.turn.add(segments.reduce((sum, { text }) => sum + text.length, 0));
      for (const { kind, text } of segments) lengths[kind].add(text.length);
      after.add(pattern);
      const { original } = turn;
      before.add(original === undefined ? pattern : patternOf(takenApart(original, turn, speakers).segments));
      return { segments, pattern };
    },
    /** @param distinct different patterns in it */
    endConversation(distinct: number): void {
      conversations += 1;
      patterns += distinct;
    },
    figures(): Pick<Survey, 'lengths' | 'parser' | 'patterns'> {
      const measured = Object.entries(lengths).flatMap(([layer, one]) => {
        const figures = one.figures();
        return figures ? [[layer, figures] as const] : [];
      });
      return {
        lengths: Object.fromEntries(measured),
        parser: { unusable, faulty, faults: faults.rows(turns) },
        patterns: {
          before: before.figures(),
          after: after.figures(),
          perConversation: conversations === 0 ? null : patterns / conversations,
        },
      };
    },
  };
}
