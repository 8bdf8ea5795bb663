import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { LONGEST_LINE } from '../../../stage/web/protocol-fields.ts';
import type { AgentSeat } from '../agent-seat.ts';
import type { Question } from '../stage-link.ts';
import { type StageTool, stageTool } from '../stage-tool.ts';

/** What a player does: speak, act, whisper. The cast answers by itself. */
export const lineSchema = z.string().trim().min(1).max(LONGEST_LINE);
export const cardSchema = z.string().min(1).max(200).describe('Id of a character, as list_scenes gives it');

/** A line stands in the log under this number. */
export const heardSchema = z.object({ beat: z.int() });

type Line = Extract<Question, { type: 'say' | 'act' | 'whisper' | 'perceive' }>;

/** Is heard once, whatever happens on the way, and is no news to the one who said it. */
export async function beHeard(line: Line, seat: AgentSeat, signal: AbortSignal) {
  seat.scene();
  const { beat } = await seat.ask({ ...line, key: randomUUID() }, 'heard', signal);
  seat.own(beat);
  return { text: `Heard, as beat ${beat}. The tool listen waits for what comes of it.`, data: { beat } };
}

const sayTool = stageTool({
  name: 'say',
  title: 'Say something',
  description: 'Says a line in the open scene, as the player you are.',
  scope: 'play',
  effect: 'adds',
  input: z.object({
    text: lineSchema.describe('What is said; *between asterisks* what is done'),
    addressed: z
      .array(cardSchema)
      .max(25)
      .exactOptional()
      .describe('Whom it is said to, where the text leaves it open'),
  }),
  output: heardSchema,
  run: (line, seat, signal) => beHeard({ type: 'say', ...line }, seat, signal),
});

const act = stageTool({
  name: 'act',
  title: 'Do something',
  description: 'Does something that all who are there can see, as the player you are.',
  scope: 'play',
  effect: 'adds',
  input: z.object({
    text: lineSchema.describe('In the third person, without your name: “opens the window”'),
  }),
  output: heardSchema,
  run: (line, seat, signal) => beHeard({ type: 'act', ...line }, seat, signal),
});

const whisper = stageTool({
  name: 'whisper',
  title: 'Whisper',
  description: 'Says something to these characters alone; nobody else will know of it.',
  scope: 'play',
  effect: 'adds',
  input: z.object({ to: z.array(cardSchema).min(1).max(25), text: lineSchema }),
  output: heardSchema,
  run: (line, seat, signal) => beHeard({ type: 'whisper', ...line }, seat, signal),
});

export const playTools: readonly StageTool[] = [sayTool, act, whisper];
