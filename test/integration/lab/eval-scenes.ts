/** Scenes of Ada and Ned in CoSER’s form, each with a few words of its own. */
export function evalScenes(count: number): readonly Record<string, unknown>[] {
  return Array.from({ length: count }, (_, at) => ({
    book: 'The Lantern Inn',
    i_p: at,
    i_c: 0,
    tag: 'id',
    topic: `The ferry, night ${at}`,
    scenario: `Night ${at} at the inn by the river; the last ferry is late.`,
    plot: {
      summary: 'Two people wait for news of the ferry.',
      i_p: at,
      key_characters: [
        { name: 'Ada', description: 'The landlady, who counts every lamp.' },
        { name: 'Ned', description: 'A pilot who no longer sails.' },
      ],
    },
    key_characters: [
      { name: 'Ada', thought: 'I must not tell him whose boat it is.' },
      { name: 'Ned', thought: 'She knows more than she says.' },
    ],
    character_profiles: { Ada: 'Ada keeps the Lantern Inn.', Ned: 'Ned was a pilot for twenty years.' },
    speaking_characters_w_env: ['Ada', 'Ned', 'Environment'],
    major_characters: ['Ada', 'Ned'],
    dialogues: [
      { character: 'Ada', message: '[He is late.] (trims the lamp) No ferry yet.' },
      { character: 'Ned', message: '(sits down) There was fog on the river.' },
      { character: 'Environment', message: 'A bell rings across the water.' },
      { character: 'Ada', message: '[Not that bell.] Did you hear it?' },
      // Scenes differ in length.
      ...Array.from({ length: at % 3 }, () => ({ character: 'Ned', message: 'I heard it.' })),
    ],
  }));
}
