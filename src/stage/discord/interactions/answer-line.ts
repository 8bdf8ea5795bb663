import type { MessageContextMenuCommandInteraction, ModalSubmitInteraction } from 'discord.js';
import type { CommandAction } from '../../../engine/command/command.ts';
import { unheard } from '../../../engine/command/unheard.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import { PlayerError } from '../../../errors.ts';
import { answerFormId } from '../card/buttons.ts';
import type { Documents } from '../documents.ts';
import { EPHEMERAL } from './answering.ts';
import { ANSWER_COMMAND } from './command-json.ts';
import type { CommandRunner } from './command-runner.ts';
import { textForm, writtenIn } from './forms.ts';
import { placeOf } from './interaction-facts.ts';

const LONGEST_ANSWER = 2000;

export type AnswerOptions = {
  readonly engine: Engine;
  readonly documents: Documents;
};

/** From a line's menu: opens a form to answer it. Nothing else may come first, and it must come at once. */
export async function askForAnswer(
  asked: MessageContextMenuCommandInteraction<'cached'>,
  { engine, documents }: AnswerOptions,
): Promise<void> {
  const posted = await documents.posted(asked.targetId);
  const playing = await engine.info(placeOf(asked).scene);
  if (posted === undefined || posted.log !== playing?.record.log) {
    const content = 'That is not a line of this scene. Choose one that a character said.';
    await asked.reply({ ...EPHEMERAL, content });
    return;
  }
  await asked.showModal(
    textForm({
      id: answerFormId(asked.targetId),
      title: `Answer ${asked.targetMessage.author.displayName}`,
      label: 'What you say or *do*',
      most: LONGEST_ANSWER,
    }),
  );
}

/** The form comes back: its writer speaks to whom they answered, whether they had joined or not. */
export async function submitAnswer(
  asked: ModalSubmitInteraction<'cached'>,
  replyTo: string,
  { engine, runner }: { readonly engine: Engine; readonly runner: CommandRunner },
): Promise<void> {
  const answer: CommandAction = {
    description: ANSWER_COMMAND,
    options: [],
    allowed: 'anyone',
    async run({ place, who, reply }) {
      await engine.join(place.scene, who);
      const heard = await engine.hear(place.scene, { player: who, text: writtenIn(asked), replyTo });
      if (!heard.heard) throw new PlayerError(unheard[heard.because]);
      await reply('Said.');
    },
  };
  await runner.run(asked, 'answer', answer);
}
