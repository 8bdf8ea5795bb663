import type { ModalSubmitInteraction } from 'discord.js';
import { PlayerError } from '../../../errors.ts';
import { answeredMessage } from '../card/buttons.ts';
import { type AnswerOptions, submitAnswer } from './answer-line.ts';
import { CARRYING, carriedBy } from './carried-ids.ts';
import { submitEdit } from './edit-line.ts';
import type { LineOptions } from './line-deeds.ts';
import { submitKey } from './model-key-form.ts';
import { submitReport } from './report-line.ts';
import { submitWhisper } from './whisper-form.ts';

/** A form came back; its id says which, and what it was about. */
export async function submitForm(
  asked: ModalSubmitInteraction<'cached'>,
  options: LineOptions & AnswerOptions,
): Promise<void> {
  const { customId } = asked;
  const answered = answeredMessage(customId);
  if (answered !== undefined) return submitAnswer(asked, answered, options);
  const edited = carriedBy(CARRYING.edit, customId);
  if (edited !== undefined) return submitEdit(asked, edited, options);
  const reported = carriedBy(CARRYING.report, customId);
  if (reported !== undefined) return submitReport(asked, reported, options);
  const whispered = carriedBy(CARRYING.whisper, customId);
  if (whispered !== undefined) return submitWhisper(asked, whispered, options.runner);
  const keyed = carriedBy(CARRYING.modelKey, customId);
  if (keyed !== undefined) return submitKey(asked, keyed, options.runner);
  throw new PlayerError('This form no longer does anything.');
}
