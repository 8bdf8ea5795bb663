import { InteractionResponseType as Answer, MessageFlags } from 'discord-api-types/v10';
import type { DoubleEvent, WaitOptions } from '../journal.ts';
import { type SeenMessage, seeMessage } from '../messages/see-message.ts';
import type { Platform } from '../platform.ts';
import type { Modal } from '../rules/modal-rules.ts';
import { idOf } from '../world/snowflake.ts';
import type { Interaction } from './interaction.ts';

/** How an interaction ended for the person. */
export type Reply = {
  readonly kind: 'message' | 'update' | 'modal';
  /** Shown to that person alone. */
  readonly ephemeral: boolean;
  readonly message: SeenMessage | null;
  /** The message's content; empty for a modal. */
  readonly content: string;
  readonly modal: Modal | null;
};

/**
 * Waits until an interaction has its answer: a message that is no longer "thinking", an update of the message it
 * came from, or a modal. Rejects when the deadline passed unanswered. `fits` waits on for a certain answer.
 */
export async function awaitReply(
  platform: Platform,
  interaction: Interaction,
  fits: (reply: Reply) => boolean = () => true,
  { timeoutMs = 5000 }: WaitOptions = {},
): Promise<Reply> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const reply = replyNow(platform, interaction);
    if (reply && fits(reply)) return reply;
    if (interaction.failed) throw new Error('The application did not respond in time.');
    const left = Math.max(deadline - Date.now(), 1);
    await waitForAny(platform, interaction, left);
  }
}

/** The messages of an interaction that are still there: its answer and its follow-ups. */
export function repliesTo({ world }: Platform, interaction: Interaction): SeenMessage[] {
  return [...world.messages.values()]
    .filter((message) => message.interaction?.id === interaction.id && !message.deleted)
    .map((message) => seeMessage(world, message));
}

function replyNow({ world }: Platform, interaction: Interaction): Reply | null {
  if (interaction.modal) {
    return { kind: 'modal', ephemeral: true, message: null, content: '', modal: interaction.modal };
  }
  const original = world.messages.get(interaction.originalId ?? '');
  if (interaction.answer === null || !original || original.flags & MessageFlags.Loading) return null;
  const message = seeMessage(world, original);
  const isUpdate =
    interaction.answer === Answer.UpdateMessage || interaction.answer === Answer.DeferredMessageUpdate;
  const kind = isUpdate ? 'update' : 'message';
  return { kind, ephemeral: message.ephemeral, message, content: message.content, modal: null };
}

async function waitForAny({ journal }: Platform, interaction: Interaction, timeoutMs: number): Promise<void> {
  const isOurs = (event: DoubleEvent) =>
    ('interactionId' in event && event.interactionId === interaction.id) ||
    ('message' in event && event.message.id === interaction.originalId);
  await journal.waitForAny(isOurs, `an answer to interaction ${idOf(interaction)}`, timeoutMs);
}
