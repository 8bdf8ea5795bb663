import type { ModalSubmitInteraction } from 'discord.js';
import { calledInLog, userIn } from '../../../engine/audit/called-in-log.ts';
import type { CommandAction } from '../../../engine/command/command.ts';
import { visibleWords } from '../../../engine/command/witnessed-words.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import type { SceneId } from '../../../engine/scene-record.ts';
import type { Log } from '../../../log.ts';
import type { StageBeat } from '../../../scene/stage-beat.ts';
import { localeFor } from '../../../words/locales.ts';
import { say } from '../../../words/text.ts';
import { NARRATOR, voiceOf } from '../lines/beat-text.ts';
import { answerToForm, type FormAsked } from './answering.ts';
import { CARRYING } from './carried-ids.ts';
import { inTime, textForm, writtenIn } from './forms.ts';
import { placeOf } from './interaction-facts.ts';
import { type LineOptions, lineAt } from './line-deeds.ts';

const LONGEST_REASON = 1000;
/** So many lines before the one that is reported go with it, each no longer than so many characters. */
const CONTEXT = 4;
const LONGEST_LINE = 250;
const LONGEST_REPORTED = 600;
const LONGEST_SHOWN_REASON = 400;

/** @throws PlayerError where the message is no line of the scene */
export async function openReportForm(asked: FormAsked, message: string, options: LineOptions): Promise<void> {
  const { engine, runner } = options;
  await runner.check(asked, reporting(message, '', '', options));
  const { n } = await inTime(lineAt(engine, placeOf(asked).scene, message));
  await asked.showModal(
    textForm({
      id: CARRYING.report + message,
      title: say('Report a line (#{{n}})', { n }),
      locale: localeFor(asked.locale),
      label: 'What is wrong with it? (may be left empty)',
      most: LONGEST_REASON,
      optional: true,
    }),
  );
}

/** The form comes back: the moderators are told, and the operator in the log. */
export async function submitReport(
  asked: ModalSubmitInteraction<'cached'>,
  message: string,
  options: Pick<LineOptions, 'runner' | 'log'>,
): Promise<void> {
  const link = `https://discord.com/channels/${asked.guildId}/${asked.channelId}/${message}`;
  const action = reporting(message, writtenIn(asked).trim(), link, options);
  await options.runner.run(asked, 'report', action, {}, answerToForm(asked));
}

function reporting(
  message: string,
  reason: string,
  link: string,
  { log }: { readonly log: Log },
): CommandAction {
  return {
    description: 'Report',
    options: [],
    allowed: 'anyone',
    async run({ engine, place, who, reply }) {
      const reported = await lineAt(engine, place.scene, message);
      const beats = [...(await before(engine, place.scene, reported)), reported];
      const record = (await engine.info(place.scene))?.record;
      const { n } = reported;
      engine.audit.note(place.server, {
        kind: 'reported',
        text: say('#{{n}} of {{who}} was reported.', {
          n,
          who: reported.speaker ? calledInLog(reported.speaker) : NARRATOR.name,
        }),
        scene: place.scene,
        ...(record ? { log: record.log } : {}),
        beat: n,
        beats: beats.map((beat) => beat.n),
        by: who.id,
        about: [...new Set([who.id, ...beats.flatMap(({ speaker }) => (speaker && userIn(speaker)) ?? [])])],
        quote: [
          ...(reason ? [`“${clipped(reason, LONGEST_SHOWN_REASON)}”`] : []),
          ...beats.map((beat) => wordsOf(beat, beat === reported ? LONGEST_REPORTED : LONGEST_LINE)),
        ].join('\n'),
        message: link,
      });
      log.warn('line-reported', { server: place.server, scene: place.scene, beat: n, message, by: who.id });
      await reply('Thank you. The moderators of this server are told.');
    },
  };
}

/** What whoever reports could read just before it: what stands in the same place, for all. */
async function before(
  engine: Engine,
  scene: SceneId,
  { n, place }: StageBeat,
): Promise<readonly StageBeat[]> {
  const earlier = await engine.replay(scene);
  return earlier.filter((beat) => beat.n < n && beat.place === place).slice(-CONTEXT);
}

function wordsOf(beat: StageBeat, longest: number): string {
  return clipped(`#${beat.n} ${voiceOf(beat).name}: ${visibleWords(beat.segments)}`, longest);
}

function clipped(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
