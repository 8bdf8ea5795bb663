import type { Character } from '../../src/cast/character.ts';
import type { Library } from '../../src/cast/library/library-api.ts';
import type { SceneScript } from '../../src/cast/scene-script.ts';
import { smallBook } from './small-book.ts';

/** Three people of a harbour, short enough to read in a test. Their private parts carry markers. */
export function smallCharacter(id: string, name: string, change: Partial<Character> = {}): Character {
  return {
    id,
    name,
    aliases: [],
    description: `${name} works at the harbour. PRIVATE-CARD-${id}`,
    personality: 'watchful, dry',
    motivation: `MOTIVE-${id}`,
    background: '',
    relations: '',
    manner: 'short sentences',
    publicSheet: `PUBLIC-${id}`,
    scenario: 'A harbour at dusk.',
    greeting: `<role_thinking>GREETING-THOUGHT-${id}</role_thinking><role_action>nods</role_action>${name} at your service.`,
    alternateGreetings: [],
    examples: [
      `<role_thinking>EXAMPLE-THOUGHT-${id}</role_thinking>The boat leaves at four, tide or no tide.`,
      '<role_action>shrugs</role_action>Rope is rope. It holds or it does not.',
      'Ask the ferryman about the weather; he lies less than the sky.',
    ],
    declines: ['out over the water', 'down at both hands', 'up at the gulls'].map(
      (where) => `<role_action>looks ${where}</role_action>`,
    ),
    book: smallBook(),
    groupGreetings: [],
    note: '',
    creator: '',
    creatorNotes: '',
    talkativeness: 0.5,
    tags: [],
    source: 'shipped',
    ...change,
  };
}

export const HARBOUR: SceneScript = {
  id: 'harbour',
  title: 'The last boat',
  tagline: '',
  setting: 'A ferry landing, ten minutes before the last boat.',
  cast: ['wenna', 'tom'],
  player: { name: 'A traveller', sheet: '' },
  secrets: { tom: 'SECRET-OF-TOM' },
  opening: [
    { narrator: 'Rain on the planks.' },
    {
      speaker: 'wenna',
      turn: '<system_thinking>PLAN-OPENING</system_thinking><role_thinking>THOUGHT-OPENING</role_thinking>Late, Tom.',
    },
    {
      speaker: 'tom',
      turn: '<system_thinking>PLAN-TOM</system_thinking><role_action>ties a knot</role_action>Never.',
    },
  ],
  chips: [
    { label: 'Ask for the boat', do: 'say', text: 'Is there a boat tonight?', leads: 'boat' },
    {
      label: 'Whisper to Tom',
      do: 'whisper',
      to: 'tom',
      text: 'WHISPERED-TEXT I will pay double.',
      leads: 'bribe',
    },
  ],
  ways: {
    boat: {
      title: '',
      when: ['boat', 'ferry', 'cross'],
      aside: false,
      ending: true,
      steps: [
        { speaker: 'wenna', turn: 'There is one, if Tom will row.' },
        { speaker: 'tom', turn: '<role_thinking>Not for her</role_thinking>I row.' },
      ],
      chips: [],
    },
    bribe: {
      title: '',
      when: ['pay', 'money'],
      aside: false,
      ending: true,
      steps: [
        { speaker: 'tom', turn: '<role_thinking>Double, then</role_thinking>We leave now.' },
        {
          speaker: 'wenna',
          turn: '<role_thinking>WRONG-REASON he fears the tide</role_thinking>So eager, Tom?',
        },
      ],
      chips: [],
    },
  },
};

const closed = () => Promise.reject(new Error('this library is closed'));

export function smallLibrary(characters: readonly Character[] = defaultCast(), scenes = [HARBOUR]): Library {
  return {
    characters: () => characters,
    character: (id) => characters.find((character) => character.id === id),
    find: (text, limit) =>
      characters
        .filter((character) => character.name.toLowerCase().startsWith(text.toLowerCase()))
        .slice(0, limit),
    scenes: () => scenes,
    scene: (id) => scenes.find((scene) => scene.id === id),
    add: closed,
    card: () => Promise.resolve(undefined),
    save: closed,
    remove: closed,
    worlds: () => [],
    world: () => undefined,
    addWorld: closed,
    removeWorld: closed,
    problems: () => [],
    refresh: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

export function defaultCast(): Character[] {
  return [
    smallCharacter('wenna', 'Old Wenna'),
    smallCharacter('tom', 'Tom Reddick'),
    smallCharacter('ines', 'Ines'),
  ];
}
