import type { Performance } from '../js/src/index.ts';
import { type Mood, moodOf } from './mood.ts';

type Step = Performance['steps'][number];

/** One character as the game has them: what they show now, what is still to show, and the state of their AI. */
export type Npc = {
  readonly id: string;
  readonly name: string;
  readonly animation: string;
  readonly subtitle: string;
  /** Frames for which both stay. */
  readonly left: number;
  readonly waiting: readonly Step[];
  readonly mood: Mood;
  /** Why: what they thought last. For the game’s AI and its makers, not for players. */
  readonly thought: string;
};

export const IDLE = 'idle';

export function createNpc(id: string, name: string): Npc {
  return { id, name, animation: IDLE, subtitle: '', left: 0, waiting: [], mood: 'calm', thought: '' };
}

/** A line of theirs is shown from the next frame on, behind what is still to show. */
export function perform(npc: Npc, { steps }: Performance): Npc {
  return { ...npc, waiting: [...npc.waiting, ...steps] };
}

/** What they thought is what they do next, in a game with more than a bar in it. */
export function think(npc: Npc, thought: string): Npc {
  return { ...npc, thought, mood: moodOf(thought, npc.mood) };
}

/** One frame later. */
export function tick(npc: Npc): Npc {
  if (npc.left > 1) return { ...npc, left: npc.left - 1 };
  const [step, ...waiting] = npc.waiting;
  if (!step) return { ...npc, left: 0, animation: IDLE, subtitle: '' };
  return 'animation' in step
    ? { ...npc, waiting, animation: step.animation, left: ANIMATION_FRAMES }
    : { ...npc, waiting, subtitle: step.subtitle, left: readingFrames(step.subtitle) };
}

export function isIdle({ left, waiting }: Npc): boolean {
  return left === 0 && waiting.length === 0;
}

const ANIMATION_FRAMES = 3;

/** As long as it takes to read, at four frames a second. */
function readingFrames(text: string): number {
  return Math.max(4, Math.ceil(text.split(/\s+/).length * 1.2));
}
