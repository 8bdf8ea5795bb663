import { type Conversation, conversationSchema } from '../../../src/lab/synth/record/conversation.ts';

/** A short conversation of our own, with a thought, an action and words in it, and a turn of the world. */
export function sampleConversation(more: Partial<Conversation> = {}): Conversation {
  return conversationSchema.parse({
    format: 1,
    id: 'The Ferry House-1-0',
    key: { book: 'The Ferry House', plot: 1, conversation: 0 },
    source: 'coser',
    origin: 'lab',
    chapter: 'I',
    topic: 'A crossing that is refused',
    summary: 'Ada wants to cross before the tide turns. Perran will not take her, and does not say why.',
    passage:
      'Ada Crane had walked all night from Trevose with the deed sewn into her coat. Perran Hale had kept the ferry since his brother drowned in the narrows, and he had not crossed after dark since. He sat on the slip and coiled rope. The bell on the far bank rang twice.',
    scenario: 'A ferry slip at dusk. The tide is on the turn; the far bank can just be seen.',
    characters: [
      {
        name: 'Ada Crane',
        profile: 'A surveyor’s clerk of twenty-six, exact and impatient.',
        motivation: 'I must be across before the office opens, and nobody may know what I carry.',
        description: 'A traveller with a heavy coat.',
      },
      {
        name: 'Perran Hale',
        profile: 'The ferryman. Few words, and fewer explanations.',
        motivation: 'I will not cross after dark again.',
        description: 'A man who coils rope.',
      },
    ],
    turns: [
      {
        id: 0,
        from: [0],
        speaker: 'Ada Crane',
        text: '<role_action>sets down her bag</role_action>Two shillings, if we go now.',
      },
      {
        id: 1,
        from: [1, 2],
        speaker: 'Perran Hale',
        text: '<role_thinking>She has run the last mile</role_thinking>Tide’s wrong till four.',
      },
      { id: 2, from: [3], speaker: 'Environment', text: 'A bell rings twice on the far bank.' },
      {
        id: 3,
        from: [4],
        speaker: 'Ada Crane',
        text: 'Then I shall wait here.<role_action>sits down on the wet stone</role_action>',
      },
      {
        id: 4,
        from: [5],
        speaker: 'Perran Hale',
        text: '<role_action>goes on coiling the rope</role_action>Suit yourself.',
      },
    ],
    ...more,
  });
}
