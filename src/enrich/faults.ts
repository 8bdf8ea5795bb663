import { say } from '../words/text.ts';

/** Why something that a model came up with is no addition. None of them quotes it. */
export const FAULTS = {
  unreadable: say('the answer was not what was asked for'),
  refused: say('the model would not do it'),
  'no-source': say('no passage that it quotes is in the card or the text'),
  unsupported: say('the card and the text do not bear it out'),
  restates: say('it only says again what is there'),
  'copies-line': say('it only copies a line of the card'),
  'unknown-name': say('it names somebody or something that occurs nowhere'),
  'other-mind': say('it tells what somebody else thinks or feels'),
  event: say('it tells of something that happens in a scene, not of how things stand before one'),
  leaks: say('it would tell everyone what is private'),
  marks: say('it holds tags, links or marks that have no place there'),
  user: say('it speaks of a user'),
  'too-long': say('it is too long'),
  empty: say('there is nothing in it'),
  'not-first-person': say('what the character thinks is not in the first person'),
  'first-person': say('it is in the first person'),
  'no-turn': say('it is no turn of one character in HER format'),
  'several-speakers': say('it speaks for somebody else, too'),
  plans: say('it plans the scene from outside'),
  'names-actor': say('its action names who acts'),
  'no-cue': say('it does not say what the character answers to'),
} as const;
export type Fault = keyof typeof FAULTS;

/** A text that passed, or why it did not. */
export type Checked = { readonly text: string } | { readonly fault: Fault };
