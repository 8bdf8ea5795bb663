/** What a good model finds of the ferry woman. */
export const SCAR = {
  quote: 'a broad woman of forty with a scar across her left palm',
  lacking: 'how she looks',
  add: 'She is a broad woman of forty, with a scar across her left palm.',
};
export const FAMILY = {
  quote: 'had belonged to the Rennicks for three generations',
  lacking: 'where she comes from',
  add: 'The Rennicks have had the ferry for three generations.',
};
export const CARRIED = {
  quote: 'had carried him over the river, in the fog, with the lantern out',
  lacking: 'what she did for him',
  add: 'One night in the fog she carried her brother Pell over the river after he had deserted.',
};
export const WANT = {
  quote: 'She let him win at dice, so that he would go on asking nothing',
  lacking: 'what she is afraid of',
  add: 'I want Haddow to go on asking nothing about Pell, so I let him win at dice.',
};
export const TURN = {
  quote: 'Corporal Haddow still drank at her table',
  lacking: 'how she is with Haddow',
  to: 'Any word of that brother of yours, Oda?',
  turn: [
    { thought: 'He asks for Pell again. I must lose two rounds' },
    { action: 'pushes the dice across the table' },
    { speech: 'Your throw, Corporal. You talk too much when you win.' },
  ],
};
