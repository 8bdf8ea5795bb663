import {
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  type ChatInputCommandInteraction,
  ComponentType,
  MessageFlags,
} from 'discord.js';
import type { Character } from '../../../cast/character.ts';
import { broughtWords } from '../../../engine/cards/brought-words.ts';
import type { Brought } from '../../../engine/cards/cards-api.ts';
import { isForAdults } from '../../../engine/cards/for-adults.ts';
import { fileOf } from '../../../engine/command/read-values.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import { type Locale, localeFor } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { say, type Text } from '../../../words/text.ts';
import { EPHEMERAL, type Row } from '../interactions/answering.ts';
import type { CommandRunner } from '../interactions/command-runner.ts';
import { placeOf, valuesOf } from '../interactions/interaction-facts.ts';
import { portraitOf } from '../lines/avatars.ts';
import { deskOf } from './desk-of.ts';
import { clipped, shown, text, withPicture } from './preview.ts';
import { summonRows } from './summon-row.ts';

/** So many of those that one file brings are shown with their pictures. */
const MOST_SHOWN = 4;
const LONGEST = { sheet: 180, notes: 150, words: 900 } as const;

type Options = {
  readonly engine: Engine;
  readonly runner: CommandRunner;
  readonly owners: readonly string[];
  readonly signal: AbortSignal;
};

/** `/character import`: what the file held, what of it was passed over, and a way to the stage. */
export async function bringCard(
  asked: ChatInputCommandInteraction<'cached'>,
  options: Options,
): Promise<void> {
  const { engine, runner, signal } = options;
  const action = runner.actionOf('character', 'import');
  // Nothing is fetched for who may not.
  const desk = await deskOf(asked, action, options);
  await asked.deferReply(EPHEMERAL);
  const file = fileOf(await valuesOf(asked, action, signal), 'file');
  const brought = await engine.cards.bring(desk, file.name, file.bytes);
  const locale = localeFor(asked.locale);
  const portraits = await Promise.all(brought.characters.slice(0, MOST_SHOWN).map(portraitOf));
  const rows = await summonRows(brought.characters, placeOf(asked).scene, engine, locale);
  const pictures = portraits.map((portrait) => portrait?.name);
  await asked.editReply({
    flags: MessageFlags.IsComponentsV2,
    allowedMentions: { parse: [] },
    components: broughtScreen(brought, pictures, rows, locale),
    files: portraits.flatMap((portrait) =>
      portrait ? [{ name: portrait.name, attachment: Buffer.from(portrait.data) }] : [],
    ),
  });
}

/** Whom a file brought. @param pictures names of the files that are shown beside the first of them */
export function broughtScreen(
  brought: Brought,
  pictures: readonly (string | undefined)[],
  rows: readonly Row[],
  locale: Locale,
): APIMessageTopLevelComponent[] {
  const words = (said: Text) => render(said, locale);
  const parts: APIComponentInContainer[] = [
    ...brought.characters
      .slice(0, MOST_SHOWN)
      .map((character, at) => withPicture(words(aboutOf(character)), pictures[at])),
    text(clipped(words(told(brought)), LONGEST.words)),
    ...rows,
  ];
  return [{ type: ComponentType.Container, components: parts }];
}

function told(brought: Brought): Text {
  return broughtWords(brought, (name) => shown(name, 200));
}

/** What everyone may know of them, and what the author of the card tells people. */
function aboutOf(character: Character): Text {
  const { name, publicSheet, creator, creatorNotes } = character;
  return [
    say('## {{name}}', { name: shown(name, 80) }),
    publicSheet.trim() === ''
      ? say('Everyone sees: nothing but the name. /character edit adds looks.')
      : say('Everyone sees: {{sheet}}', { sheet: shown(publicSheet, LONGEST.sheet) }),
    ...(creator.trim() === '' ? [] : [say('-# Written by: {{creator}}', { creator: shown(creator, 80) })]),
    ...(creatorNotes.trim() === ''
      ? []
      : [say('Notes of the author: {{notes}}', { notes: shown(creatorNotes, LONGEST.notes) })]),
    ...(isForAdults(character)
      ? [
          say(
            '-# For adults only: can be summoned in age-restricted channels alone, where this server allows it.',
          ),
        ]
      : []),
  ];
}
