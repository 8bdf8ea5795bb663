import type { Character } from '../../../cast/character.ts';
import type { Library } from '../../../cast/library/library-api.ts';
import { userIn } from '../../../engine/audit/called-in-log.ts';
import type { SceneInfo } from '../../../engine/engine-api.ts';
import { escapeDiscord } from '../../../format/render-discord.ts';
import { isAgeRestricted } from '../../../safety/age.ts';
import { cardIdOf } from '../../../scene/beat.ts';
import type { StageBeat } from '../../../scene/stage-beat.ts';
import { asTyped, say, type Text } from '../../../words/text.ts';

const LONGEST_SHEET = 600;
const LONGEST_NAME = 100;

/**
 * Who speaks in a line, for anyone who asks: what everyone could know of them, and in which scene. It is
 * told in a direct message, where nothing is for adults only.
 */
export function whoIsThis(
  beat: StageBeat,
  { record }: { readonly record: Pick<SceneInfo['record'], 'title' | 'owner'> },
  library: Library,
  link: string,
): Text {
  return [
    ...speakerWords(beat, library),
    say('Scene: {{title}}, opened by {{owner}}.', {
      title: escapeDiscord(record.title),
      owner: `<@${record.owner}>`,
    }),
    asTyped(link),
  ];
}

function speakerWords({ kind, speaker }: StageBeat, library: Library): readonly Text[] {
  const user = speaker && userIn(speaker);
  if (kind !== 'line' || !speaker) return ['That is the Narrator, who tells of the world.'];
  const name = `**${escapeDiscord(speaker.name)}**`;
  if (user !== undefined) return [say('{{name}} is played by {{player}}.', { name, player: `<@${user}>` })];
  const cardId = cardIdOf(speaker.id);
  if (cardId === undefined) return ['That is the Narrator, who tells of the world.'];
  const card = library.character(cardId);
  if (!card) return [say('{{name}} is played by the bot.', { name })];
  return [
    ...sourceWords(card, name),
    ...(card.publicSheet && !isAgeRestricted(card)
      ? [asTyped(escapeDiscord(card.publicSheet.slice(0, LONGEST_SHEET).toWellFormed()))]
      : []),
  ];
}

/** Where a character came from: of a server's own who brought it there, as a mention that rings for nobody. */
function sourceWords({ source, by, creator }: Character, name: string): readonly Text[] {
  if (source === 'shipped')
    return [say('{{name}} is played by the bot, from a card that came with it.', { name })];
  if (source === 'own')
    return [say('{{name}} is played by the bot, from a card of its operator’s.', { name })];
  return [
    by === undefined
      ? say('{{name}} is played by the bot, from a card of this server’s own.', { name })
      : say('{{name}} is played by the bot, from a card that {{person}} brought to this server.', {
          name,
          person: `<@${by}>`,
        }),
    ...(creator.trim() === ''
      ? []
      : [
          say('The card was written by {{creator}}.', {
            creator: escapeDiscord(creator.slice(0, LONGEST_NAME).toWellFormed()),
          }),
        ]),
  ];
}
