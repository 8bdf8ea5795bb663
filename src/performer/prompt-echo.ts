/**
 * A guard against a model that reads its prompt aloud, instructions or private pages: small ones
 * continue the prompt instead of playing. The character never spoke those words, so the draft is
 * thrown away.
 */
export type EchoGuard = (visible: string) => boolean;

// Five words in a row are hardly ever shared by accident; instructions are worded unlike speech.
const WORDS_IN_A_ROW = 5;

// "Ines’s turn." at the start of a line is the reminder's announcement, whoever is named in it.
const ANNOUNCEMENT = /^\W*(?:\p{Lu}\S*\s+){0,3}\p{Lu}\S*['’]s turn\b/mu;

/**
 * @param instructions texts of the prompt that nobody says: rules, reminders, what the character would not say
 * @returns true where a text repeats the instructions
 */
export function createEchoGuard(instructions: readonly string[]): EchoGuard {
  const runs = new Set(instructions.flatMap((text) => runsOf(wordsOf(text))));
  return (visible) => ANNOUNCEMENT.test(visible) || runsOf(wordsOf(visible)).some((run) => runs.has(run));
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
