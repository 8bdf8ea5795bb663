import { z } from 'zod';
import { beatSchema, whisperSchema } from '../../stage/web/wire-shapes.ts';
import type { AgentSeat } from './agent-seat.ts';
import type { Happening } from './story.ts';
import { tellBeat, tellWhisper } from './tell.ts';

/** Seconds that a tool waits unless it is told otherwise: less than the minute that most clients wait for a tool. */
const PATIENCE_S = 45;

export const secondsSchema = z
  .int()
  .min(1)
  .max(300)
  .default(PATIENCE_S)
  .describe('How long to wait at most, in seconds. Your own client may give up before.');

/** What happened in a scene since the agent looked last. */
export const newsSchema = z.object({
  beats: z.array(beatSchema).describe('New, or reading differently now'),
  gone: z.array(z.int()).describe('Numbers of beats that were taken back'),
  whispers: z.array(whisperSchema),
  notices: z.array(z.string()).describe('Said by the stage, outside the story'),
  timed_out: z.boolean().describe('Nothing that was waited for happened in time'),
});
export type News = z.infer<typeof newsSchema>;

const WENT_BACK = 'The story went back, or another began in its place: read it again with history.';

/**
 * Waits until something that is wanted happens, and tells all that is new.
 *
 * @param since `story.count` from which on to look
 * @throws OperatorError where the stage goes away meanwhile, the reason of `signal`
 */
export async function waitForNews(
  seat: AgentSeat,
  since: number,
  wanted: (happening: Happening) => boolean,
  { seconds, signal }: { readonly seconds: number; readonly signal: AbortSignal },
): Promise<{ text: string; data: News }> {
  const late = AbortSignal.timeout(seconds * 1000);
  let timedOut = false;
  try {
    await seat.story.until(since, wanted, AbortSignal.any([signal, seat.gone(), late]));
  } catch (error) {
    if (error !== late.reason) throw error;
    timedOut = true;
  }
  return tellNews(seat.news(), timedOut);
}

function tellNews(happenings: readonly Happening[], timedOut: boolean): { text: string; data: News } {
  const data: News = { beats: [], gone: [], whispers: [], notices: [], timed_out: timedOut };
  const lines: string[] = [];
  for (const one of happenings) {
    if (one.kind === 'beat') {
      data.beats.push(one.beat);
      lines.push(tellBeat(one.beat));
    } else if (one.kind === 'whisper') {
      data.whispers.push(one.whisper);
      lines.push(tellWhisper(one.whisper));
    } else if (one.kind === 'gone') {
      data.gone.push(one.n);
      lines.push(`${one.n} was taken back.`);
    } else {
      const text = one.kind === 'anew' ? WENT_BACK : one.notice.text;
      data.notices.push(text);
      lines.push(`(${text})`);
    }
  }
  if (timedOut) lines.push('Nothing more so far. The tool listen goes on waiting.');
  return { text: lines.join('\n'), data };
}
