import { escapeMarkdown } from 'discord.js';
import type { SceneRecord } from '../../../engine/scene-record.ts';
import type { StageBeat } from '../../../scene/stage-beat.ts';
import type { Notices } from '../card/notices.ts';
import { channelOf } from '../scene-place.ts';
import { beatText, voiceOf } from './beat-text.ts';
import type { FollowUps } from './follow-ups.ts';
import { MESSAGE_LIMIT, splitMessage } from './split-message.ts';

/**
 * Hands a whisper to one player alone, where something of theirs can still be answered. Else the
 * channel reads that a word waits for them, and nothing of the word: false.
 */
export async function whisperTo(
  scene: SceneRecord,
  player: string,
  beat: StageBeat,
  { followUps, notices }: { readonly followUps: FollowUps; readonly notices: Pick<Notices, 'wordWaits'> },
): Promise<boolean> {
  const channel = channelOf(scene, beat.place);
  const head = `-# ${escapeMarkdown(voiceOf(beat).name)}, to you alone:\n`;
  const [first, ...rest] = splitMessage(beatText(beat), { limit: MESSAGE_LIMIT - head.length });
  if (first === undefined) return true;
  if (!(await followUps.send(channel, player, head + first))) {
    await notices.wordWaits(scene, player, beat.place);
    return false;
  }
  for (const text of rest) await followUps.send(channel, player, text);
  return true;
}
