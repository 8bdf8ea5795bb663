import { setTimeout as sleep } from 'node:timers/promises';
import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js';
import { PlayerError } from '../../../errors.ts';
import type { Locale } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import type { Text } from '../../../words/text.ts';

const TEXT = 'text';
const LONGEST_TITLE = 45;
// Discord waits three seconds for a form, and its answer has to get there.
const PATIENCE_MS = 2000;

/** The most that a form's text may hold. */
export const LONGEST_FORM_TEXT = 4000;

export type TextForm = {
  readonly id: string;
  readonly title: Text;
  readonly label: Text;
  /** Of whoever fills it in. */
  readonly locale: Locale;
  readonly most: number;
  /** What stands in it when it opens. */
  readonly value?: string;
  readonly optional?: boolean;
};

/** A form with one text in it. */
export function textForm(form: TextForm): APIModalInteractionResponseCallbackData {
  const { id, locale, most, value, optional = false } = form;
  return {
    custom_id: id,
    title: short(render(form.title, locale)),
    components: [
      {
        type: ComponentType.Label,
        label: short(render(form.label, locale)),
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

/** As Discord takes titles and labels. */
export function short(text: string): string {
  return text.length > LONGEST_TITLE ? `${text.slice(0, LONGEST_TITLE - 1)}…` : text;
}

/**
 * What was written in such a form.
 * @throws PlayerError where what came back is no such form, or holds more than it takes
 */
export function writtenIn({ fields }: ModalSubmitInteraction<'cached'>): string {
  const field = fields.fields.get(TEXT);
  if (field?.type !== ComponentType.TextInput) throw new PlayerError('This form no longer does anything.');
  if (field.value.length > LONGEST_FORM_TEXT) throw new PlayerError('That is too long for this form.');
  return field.value;
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
