import { chance, pick } from '../../src/scene/chance.ts';
import { writeTurn } from '../prefix/lines.ts';

const TURN_TOKENS = 80;

/** Of those that name somebody, so many call them, the others only speak of them. */
const CALLING = 0.67;
/** Of the cast's lines, so many do something that the world would answer. */
const DEEDS = 0.05;
/** The player speaks before the cast is done, after one turn in so many. */
const BREAKS_IN = 0.2;

const ACTION = /<role_action>.*?<\/role_action>/;
const GESTURES = [
  'warms both hands and looks at neither of them',
  'listens to the stairs before going on',
  'rubs the window clear with a sleeve',
  'looks at the boots by the hearth, and then at nobody',
] as const;
const DEED = [
  'throws the shutter open and lets the rain in',
  'kicks the turf apart until it flares',
  'lifts the bar from the door and drops it on the flags',
] as const;

const CALLS = ['what do you say to that?', 'was it you?', 'tell them.', 'and where were you?'] as const;
const MENTIONS = ['would know.', 'said the same on Friday.', 'never liked it.'] as const;
const PLAYER_LINES = [
  'I was told to ask here and nowhere else.',
  'That is not the story they tell in the town.',
  'Then somebody had better begin at the beginning.',
  'I can wait. I have paid for the room.',
  'Whose boat is that, with the lamp out?',
] as const;
const NARRATIONS = [
  'The latch gives, and the draught lays the candle flat.',
  'Out beyond the bar something answers, once.',
  'The shutter swings back and lets the rain in over the sill.',
] as const;

/** What a script is written from: the same lines for the same seed, whoever speaks them. */
export type Script = {
  readonly seed: number;
  /** Of the lines, so many name somebody. */
  readonly naming: number;
  /** Who may be named. */
  readonly names: readonly string[];
};

/** The n-th line of the cast in HER format: some 80 tokens of it can be heard. */
export function castLine(n: number, script: Script, speaker: string): string {
  const { seed } = script;
  const gestures = chance(seed, n, 39) < DEEDS ? DEED : GESTURES;
  const line = writeTurn(seed, n, TURN_TOKENS).replace(
    ACTION,
    `<role_action>${pick(gestures, seed, n, 40)}</role_action>`,
  );
  return withName(line, n, script, speaker);
}

/** The n-th line of the player. */
export function playerLine(n: number, script: Script): string {
  return withName(pick(PLAYER_LINES, script.seed, n, 31) ?? '', -n, script);
}

/** The n-th answer of the Environment's model: what happens, and nobody comes or goes. */
export function narration(n: number, { seed }: Script): string {
  return JSON.stringify({ narration: pick(NARRATIONS, seed, n, 32), changes: [] });
}

/** Whether the player speaks up while the turn after the n-th is being made. */
export function breaksIn(n: number, { seed }: Script): boolean {
  return chance(seed, n, 33) < BREAKS_IN;
}

function withName(line: string, n: number, { seed, naming, names }: Script, speaker?: string): string {
  if (chance(seed, n, 34) >= naming) return line;
  const name = pick(
    names.filter((one) => one !== speaker),
    ...([seed, n, 35] as const),
  );
  const calls = chance(seed, n, 36) < CALLING;
  return calls
    ? `${line} ${name}, ${pick(CALLS, seed, n, 37)}`
    : `${line} ${name} ${pick(MENTIONS, seed, n, 38)}`;
}
