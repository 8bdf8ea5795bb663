import type { CommandAction } from '../../src/engine/command/command.ts';
import type { Principle } from '../../src/engine/principles/principles-api.ts';
import { joined, type Message, say } from '../../src/words/text.ts';
import { asShown } from '../character/own-cards.ts';
import { dimensionWords } from './dimension-words.ts';
import { sourceWords } from './source-words.ts';
import { namedPrinciple, whichOption } from './which-option.ts';

/** Characters of each part: together they fit a message, be every letter of them escaped. */
const LONGEST = 280;

export const show: CommandAction = {
  description: 'What one principle asks, and what breaks it',
  options: [whichOption('Which principle')],
  allowed: 'anyone',
  async run(context, values) {
    const found = await namedPrinciple(context, values);
    const { id, name, dimension, sign, level, source } = found;
    const shown = (text: string) => asShown(context, text, LONGEST);
    const facts = [
      dimensionWords(dimension),
      sign === 'negative' ? say('breaking it loses') : say('it is weighed'),
      level === 'sentence' ? say('seen in the line itself') : say('seen against what came before'),
      sourceWords(found),
    ];
    await context.reply([
      say('{{name}} ({{id}}): {{facts}}', { name: shown(name), id, facts: joined(facts, ', ') }),
      say('It asks: {{text}}', { text: shown(found.asks) }),
      // Of what somebody asked in plain words there is no more.
      ...(source === 'server'
        ? []
        : [say('It is broken where: {{text}}', { text: shown(found.breaks) }), ...exampleOf(found, shown)]),
    ]);
  },
};

function exampleOf({ sign, example }: Principle, shown: (text: string) => string): Message[] {
  if (example === '') return [];
  const text = shown(example);
  return sign === 'negative'
    ? [say('A line that breaks it: {{text}}', { text })]
    : [say('A line that meets it: {{text}}', { text })];
}
