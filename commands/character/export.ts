import { writePngCard } from '../../src/cast/cards/png-card.ts';
import { writeCard } from '../../src/cast/cards/write-card.ts';
import type { Character } from '../../src/cast/character.ts';
import type { KeptCard } from '../../src/cast/library/library-api.ts';
import { isTheirs } from '../../src/engine/cards/whose-card.ts';
import { askerOf } from '../../src/engine/command/asker.ts';
import type { CommandAction } from '../../src/engine/command/command.ts';
import { textOf } from '../../src/engine/command/read-values.ts';
import type { ReplyFile } from '../../src/engine/reply-file.ts';
import { PlayerError } from '../../src/errors.ts';
import { say } from '../../src/words/text.ts';
import { anyCharacter, asShown, namedCharacter } from './own-cards.ts';

const FORMATS = ['v3', 'v2', 'png', 'yaml'] as const;
type Format = (typeof FORMATS)[number];

const FORMAT_NAMES: Readonly<Record<Format, string>> = {
  v3: 'Character Card V3, JSON',
  v2: 'Character Card V2, JSON: for older tools',
  png: 'a picture that holds the card, V2 and V3',
  yaml: 'YAML, as Dramatis keeps its own: easy to read and edit',
};

export const exporting: CommandAction = {
  description: 'Take a card home as a file, with every field it came with',
  options: [
    anyCharacter('Who'),
    {
      name: 'as',
      description: 'What kind of file; left out, Character Card V3',
      type: 'text',
      choices: FORMATS.map((value) => ({ name: FORMAT_NAMES[value], value })),
    },
  ],
  allowed: 'creator',
  async run(context, values) {
    const { library, who, replyFiles } = context;
    if (!replyFiles) {
      throw new PlayerError(
        'No files can be handed over here: Discord, the local page and the terminal can.',
      );
    }
    const character = await namedCharacter(context, values);
    // A file holds all of it, also what is private.
    if (character.source !== 'shipped' && !isTheirs(character, askerOf(who))) {
      throw new PlayerError(
        say(
          'The card of {{name}} holds what only they know: whoever brought it may export it, or a moderator.',
          {
            name: character.name,
          },
        ),
      );
    }
    const kept = await library.card(character.id);
    if (!kept) throw new PlayerError(say('The card of {{name}} is gone.', { name: character.name }));
    const format = FORMATS.find((one) => one === textOf(values, 'as')) ?? 'v3';
    await replyFiles(
      say('The card of {{name}}. /character import takes it, here or in another server.', {
        name: asShown(context, character.name),
      }),
      [cardFile(character, kept, format)],
    );
  },
};

function cardFile({ id }: Character, { card, picture }: KeptCard, format: Format): ReplyFile {
  if (format === 'png') return { name: `${id}.png`, content: writePngCard(card, picture) };
  const ending = format === 'yaml' ? 'yaml' : 'json';
  return { name: `${id}.${ending}`, content: writeCard(card, format) };
}
