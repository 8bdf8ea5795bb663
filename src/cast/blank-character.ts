import type { Character } from './character.ts';

/** A character of which nothing is known but its name: for what is no card, a record of a data set or a seed. */
export function blankCharacter(id: string, name: string): Character {
  return {
    id,
    name,
    aliases: [],
    description: '',
    personality: '',
    motivation: '',
    background: '',
    relations: '',
    manner: '',
    publicSheet: '',
    scenario: '',
    greeting: '',
    alternateGreetings: [],
    groupGreetings: [],
    examples: [],
    declines: [],
    book: { id: 'card', name: '', entries: [], recursive: false },
    talkativeness: 0.5,
    tags: [],
    note: '',
    creator: '',
    creatorNotes: '',
    source: 'own',
  };
}
