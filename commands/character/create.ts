import { warningWords } from '../../src/engine/cards/brought-words.ts';
import { blankCard, CARD_FIELDS, type CardFieldName, withField } from '../../src/engine/cards/card-fields.ts';
import type { CommandAction } from '../../src/engine/command/command.ts';
import { textOf, wordsOf } from '../../src/engine/command/read-values.ts';
import { say } from '../../src/words/text.ts';
import { asShown, deskOf } from './own-cards.ts';

/** What can be said of somebody in one line; the rest is for `/character edit`. */
const BEGINS_WITH = [
  'description',
  'personality',
  'greeting',
  'looks',
] as const satisfies readonly CardFieldName[];

/** On Discord a form answers in its place (`stage/discord/characters`), for whom may use this. */
export const create: CommandAction = {
  description: 'Write a new character, who can then be summoned here',
  options: [
    { name: 'name', description: 'Who they are', type: 'text', placed: true, max: 80 },
    { name: 'description', description: 'Who they are, as only they know it', type: 'text', max: 4000 },
    { name: 'personality', description: 'A few words: dry, watchful', type: 'text', max: 1000 },
    { name: 'greeting', description: 'What they say or *do* coming on stage', type: 'text', max: 2000 },
    { name: 'looks', description: 'What anybody could see or know of them', type: 'text', max: 2000 },
  ],
  allowed: 'creator',
  async run(context, values) {
    const card = BEGINS_WITH.reduce(
      (one, field) => {
        const text = textOf(values, field);
        return text === undefined ? one : withField(one, field, text);
      },
      withField(blankCard(''), 'name', wordsOf(values, 'name')),
    );
    const { character, warnings } = await context.engine.cards.save(deskOf(context), card);
    const name = asShown(context, character.name);
    await context.reply([
      say('{{name}} can be summoned now: /summon {{name}}. /character edit goes on with the card.', { name }),
      ...(CARD_FIELDS.looks.read(card) === ''
        ? [
            say(
              'Others see nothing of {{name}} yet but the name: /character edit {{name}} field: looks text: …',
              { name },
            ),
          ]
        : []),
      ...warningWords(warnings, (text) => asShown(context, text)),
    ]);
  },
};
