import { setTimeout as sleep } from 'node:timers/promises';
import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js';
import { PlayerError } from '../../../errors.ts';

const TEXT = 'text';
const LONGEST_TITLE = 45;
// Discord waits three seconds for a form, and its answer has to get there.
const PATIENCE_MS = 2000;

/** The most that a form's text may hold. */
export const LONGEST_FORM_TEXT = 4000;

export type TextForm = {
  readonly id: string;
  readonly title: string;
  readonly label: string;
  readonly most: number;
  /** What stands in it when it opens. */
  readonly value?: string;
  readonly optional?: boolean;
};

/** A form with one text in it. */
export function textForm(form: TextForm): APIModalInteractionResponseCallbackData {
  const { id, title, label, most, value, optional = false } = form;
  return {
    custom_id: id,
    title: title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1)}…` : title,
    components: [
      {
        type: ComponentType.Label,
        label,
        component: {
          type: ComponentType.TextInput,
          custom_id: TEXT,
          style: TextInputStyle.Paragraph,
          ...(optional ? {} : { min_length: 1 }),
          max_length: most,
          required: !optional,
          ...(value === undefined ? {} : { value }),
        },
      },
    ],
  };
}

/** What was written in such a form. */
export function writtenIn({ fields }: ModalSubmitInteraction<'cached'>): string {
  return fields.getTextInputValue(TEXT);
}

/**
 * What a form needs before it opens. It must be the first answer, and at once, while a scene may be
 * busy showing something.
 * @throws PlayerError where that takes longer than so many milliseconds
 */
export async function inTime<T>(task: Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
  const done = new AbortController();
  const tooLate = sleep(patienceMs, undefined, { signal: done.signal }).then(
    () => {
      throw new PlayerError('The scene is busy just now. Try again in a moment.');
    },
    () => task,
  );
  try {
    return await Promise.race([task, tooLate]);
  } finally {
    done.abort();
  }
}
