import type { ModalSubmitInteraction } from 'discord.js';
import type { CommandAction } from '../../../engine/command/command.ts';
import type { Log } from '../../../log.ts';
import type { SceneStore } from '../../../store/scene-store.ts';
import { answerToForm, type FormAsked } from './answering.ts';
import { CARRYING } from './carried-ids.ts';
import { inTime, textForm, writtenIn } from './forms.ts';
import { placeOf } from './interaction-facts.ts';
import { type LineOptions, lineAt } from './line-deeds.ts';

const LONGEST_REASON = 1000;

/** @throws PlayerError where the message is no line of the scene */
export async function openReportForm(
  asked: FormAsked,
  message: string,
  { engine }: Pick<LineOptions, 'engine'>,
): Promise<void> {
  const { n } = await inTime(lineAt(engine, placeOf(asked).scene, message));
  await asked.showModal(
    textForm({
      id: CARRYING.report + message,
      title: `Report a line (#${n})`,
      label: 'What is wrong with it? (may be left empty)',
      most: LONGEST_REASON,
      optional: true,
    }),
  );
}

/** The form comes back: the report is kept, and the operator is told in the log. */
export async function submitReport(
  asked: ModalSubmitInteraction<'cached'>,
  message: string,
  options: Pick<LineOptions, 'runner' | 'store' | 'now' | 'log'>,
): Promise<void> {
  const action = reporting(message, writtenIn(asked).trim(), options);
  await options.runner.run(asked, 'report', action, {}, answerToForm(asked));
}

function reporting(
  message: string,
  reason: string,
  { store, now, log }: { readonly store: SceneStore; readonly now: () => number; readonly log: Log },
): CommandAction {
  return {
    description: 'Report',
    options: [],
    allowed: 'anyone',
    async run({ engine, place, who, reply }) {
      const { n } = await lineAt(engine, place.scene, message);
      const report = { scene: place.scene, n, by: who.id, at: now(), reason };
      await store.put('server', `report/${place.server}/${message}`, report);
      log.warn('line-reported', { server: place.server, scene: place.scene, beat: n, message, by: who.id });
      await reply('Thank you. It is noted for whoever runs this bot.');
    },
  };
}
