import type { ApplicationCommandType, InteractionResponseType, InteractionType } from 'discord-api-types/v10';
import type { Modal } from '../rules/modal-rules.ts';

export type Choice = { readonly name: string; readonly value: string | number };

/** Something a person did that an app has to answer, and how far the answer has come. */
export type Interaction = {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly channelId: string;
  readonly userId: string;
  /** The command's full name, `scene start`; `null` for components and modals. */
  readonly commandName: string | null;
  readonly commandType: ApplicationCommandType | null;
  /** The message whose component was used. */
  readonly messageId: string | null;
  openedAt: number;
  /** How it was acknowledged; `null` until then. */
  answer: InteractionResponseType | null;
  /** The answering message: `@original`. */
  originalId: string | null;
  /** Fixed by the first acknowledgement. */
  ephemeral: boolean;
  modal: Modal | null;
  choices: readonly Choice[] | null;
  /** The person was shown "The application did not respond". */
  failed: boolean;
  timer: NodeJS.Timeout | null;
};
