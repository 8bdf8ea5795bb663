import type { ChatInputCommandInteraction, ModalSubmitInteraction } from 'discord.js';
import { findCast } from '../../../engine/command/find-character.ts';
import { presentIn, sceneHere } from '../../../engine/command/scene-here.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import { localeFor } from '../../../words/locales.ts';
import { say } from '../../../words/text.ts';
import { CARRYING, LONGEST_ID } from './carried-ids.ts';
import type { CommandRunner } from './command-runner.ts';
import { inTime, textForm, writtenIn } from './forms.ts';
import { placeOf } from './interaction-facts.ts';

const LONGEST_WHISPER = 2000;

/** Whether `/whisper` came without a text, which a form then asks for. */
export function lacksWhisper({ commandName, options }: ChatInputCommandInteraction<'cached'>): boolean {
  const to = options.getString('to');
  const fits = to !== null && CARRYING.whisper.length + to.length <= LONGEST_ID;
  return commandName === 'whisper' && fits && options.getString('text') === null;
}

/** @throws PlayerError where nobody of that name is there, before anything is written in vain */
export async function openWhisperForm(
  asked: ChatInputCommandInteraction<'cached'>,
  { engine, runner }: { readonly engine: Engine; readonly runner: CommandRunner },
): Promise<void> {
  await runner.check(asked, runner.actionOf('whisper', null));
  const to = asked.options.getString('to', true);
  const info = await inTime(sceneHere({ engine, place: placeOf(asked) }));
  const names = findCast(to, presentIn(info)).map(({ name }) => name);
  await asked.showModal(
    textForm({
      id: CARRYING.whisper + to,
      title: say('Whisper to {{names}}', { names }),
      locale: localeFor(asked.locale),
      label: 'What nobody else hears',
      most: LONGEST_WHISPER,
    }),
  );
}

/** The form comes back: it is whispered. */
export async function submitWhisper(
  asked: ModalSubmitInteraction<'cached'>,
  to: string,
  runner: CommandRunner,
): Promise<void> {
  await runner.run(asked, 'whisper', runner.actionOf('whisper', null), { to, text: writtenIn(asked) });
}
