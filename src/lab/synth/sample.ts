import { type Conversation, conversationSchema } from './record/conversation.ts';

/** A conversation of our own, for which prompts are written out: a change of their words is seen by it. */
export const SAMPLE: Conversation = conversationSchema.parse({
  format: 1,
  id: 'sample',
  key: { book: 'The Ferry House' },
  source: 'scene',
  origin: 'lab',
  scenario: 'A ferry slip at dusk.',
  passage: 'Perran Hale had not crossed after dark since his brother drowned in the narrows.',
  characters: [
    { name: 'Ada Crane', profile: 'A surveyor’s clerk.', motivation: 'I must be across before morning.' },
    { name: 'Perran Hale', profile: 'The ferryman.', motivation: 'I will not cross after dark again.' },
  ],
  turns: [
    {
      id: 0,
      from: [0],
      speaker: 'Ada Crane',
      text: '<role_thinking>He has a boat</role_thinking>Two shillings, if we go now.',
    },
    {
      id: 1,
      from: [1],
      speaker: 'Perran Hale',
      text: '<role_action>goes on coiling the rope</role_action>Tide’s wrong till four.',
    },
  ],
});
