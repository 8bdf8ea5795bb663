import { chance, pick } from '../../src/scene/chance.ts';

const PLANS = [
  'The visitor presses for an answer. She would not give it, not here; she would turn the question round and watch what it does to him.',
  'He has been insulted in front of others. Pride first, then curiosity. A short answer, a step back, no anger that anyone could name.',
];
const THOUGHTS = ['He cannot know of the letter', 'Let her wait for it', 'So that is what this visit is for'];
const ACTIONS = [
  'sets the cup down without a sound',
  'turns to the window',
  'closes the book over one finger',
];
const SPEECHES = [
  'I am sure it is as you say, and I am just as sure that you have not told me the half of it.',
  'The roads were worse last year. Nobody complained then.',
  'Ask me again when the others have gone.',
];

/**
 * Turns as HER writes them, about 1,100 characters each, so many bytes in all; `wide` ones hold text outside Latin-1,
 * which the engine keeps in two bytes a character.
 */
export function herTurns(bytes: number, wide: boolean): string[] {
  const turns: string[] = [];
  for (let left = bytes; left > 0; left -= Buffer.byteLength(turns.at(-1) ?? '')) {
    turns.push(herTurn(turns.length, wide));
  }
  return turns;
}

function herTurn(n: number, wide: boolean): string {
  const part = (texts: readonly string[], place: number) => pick(texts, 7, n, place) ?? '';
  const plan = Array.from({ length: 4 }, (_unused, line) => part(PLANS, line)).join(' ');
  const name = wide ? 'Мария' : 'Maria';
  const middle = chance(7, n, 9) < 0.5 ? `<role_thinking>${part(THOUGHTS, 5)}</role_thinking>` : '';
  return `<system_thinking>${plan}</system_thinking>${name}: <role_thinking>${part(THOUGHTS, 6)}${wide ? ' — ещё нет' : ''}</role_thinking><role_action>${part(ACTIONS, 7)}</role_action>${part(SPEECHES, 8)}${middle}<role_action>${part(ACTIONS, 10)}</role_action>${part(SPEECHES, 11)}`;
}
