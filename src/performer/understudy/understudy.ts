import type { Character } from '../../cast/character.ts';
import { expandMacros } from '../../cast/macros.ts';
import { isPlayerId } from '../../scene/beat.ts';
import { pick } from '../../scene/chance.ts';
import type { View, ViewEntry } from '../../scene/view.ts';
import { type Picked, pickLine } from './pick-line.ts';

export type UnderstudyOptions = {
  readonly character: Character;
  readonly view: View;
  readonly seed: number;
  /** Length of the log. */
  readonly beats: number;
  /** Stands for `{{user}}`. */
  readonly user: string;
};

/**
 * A turn without a model: a line of the card's own, in full HER format. It reads, it does not
 * think; the plan it writes says so, for whoever looks behind the scene.
 */
export function understudyTurn({ character, view, seed, beats, user }: UnderstudyOptions): string {
  const last = view.entries.findLast((entry) => !entry.own && SPOKEN.has(entry.kind));
  const said = last?.segments.map((segment) => segment.text).join(' ') ?? '';
  const byPlayer = isPlayerId(last?.speaker?.id ?? '');
  const picked = pickLine(character, view, said, byPlayer, seed, beats);
  const turn = expandMacros(picked.text, { char: character.nickname || character.name, user });
  const plan = /<system_thinking>/.test(turn) ? '' : planFor(picked, character.name, last?.speaker?.name);
  const thought = /<role_thinking>/.test(turn) ? '' : thoughtFor(character, seed, beats);
  return `${plan}${thought}${turn}`;
}

/** What can be answered; who comes and goes is not. */
const SPOKEN: ReadonlySet<ViewEntry['kind']> = new Set(['line', 'whisper', 'narration', 'event']);

/** What the world does where nobody can make it up: something small that fits anywhere. */
export function understudyNarration(seed: number, beats: number): string {
  return pick(AMBIENCE, seed, beats) ?? AMBIENCE[0];
}

function planFor({ from }: Picked, name: string, heard: string | undefined): string {
  const occasion = heard === undefined ? 'the scene opens' : `${heard} has just spoken`;
  const source = {
    example: `the line of ${name}’s card that answers it best`,
    decline: `no line of ${name}’s card answers it, so ${name} lets it pass`,
    gesture: `${name}’s card has nothing for it, so ${name} only makes a gesture`,
  }[from];
  return `<system_thinking>Read from a script, not made up: ${occasion}; ${source}.</system_thinking>`;
}

/** Cards from elsewhere carry no thoughts; one is made of what the card says of its nature. */
function thoughtFor(character: Character, seed: number, beats: number): string {
  const traits = character.personality
    .split(/[,;.\n]+/)
    .map((trait) => trait.trim())
    .filter((trait) => trait.length > 2 && trait.length <= 40 && !/[{<[]/.test(trait));
  const trait = pick(traits, seed, beats, 6);
  const thought =
    trait === undefined
      ? pick(MUSINGS, seed, beats, 6)
      : `They call me ${trait.toLowerCase()}. Let them see that much and no more`;
  return `<role_thinking>${thought ?? MUSINGS[0]}</role_thinking>`;
}

const MUSINGS = [
  'More than that I will not say yet',
  'Let us see what they make of it',
  'I have said less than I could',
] as const;

const AMBIENCE = [
  'Somewhere a board settles with a small crack, and the light shifts by a hair.',
  'A draught finds its way in and is gone again.',
  'For a moment there is only the sound of the place itself.',
  'Outside something passes, slowly, and does not stop.',
] as const;
