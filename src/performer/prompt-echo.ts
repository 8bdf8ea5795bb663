/**
 * A guard against a model that reads its instructions aloud: small ones continue the prompt instead
 * of playing. The character never spoke those words, so the draft is thrown away.
 */
export type EchoGuard = (visible: string) => boolean;

// Five words in a row are hardly ever shared by accident; instructions are worded unlike speech.
const WORDS_IN_A_ROW = 5;

/**
 * @param instructions fixed texts of the prompt: rules, reminders; nothing of the character's own
 * @param name whose turn the reminder announces: a line that begins so is an echo by itself
 * @returns true where a text repeats the instructions
 */
export function createEchoGuard(instructions: readonly string[], name: string): EchoGuard {
  const runs = new Set(instructions.flatMap((text) => runsOf(wordsOf(text))));
  const announcement = wordsOf(`${name}’s turn`).join(' ');
  return (visible) =>
    visible.split('\n').some((line) => `${wordsOf(line).join(' ')} `.startsWith(`${announcement} `)) ||
    runsOf(wordsOf(visible)).some((run) => runs.has(run));
}

function runsOf(words: readonly string[]): string[] {
  const runs: string[] = [];
  for (let at = 0; at + WORDS_IN_A_ROW <= words.length; at += 1) {
    runs.push(words.slice(at, at + WORDS_IN_A_ROW).join(' '));
  }
  return runs;
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/['’]/g, '')
    .split(/[^\p{L}\p{N}_]+/u)
    .filter(Boolean);
}
