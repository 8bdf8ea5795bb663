import type { MessageContextMenuCommandInteraction, ModalSubmitInteraction } from 'discord.js';
import type { CommandAction } from '../../../engine/command/command.ts';
import { unheard } from '../../../engine/command/unheard.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import type { SceneId } from '../../../engine/scene-record.ts';
import { PlayerError } from '../../../errors.ts';
import { localeFor } from '../../../words/locales.ts';
import { say } from '../../../words/text.ts';
import { answerFormId } from '../card/buttons.ts';
import type { Documents } from '../documents.ts';
import { ANSWER_COMMAND } from './command-json.ts';
import type { CommandRunner } from './command-runner.ts';
import { textForm, writtenIn } from './forms.ts';
import { placeOf } from './interaction-facts.ts';

const LONGEST_ANSWER = 2000;

export type AnswerOptions = {
  readonly engine: Engine;
  readonly documents: Documents;
  readonly runner: CommandRunner;
};

/** From a line's menu: opens a form to answer it. Nothing else may come first, and it must come at once. */
export async function askForAnswer(
  asked: MessageContextMenuCommandInteraction<'cached'>,
  options: AnswerOptions,
): Promise<void> {
  await options.runner.check(asked, answering(asked.targetId, '', options));
  await checkLine(placeOf(asked).scene, asked.targetId, options);
  await asked.showModal(
    textForm({
      id: answerFormId(asked.targetId),
      title: say('Answer {{name}}', { name: asked.targetMessage.author.displayName }),
      locale: localeFor(asked.locale),
      label: 'What you say or *do*',
      most: LONGEST_ANSWER,
    }),
  );
}

/** The form comes back: its writer speaks to whom they answered, whether they had joined or not. */
export async function submitAnswer(
  asked: ModalSubmitInteraction<'cached'>,
  replyTo: string,
  options: AnswerOptions,
): Promise<void> {
  await options.runner.run(asked, 'answer', answering(replyTo, writtenIn(asked), options));
}

function answering(replyTo: string, text: string, options: AnswerOptions): CommandAction {
  return {
    description: ANSWER_COMMAND,
    options: [],
    allowed: 'anyone',
    async run({ engine, place, who, reply }) {
      await checkLine(place.scene, replyTo, options);
      await engine.join(place.scene, who);
      const heard = await engine.hear(place.scene, { player: who, text, replyTo });
      if (!heard.heard) throw new PlayerError(unheard[heard.because]);
      await reply('Said.');
    },
  };
}

/** @throws PlayerError where a message is no line of the scene that plays there */
async function checkLine(
  scene: SceneId,
  message: string,
  { engine, documents }: Pick<AnswerOptions, 'engine' | 'documents'>,
): Promise<void> {
  const posted = await documents.posted(message);
  const playing = await engine.info(scene);
  if (posted !== undefined && posted.log === playing?.record.log) return;
  throw new PlayerError('That is not a line of this scene. Choose one that a character said.');
}
