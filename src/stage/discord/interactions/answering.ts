import {
  type AnySelectMenuInteraction,
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalMessageModalSubmitInteraction,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { ReplyFile } from '../../../engine/reply-file.ts';
import { localeFor } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { splitMessage } from '../lines/split-message.ts';

/**
 * Whatever something can be asked for with: a slash (of those that are about a person's own data also
 * outside of servers), a line's menu, a button, a choice, a form.
 */
export type Asked =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction<'cached'>
  | ModalSubmitInteraction<'cached'>
  | Pressed;

/** What comes from a message that bears something to press. */
export type Pressed =
  | ButtonInteraction<'cached'>
  | AnySelectMenuInteraction<'cached'>
  | ModalMessageModalSubmitInteraction<'cached'>;

/** What may be answered with a form about a line. */
export type FormAsked =
  | MessageContextMenuCommandInteraction<'cached'>
  | StringSelectMenuInteraction<'cached'>;

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** What came of it. No text: nothing is to be said. */
export type Outcome = {
  readonly worked: boolean;
  readonly text: string;
  readonly files: readonly ReplyFile[];
  /** What else they were to be told meanwhile. */
  readonly told: readonly string[];
};

/** How a person learns what came of what they asked for; always that person alone. */
export type Answering = {
  /** Within three seconds, before anything that takes time. */
  begin(): Promise<unknown>;
  end(outcome: Outcome): Promise<void>;
};

export const EPHEMERAL = { flags: MessageFlags.Ephemeral } as const;

const NOBODY_RINGS = { allowedMentions: { parse: [] } };

/** In a message of its own, with these rows under it where it worked. */
export function anew(asked: Asked, rows: () => readonly Row[] = () => []): Answering {
  return {
    begin: () => asked.deferReply(EPHEMERAL),
    async end(outcome) {
      const words = wordsOf(outcome);
      if (words === '' && outcome.files.length === 0) await asked.deleteReply();
      else await fill(asked, words, outcome, rows);
    },
  };
}

/** In the place of the message that was pressed where only this person sees it, else in one of its own. */
export function inPlace(asked: Pressed, rows: () => readonly Row[] = () => []): Answering {
  if (!asked.message.flags.has(MessageFlags.Ephemeral)) return anew(asked, rows);
  return {
    begin: () => asked.deferUpdate(),
    end: (outcome) =>
      fill(asked, wordsOf(outcome) || render('Done.', localeFor(asked.locale)), outcome, rows),
  };
}

/** Not at all where it worked: everyone sees what came of it. */
export function quietly(asked: Pressed): Answering {
  return {
    begin: () => asked.deferUpdate(),
    async end(outcome) {
      const words = wordsOf(outcome.worked ? { ...outcome, text: '' } : outcome);
      for (const content of splitMessage(words)) await sayMore(asked, content);
    },
  };
}

/** A form that was opened from a message of this person's takes that one's place. */
export function answerToForm(asked: ModalSubmitInteraction<'cached'>): Answering {
  return asked.isFromMessage() ? inPlace(asked) : anew(asked);
}

function wordsOf({ text, told }: Pick<Outcome, 'text' | 'told'>): string {
  return [text, ...told].filter((words) => words !== '').join('\n');
}

/** What is too long for one message follows in others. */
async function fill(
  asked: Asked,
  words: string,
  { worked, files }: Outcome,
  rows: () => readonly Row[],
): Promise<void> {
  const [first = '', ...more] = splitMessage(words);
  await asked.editReply({
    ...NOBODY_RINGS,
    content: first,
    components: worked ? rows() : [],
    files: files.map(({ name, content }) => ({ name, attachment: Buffer.from(content) })),
  });
  for (const content of more) await sayMore(asked, content);
}

async function sayMore(asked: Asked, content: string): Promise<void> {
  await asked.followUp({ ...EPHEMERAL, ...NOBODY_RINGS, content });
}
