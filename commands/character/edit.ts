import { warningWords } from '../../src/engine/cards/brought-words.ts';
import {
  CARD_FIELD_NAMES,
  CARD_FIELDS,
  type CardFieldName,
  withField,
} from '../../src/engine/cards/card-fields.ts';
import { mayBeReadIn } from '../../src/engine/cards/for-adults.ts';
import type { CommandAction, CommandContext } from '../../src/engine/command/command.ts';
import { textOf } from '../../src/engine/command/read-values.ts';
import { PlayerError } from '../../src/errors.ts';
import { asTyped, say, type Text } from '../../src/words/text.ts';
import { asShown, deskOf, namedOwnCharacter, ownCharacter } from './own-cards.ts';

/** Empties a field; nothing at all shows what stands in it. */
const NOTHING = '-';

/** On Discord screens answer in its place where no field is named (`stage/discord/characters`). */
export const edit: CommandAction = {
  description: 'Change a character that you brought here',
  options: [
    ownCharacter('Who'),
    {
      name: 'field',
      description: 'What of the card',
      type: 'text',
      choices: CARD_FIELD_NAMES.map((name) => ({ name, value: name })),
    },
    { name: 'text', description: 'How it reads from now on; a lone - empties it', type: 'text', max: 6000 },
  ],
  allowed: 'creator',
  async run(context, values) {
    const character = await namedOwnCharacter(context, values);
    const { id, name } = character;
    const field = CARD_FIELD_NAMES.find((one) => one === textOf(values, 'field'));
    if (!field) {
      throw new PlayerError(
        say(
          'Say what to change of {{name}}: /character edit {{name}} field: … text: …, with one of {{fields}}.',
          {
            name,
            fields: CARD_FIELD_NAMES.join(', '),
          },
        ),
      );
    }
    const kept = await context.library.card(id);
    if (!kept) throw new PlayerError(say('The card of {{name}} is gone.', { name }));
    const text = textOf(values, 'text');
    if (text === undefined) {
      if (!mayBeReadIn(context.place, character))
        throw new PlayerError('For adults only: more is shown in age-restricted channels.');
      await context.reply(standing(context, field, CARD_FIELDS[field].read(kept.card)));
      return;
    }
    const card = withField(kept.card, field, text === NOTHING ? '' : text);
    const saved = await context.engine.cards.save(deskOf(context), card, { id });
    await context.reply([
      say('Changed, and it holds from the next turn on: {{name}}, {{field}}.', {
        name: asShown(context, saved.character.name),
        field: CARD_FIELDS[field].label,
      }),
      ...warningWords(saved.warnings, (warning) => asShown(context, warning)),
    ]);
  },
};

function standing(context: CommandContext, field: CardFieldName, text: string | undefined): Text {
  const { label, about } = CARD_FIELDS[field];
  if (text === undefined) {
    throw new PlayerError(
      'That cannot be written in one text: change it in a file, with /character export and import.',
    );
  }
  return [
    say('{{label}}: {{about}}', { label, about }),
    text === '' ? say('Nothing is written there yet.') : asTyped(asShown(context, text, 6000)),
  ];
}
