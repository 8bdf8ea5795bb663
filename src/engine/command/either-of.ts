import { type Message, say } from '../../words/text.ts';

/** “a or b or c”: which of the nearest somebody may have meant. */
export function eitherOf([first = '', ...others]: readonly string[]): Message {
  return others.reduce<Message>((before, other) => say('{{before}} or {{other}}', { before, other }), {
    text: '{{first}}',
    values: { first },
  });
}
