import {
  ComponentType,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js';
import type { CommandAction } from '../../../engine/command/command.ts';
import { unheard } from '../../../engine/command/unheard.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import { PlayerError } from '../../../errors.ts';
import { answeredMessage, answerFormId } from '../card/buttons.ts';
import type { Documents } from '../documents.ts';
import { ANSWER_COMMAND } from './command-json.ts';
import { type CommandRunner, EPHEMERAL } from './command-runner.ts';
import { placeOf } from './interaction-facts.ts';

const TEXT = 'text';
const LONGEST_TITLE = 45;

/** From a line's menu: opens a form to answer it. Nothing else may come first, and it must come at once. */
export async function askForAnswer(
  asked: MessageContextMenuCommandInteraction<'cached'>,
  documents: Documents,
): Promise<void> {
  const posted = await documents.posted(asked.targetId);
  if (posted?.scene !== placeOf(asked).scene) {
    const content = 'That is not a line of this scene. Choose one that a character said.';
    await asked.reply({ ...EPHEMERAL, content });
    return;
  }
  await asked.showModal({
    custom_id: answerFormId(asked.targetId),
    title: `Answer ${asked.targetMessage.author.displayName}`.slice(0, LONGEST_TITLE),
    components: [
      {
        type: ComponentType.Label,
        label: 'What you say or *do*',
        component: {
          type: ComponentType.TextInput,
          custom_id: TEXT,
          style: TextInputStyle.Paragraph,
          min_length: 1,
          max_length: 2000,
          required: true,
        },
      },
    ],
  });
}

/** The form comes back: its writer speaks to whom they answered, whether they had joined or not. */
export async function submitAnswer(
  asked: ModalSubmitInteraction<'cached'>,
  engine: Engine,
  runner: CommandRunner,
): Promise<void> {
  const replyTo = answeredMessage(asked.customId);
  if (replyTo === undefined) throw new PlayerError('This form no longer does anything.');
  const answer: CommandAction = {
    description: ANSWER_COMMAND,
    options: [],
    allowed: 'anyone',
    async run({ place, who, reply }) {
      await engine.join(place.scene, who);
      const text = asked.fields.getTextInputValue(TEXT);
      const heard = await engine.hear(place.scene, { player: who, text, replyTo });
      if (!heard.heard) throw new PlayerError(unheard[heard.because]);
      await reply('Said.');
    },
  };
  await runner.run(asked, 'answer', answer);
}
