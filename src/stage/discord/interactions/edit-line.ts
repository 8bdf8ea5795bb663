import type { ModalSubmitInteraction } from 'discord.js';
import { PlayerError } from '../../../errors.ts';
import { renderPlain } from '../../../format/render-plain.ts';
import { localeFor } from '../../../words/locales.ts';
import { say } from '../../../words/text.ts';
import { isCharacterLine } from '../card/control-row.ts';
import { answerToForm, type FormAsked } from './answering.ts';
import { CARRYING } from './carried-ids.ts';
import { inTime, LONGEST_FORM_TEXT, textForm, writtenIn } from './forms.ts';
import { placeOf } from './interaction-facts.ts';
import { type LineOptions, lineAt, onLine } from './line-deeds.ts';

/**
 * Opens a form that holds a character's line as it reads now.
 * @throws PlayerError where that line cannot be edited, or not by them
 */
export async function openEditForm(asked: FormAsked, message: string, options: LineOptions): Promise<void> {
  const { engine, runner } = options;
  const place = placeOf(asked);
  await runner.check(asked, runner.actionOf('edit', null));
  const line = await inTime(lineAt(engine, place.scene, message));
  if (!isCharacterLine(line)) {
    throw new PlayerError('Only a line of a character can be edited here; players edit their own messages.');
  }
  const value = renderPlain(line.segments);
  if (value.length > LONGEST_FORM_TEXT) {
    throw new PlayerError('That line is too long for a form. /edit takes the whole of a new one.');
  }
  await asked.showModal(
    textForm({
      id: CARRYING.edit + message,
      title: say('Edit {{name}} (#{{n}})', { name: line.speaker?.name ?? '', n: line.n }),
      locale: localeFor(asked.locale),
      label: 'What is said, and *done*',
      most: LONGEST_FORM_TEXT,
      value,
    }),
  );
}

/** The form comes back: the line reads so from now on, for everyone. */
export async function submitEdit(
  asked: ModalSubmitInteraction<'cached'>,
  message: string,
  { runner }: Pick<LineOptions, 'runner'>,
): Promise<void> {
  const text = writtenIn(asked);
  const action = onLine(runner, message, 'edit', (beat) => ({ beat, text }));
  await runner.run(asked, 'edit', action, {}, answerToForm(asked));
}
