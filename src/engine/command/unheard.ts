import type { Text } from '../../words/text.ts';
import type { Heard } from '../engine-api.ts';

/** Why a line did not reach the scene, for the one who typed it: what is so, and what to do. */
export const unheard: Readonly<Record<Extract<Heard, { heard: false }>['because'], Text>> = {
  repeat: 'That was heard already.',
  bystander: 'You are not in this scene. /enter takes you in; or address a character by name.',
  'no-scene': 'No scene is playing here. Start one with /scene start.',
  paused: 'The scene is paused. /scene continue lets it go on.',
  ended: 'The scene has ended. /scene start begins another.',
  empty: 'There was nothing to hear in that.',
  'out-of-character': 'That was out of character: the cast does not hear it. /ooc says so to the room.',
  'not-allowed': 'You may not play here.',
  'opted-out': 'You asked that nothing of yours is heard. /privacy opt-in changes that.',
  'held-back': 'That line breaks a rule of this server, so nobody heard it.',
  unchecked:
    'What is said here is looked at first, and that cannot be done just now: nobody heard it. Try again in a while.',
  limit: 'That is all for now: the limit of lines is reached. Try again later.',
};
