import { escapeMarkdown } from 'discord.js';
import type { SceneRecord } from '../../../engine/scene-record.ts';
import type { Beat } from '../../../scene/beat.ts';
import type { StageBeat } from '../../../scene/stage-beat.ts';
import { replayForStage } from '../../../scene/stage-replay.ts';
import type { SceneStore } from '../../../store/scene-store.ts';
import type { Documents } from '../documents.ts';
import { channelOf } from '../scene-place.ts';
import { voiceOf } from './beat-text.ts';

const LOOK_BACK = 60;

/** What a room reads of a rewind to beat `to`: whose line it goes back to, and where that stands. */
export async function rewindMarker(
  scene: SceneRecord,
  to: number,
  { store, documents }: { readonly store: SceneStore; readonly documents: Documents },
): Promise<string> {
  const beats: Beat[] = [];
  for await (const beat of store.read(scene.log, Math.max(1, to - LOOK_BACK))) {
    if (beat.n > to) break;
    beats.push(beat);
  }
  const target = replayForStage(beats).at(-1);
  if (!target) return '↩ The scene goes back to its beginning.';
  const delivery = await documents.delivery(scene.log, target.n);
  const message = delivery?.messages.at(0) ?? beats.find(({ n }) => n === target.n)?.source;
  const what = wordsFor(target);
  if (message === undefined || scene.server === undefined) return `↩ The scene goes back to ${what}.`;
  const channel = channelOf(scene, target.place);
  return `↩ The scene goes back to [${what}](https://discord.com/channels/${scene.server}/${channel}/${message}).`;
}

function wordsFor(beat: StageBeat): string {
  const { name } = voiceOf(beat);
  const plain = escapeMarkdown(name, { maskedLink: true }).replace(/[[\]]/g, '');
  return beat.kind === 'line' ? `what ${plain} said` : `what the ${name} told`;
}
