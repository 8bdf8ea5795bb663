import type { CoserDimension } from '../coser/judge-answer.ts';

/** A kind of flaw that a dimension counts. */
export type FlawType = {
  /** As critics name it in their answers, ours and the references’ alike (her-spec 5.1). */
  readonly name: string;
  /** What it looks like. */
  readonly signs: readonly string[];
};

/** What one dimension is about. */
export type DimensionText = {
  readonly question: string;
  readonly types: readonly FlawType[];
  /** Only the main characters are held to it. */
  readonly mainOnly: boolean;
};

/** The four dimensions of Given-Circumstance Acting and their flaws: the names are CoSER’s, the words ours. */
export const FLAW_TYPES: Readonly<Record<CoserDimension, DimensionText>> = {
  'Storyline Consistency': {
    question:
      'Does the played scene go the way of the original, and do its people take things as they did there?',
    mainOnly: false,
    types: [
      {
        name: 'Storyline Consistency',
        signs: ['somebody feels, judges or acts differently than at the same point of the original'],
      },
    ],
  },
  Anthropomorphism: {
    question: 'Do its people come across as living human beings?',
    mainOnly: false,
    types: [
      {
        name: 'Self-identity',
        signs: [
          'has no aim of its own and waits to be led',
          'leaves every decision to others',
          'likes and dislikes nothing in particular',
          'sounds like a machine at your service (wordy, obliging, preaching, quick to give in) where the character would not',
        ],
      },
      {
        name: 'Emotional Depth',
        signs: [
          'reacts stiffly or on the surface only, with no inner conflict',
          'announces all it thinks and feels, so that nothing is left between the lines',
        ],
      },
      { name: 'Persona Coherence', signs: ['changes its temper or nature without a cause'] },
      {
        name: 'Social Interaction',
        signs: [
          'does not notice what others feel or mean',
          'answers by rote, whatever the moment',
          'lacks the tact that anybody would have',
        ],
      },
    ],
  },
  'Character Fidelity': {
    question: 'Are the main characters the people whom their profiles describe?',
    mainOnly: true,
    types: [
      {
        name: 'Character Language',
        signs: ['words or a tone that do not fit the character’s nature, schooling or rank'],
      },
      {
        name: 'Knowledge & Background',
        signs: [
          'shows nothing of what the character has learnt or lived through',
          'knows what still lies in its future',
        ],
      },
      {
        name: 'Personality & Behavior',
        signs: [
          'feels, thinks, believes or decides against its nature and past',
          'takes to a subject that means nothing to it',
          'shows another nature than in the original',
          'reacts the opposite way in a like moment of the original (this counts under Storyline Consistency as well)',
        ],
      },
      {
        name: 'Relationship & Social Status',
        signs: ['treats somebody in a way that their bond or standing does not allow'],
      },
    ],
  },
  'Storyline Quality': {
    question: 'Is the scene well told, and free of contradictions?',
    mainOnly: false,
    types: [
      {
        name: 'Flow & Progression',
        signs: [
          'moves in leaps, or does not move at all',
          'is padded or long-winded',
          'says again what another said or what is known',
          'the same words from the same mouth, over and over: the more often the worse, up to 10',
        ],
      },
      { name: 'Logical Consistency', signs: ['one statement or view contradicts another'] },
    ],
  },
};
