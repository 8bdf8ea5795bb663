import type { ChatInputCommandInteraction, ModalSubmitInteraction } from 'discord.js';
import type { Engine } from '../../../engine/engine-api.ts';
import { localeFor } from '../../../words/locales.ts';
import { CARRYING } from './carried-ids.ts';
import type { CommandRunner } from './command-runner.ts';
import { textForm, writtenIn } from './forms.ts';

const LONGEST_KEY = 500;

export function asksForKey({ commandName, options }: ChatInputCommandInteraction<'cached'>): boolean {
  return commandName === 'model' && options.getSubcommand(false) === 'key';
}

/** A key is asked for in a form: nothing of it stays in anybody's history of commands. */
export async function openKeyForm(
  asked: ChatInputCommandInteraction<'cached'>,
  { runner, engine }: { readonly runner: CommandRunner; readonly engine: Pick<Engine, 'serverModels'> },
): Promise<void> {
  await runner.check(asked, runner.actionOf('model', 'key'));
  const model = asked.options.getString('model', true);
  // Nobody is to hand over a key that is then not taken.
  engine.serverModels.checkTakesKey(model);
  await asked.showModal(
    textForm({
      id: CARRYING.modelKey + model,
      title: 'A key of this server',
      locale: localeFor(asked.locale),
      label: 'The key: encrypted, and never shown again',
      most: LONGEST_KEY,
    }),
  );
}

/** Whoever sends the form is checked anew: they may have lost their role meanwhile. */
export async function submitKey(
  asked: ModalSubmitInteraction<'cached'>,
  model: string,
  runner: CommandRunner,
): Promise<void> {
  await runner.run(asked, 'model key', runner.actionOf('model', 'key'), { model, key: writtenIn(asked) });
}
