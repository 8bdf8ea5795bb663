import { pictureBehind } from '../../src/cast/avatar.ts';
import type { Character } from '../../src/cast/character.ts';
import { mayBeReadIn } from '../../src/engine/cards/for-adults.ts';
import { isTheirs } from '../../src/engine/cards/whose-card.ts';
import { askerOf } from '../../src/engine/command/asker.ts';
import type { CommandAction, CommandContext } from '../../src/engine/command/command.ts';
import type { ReplyFile } from '../../src/engine/reply-file.ts';
import { joined, type Message, say, type Text } from '../../src/words/text.ts';
import { sourceWords } from './list.ts';
import { anyCharacter, asShown, namedCharacter } from './own-cards.ts';

const LONGEST_FIELD = 1000;
const SHOWN: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
};

export const show: CommandAction = {
  description: 'What everyone may know of a character; the private part for who brought it',
  options: [anyCharacter('Who')],
  allowed: 'anyone',
  async run(context, values) {
    const character = await namedCharacter(context, values);
    const { place, who, reply } = context;
    const head = say('**{{name}}**, {{source}}', {
      name: asShown(context, character.name),
      source: sourceWords(character, context),
    });
    if (!mayBeReadIn(place, character)) {
      await reply([head, say('For adults only: more is shown in age-restricted channels.')]);
      return;
    }
    const words = [
      head,
      ...publicWords(character, context),
      ...(isTheirs(character, askerOf(who)) ? privateWords(character, context) : []),
    ];
    const portrait = await portraitFor(character, context);
    if (portrait && context.replyFiles) await context.replyFiles(words, [portrait]);
    else await reply(words);
  },
};

/** Where files stand beside an answer; elsewhere they would be put into a folder. */
async function portraitFor(
  { id, avatar }: Character,
  { place }: CommandContext,
): Promise<ReplyFile | undefined> {
  const picture = place.stage === 'discord' ? await pictureBehind(avatar) : undefined;
  const ending = picture && SHOWN[picture.mime];
  return picture && ending !== undefined ? { name: `${id}.${ending}`, content: picture.bytes } : undefined;
}

function publicWords(character: Character, context: CommandContext): readonly Text[] {
  const { aliases, tags, creator, creatorNotes, publicSheet, age, adult } = character;
  const shown = (text: string) => asShown(context, text, LONGEST_FIELD);
  return [
    publicSheet.trim() === ''
      ? say('Everyone sees: nothing but the name.')
      : say('Everyone sees: {{sheet}}', { sheet: shown(publicSheet) }),
    ...named(say('Also called'), shown(aliases.join(', '))),
    ...named(say('Tags'), shown(tags.join(', '))),
    ...named(say('Age'), age === undefined ? (adult ? say('adult') : '') : String(age)),
    ...named(say('Written by'), shown(creator)),
    ...named(say('Notes of the author'), shown(creatorNotes)),
    greetingWords(character),
  ];
}

function greetingWords({ greeting, alternateGreetings, groupGreetings }: Character): Message {
  const alone = (greeting === '' ? 0 : 1) + alternateGreetings.length;
  const count = say('Greetings: {{number}}', { number: alone });
  return groupGreetings.length === 0
    ? count
    : joined([count, say('for groups: {{number}}', { number: groupGreetings.length })], ', ');
}

/** For whoever brought it, and for moderators: no other mind and no other person is told. */
function privateWords(character: Character, context: CommandContext): readonly Text[] {
  const { description, personality, motivation, background, relations, manner, note, book } = character;
  const shown = (text: string) => asShown(context, text, LONGEST_FIELD);
  return [
    say('**Private: shown to who brought the card and to moderators alone**'),
    ...named(say('Description'), shown(description)),
    ...named(say('Personality'), shown(personality)),
    ...named(say('Motivation'), shown(motivation)),
    ...named(say('Background'), shown(background)),
    ...named(say('Relations'), shown(relations)),
    ...named(say('Manner of speech'), shown(manner)),
    ...named(say('Kept before their eyes'), shown(note)),
    say('Example lines: {{examples}}. Lore entries: {{entries}}.', {
      examples: character.examples.length,
      entries: book.entries.length,
    }),
  ];
}

/** Nothing where nothing is written. */
function named(label: Message, text: string | Message): readonly Message[] {
  return text === '' ? [] : [say('{{label}}: {{text}}', { label, text })];
}
