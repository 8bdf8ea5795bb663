import type { SceneRecord } from '../../../engine/scene-record.ts';
import type { Delivery } from '../../../engine/stage.ts';
import type { StageBeat } from '../../../scene/stage-beat.ts';
import type { SceneStore } from '../../../store/scene-store.ts';
import { isTextRefused } from '../access/discord-refusal.ts';
import { isCharacterLine } from '../card/control-row.ts';
import type { Documents } from '../documents.ts';
import { channelOf } from '../scene-place.ts';
import { beatText, voiceOf } from './beat-text.ts';
import { isNewest, placeOfBeat } from './beats-of-log.ts';
import { heldBackWords } from './held-back.ts';
import type { LineStyle } from './line-style.ts';
import type { OwnMessages } from './own-messages.ts';
import type { Rows } from './rows.ts';
import type { Lines } from './show-lines.ts';
import { splitMessage } from './split-message.ts';

export type ChangeOptions = {
  readonly lines: Pick<Lines, 'goOn'>;
  readonly own: OwnMessages;
  readonly rows: Rows;
  readonly documents: Documents;
  readonly store: SceneStore;
  readonly style: (scene: SceneRecord) => Promise<LineStyle>;
};

/**
 * A beat that stands reads differently now, or is gone. Its messages are changed in place. One that
 * has become shorter gives up its last messages; one that has become longer gets more of them only
 * while nothing follows it, else it is cut at the end of what it has.
 *
 * @throws StageError where Discord refuses it
 */
export async function changeLine(
  scene: SceneRecord,
  n: number,
  { messages }: Delivery,
  beat: StageBeat | undefined,
  options: ChangeOptions,
  signal: AbortSignal,
): Promise<void> {
  if (messages.length === 0) return;
  const { own, rows, documents, store } = options;
  const place = beat ? beat.place : await placeOfBeat(store, scene.log, n);
  const channel = channelOf(scene, place);
  const takeAway = async (gone: readonly string[]): Promise<void> => {
    for (const message of gone.toReversed()) await own.takeAway(scene, channel, message);
  };
  const text = beat ? beatText(beat, await options.style(scene)) : '';
  if (!beat || text.trim() === '') {
    await takeAway(messages);
    rows.refresh(scene, place);
    return;
  }
  const whole = splitMessage(text);
  const fits = whole.length <= messages.length || (await mayGrow(scene, n, beat, messages, options));
  const contents = fits ? whole : splitMessage(text, { parts: messages.length });
  for (const [part, message] of messages.entries()) {
    const content = contents[part];
    if (content !== undefined) await rewrite(scene, channel, message, content, beat, own);
  }
  const kept = messages.slice(0, contents.length);
  await takeAway(messages.slice(contents.length));
  const now = contents.length > kept.length ? await options.lines.goOn(scene, beat, kept, signal) : kept;
  if (now.length !== messages.length) await documents.putDelivery(scene.log, n, { messages: now });
  const last = now.at(-1);
  if (last !== undefined && isCharacterLine(beat)) {
    await rows.reads(scene, place, { n, message: last }, now.length > messages.length);
  }
}

/** Nobody may have said anything after it that its new end would come after. */
async function mayGrow(
  scene: SceneRecord,
  n: number,
  { place }: StageBeat,
  messages: readonly string[],
  { documents, store }: ChangeOptions,
): Promise<boolean> {
  const last = BigInt(messages.at(-1) ?? 0);
  const seen = await documents.seen(channelOf(scene, place));
  return BigInt(seen?.message ?? 0) <= last && (await isNewest(store, scene.log, n, place));
}

/** A version that Discord does not take is not shown as the one before it. */
async function rewrite(
  scene: SceneRecord,
  channel: string,
  message: string,
  content: string,
  beat: StageBeat,
  own: OwnMessages,
): Promise<void> {
  try {
    await own.change(scene, channel, message, { content });
  } catch (error) {
    if (!isTextRefused(error)) throw error;
    await own.change(scene, channel, message, { content: heldBackWords(voiceOf(beat).name, error) });
  }
}
