import type { TranscriptLine } from '../eval/transcript-line.ts';
import { RANDOM } from '../gca/reference-next-speaker.ts';
import type { ReportTurn } from './report-data.ts';

type Choice = TranscriptLine['choices'][number];

/** The turns of a scene in their order, silent ones among them, each with why it was that one’s turn. */
export function turnsOf({ turns, choices, silent }: TranscriptLine): readonly ReportTurn[] {
  const chosen = new Map(choices.map((choice) => [choice.round + 1, choice]));
  const played = turns.map(({ round, name, segments, injected }) => ({
    round,
    turn: { name, segments, note: noteOf(round, injected, chosen.get(round)) },
  }));
  const passed = silent.map((round) => {
    const choice = chosen.get(round);
    const note = noteOf(round, false, choice);
    return { round, turn: { name: choice?.next ?? 'The first to act', segments: [], note } };
  });
  return [...played, ...passed].sort((a, b) => a.round - b.round).map(({ turn }) => turn);
}

/** How a scene came to its end. */
export function endWords(end: TranscriptLine['end']): string {
  const words = {
    'end-chat': 'the director ended it',
    rounds: 'it ran to the last round',
    nobody: 'nobody was left to act',
    silence: 'it fell silent',
  };
  return words[end];
}

function noteOf(round: number, injected: boolean, choice: Choice | undefined): string {
  if (injected) return 'from the reference conversation';
  if (!choice) return round === 0 ? 'opens the scene' : '';
  const { predicted, rule, reason } = choice;
  switch (rule) {
    case 'accepted':
      return reason ? `named by the director: ${reason}` : 'named by the director';
    case 'fallback':
      if (predicted === RANDOM) return 'the director named nobody who acts here; drawn instead';
      return `the director said ${saidOf(predicted)}, which cannot be; drawn instead`;
    case 'drawn':
      return 'drawn by chance';
    case 'injected':
      return 'as the reference conversation goes on';
    default:
      return '';
  }
}

/** What the director answered may be anything, a whole page of it. */
function saidOf(predicted: string): string {
  if (predicted.trim() === '') return 'nothing';
  return predicted.length > 60 ? `“${predicted.slice(0, 60)}…”` : `“${predicted}”`;
}
