/** The state of a character’s AI: what a behaviour tree would branch on. */
export type Mood = 'calm' | 'wary' | 'scheming' | 'busy';

const SIGNS: readonly (readonly [Mood, RegExp])[] = [
  ['wary', /\b(?:watch|danger|follow\w*|trust|dark|back to the wall|hands)\b/i],
  ['scheming', /\b(?:worth|secret|nobody counts|could tell|fill the silence|buy)\b/i],
  ['busy', /\b(?:count|short|penny|paid|eleven|twelve|oil)\b/i],
];

/** Read from words of the thought, as simply as a demo may; without a sign they stay as they were. */
export function moodOf(thought: string, before: Mood): Mood {
  return SIGNS.find(([, sign]) => sign.test(thought))?.[0] ?? before;
}
