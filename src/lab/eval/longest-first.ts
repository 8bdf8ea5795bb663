import type { CoserScene } from '../coser/scene.ts';

/**
 * The longest scenes first, so that none is left over at the end: what takes many turns in the reference
 * conversation takes many here, and of equals the one with more to read.
 */
export function longestFirst(scenes: readonly CoserScene[]): readonly CoserScene[] {
  const weight = ({ scenario, character_profiles }: CoserScene) =>
    scenario.length + Object.values(character_profiles).join('').length;
  return scenes.toSorted((a, b) => b.dialogues.length - a.dialogues.length || weight(b) - weight(a));
}
