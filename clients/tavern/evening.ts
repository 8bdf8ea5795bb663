/** Card ids of the tavern’s three, as the stage knows them. */
export const CAST = ['bess-harrow', 'tobin-reed', 'sela-marsh'] as const;

export const SETTING =
  'The Lantern, a tavern at a river crossing. Rain on the shutters, one lamp over the bar, a fire that smokes.';

/** What the game can show. Of an action in a line the stage says which of them it is. */
export const ANIMATIONS = [
  { name: 'wipe', means: 'wipes the bar' },
  { name: 'pour', means: 'fills a mug, pours' },
  { name: 'count', means: 'counts the mugs' },
  { name: 'drink', means: 'drinks, smiles into his mug' },
  { name: 'nod', means: 'nods' },
  { name: 'shake-head', means: 'shakes head' },
  { name: 'guard', means: 'pulls satchel closer' },
  { name: 'stand', means: 'stands up' },
  { name: 'point', means: 'points at the door' },
  { name: 'look', means: 'looks at the door' },
  { name: 'light', means: 'lights the lamp' },
] as const;

/** Something of the evening: in the world of the game, or said by its player; and who takes a turn upon it. */
export type Happening =
  | { readonly event: string; readonly witnesses: readonly string[]; readonly answer: readonly string[] }
  | { readonly say: string };

/** The game knows who saw what; the stage keeps it in their minds. */
export const EVENING: readonly Happening[] = [
  {
    event: 'The door bangs open, rain blows in, and a stranger shakes out a wet hat.',
    witnesses: ['everyone'],
    answer: ['bess-harrow', 'sela-marsh'],
  },
  // Behind her back, and the courier looks at the door: the ferryman alone knows of it from here on.
  {
    event: 'A mug slides off the bar behind Bess and breaks on the flagstones.',
    witnesses: ['tobin-reed'],
    answer: ['tobin-reed'],
  },
  {
    event: 'The stranger’s hand moves to the strap of the satchel under the table.',
    witnesses: ['sela-marsh', 'player'],
    answer: ['sela-marsh'],
  },
  { say: 'Did anybody see anything?' },
  {
    event: 'The lamp over the bar flickers and goes out, and the room is dark.',
    witnesses: ['everyone'],
    answer: ['bess-harrow'],
  },
];
