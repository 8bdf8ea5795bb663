import type { Simulation } from '../gca/simulation.ts';
import { type TranscriptLine, transcriptLineSchema } from './transcript-line.ts';

/**
 * Scenes of a run of ours, by their ids, from its `transcripts.jsonl`; undefined where the text is no such file.
 * @throws SyntaxError where a line in it is none
 */
export function readTranscripts(text: string): ReadonlyMap<string, Simulation> | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const [first] = lines;
  if (first === undefined || !isLine(first)) return undefined;
  return new Map(
    lines.map((line, at): [string, Simulation] => {
      const read = transcriptLineSchema.safeParse(JSON.parse(line));
      if (!read.success) throw new SyntaxError(`line ${at + 1} is no scene that was played`);
      return [read.data.id, simulationOf(read.data)];
    }),
  );
}

function isLine(line: string): boolean {
  try {
    return transcriptLineSchema.safeParse(JSON.parse(line)).success;
  } catch {
    return false;
  }
}

function simulationOf({ turns, choices, silent, end }: TranscriptLine): Simulation {
  return {
    turns: turns.map(({ attempts, ...turn }) => ({
      ...turn,
      ...(attempts === undefined ? {} : { attempts }),
    })),
    choices: choices.map(({ next, reason, ...choice }) => ({
      ...choice,
      next: next ?? undefined,
      ...(reason === undefined ? {} : { reason }),
    })),
    silent,
    end,
  };
}
