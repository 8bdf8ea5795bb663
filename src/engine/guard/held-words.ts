import { type Message, say, type Text } from '../../words/text.ts';
import { unheard } from '../command/unheard.ts';
import type { HeldBack } from './guard-api.ts';

const WHY: Readonly<Record<HeldBack['because'], Message>> = {
  automod: say('the server’s rules of words'),
  'automod-unreachable': say('the server’s rules of words cannot be read just now'),
  moderation: say('the moderation model'),
  'moderation-unreachable': say('the moderation model does not answer'),
  age: say('the rules of age'),
  refusal: say('the model refused to play'),
};

/** Why something was held back, for moderators: the rule's name, never the text. */
export function heldWords({ because, rule }: HeldBack): Message {
  const why = WHY[because];
  return rule === undefined ? why : say('{{why}} ({{rule}})', { why, rule });
}

/** The same for the one whose words they are: which rule it was is for moderators to say. */
export function unheardWords(held: HeldBack): Text {
  return unheard[unheardAs(held)];
}

/** Whether it was looked at and not let through, or could not be looked at. */
export function unheardAs({ because }: HeldBack): 'held-back' | 'unchecked' {
  return because === 'automod-unreachable' || because === 'moderation-unreachable'
    ? 'unchecked'
    : 'held-back';
}
