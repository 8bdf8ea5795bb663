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
  const known = instructions.map(runsIn);
  return (visible) =>
    ANNOUNCEMENT.test(visible) || runsOf(wordsOf(visible)).some((run) => known.some((runs) => runs.has(run)));
}

/** Rules are the same for every character: they are taken apart once. */
const taken = new Map<string, ReadonlySet<string>>();
const MOST_TAKEN = 64;

function runsIn(text: string): ReadonlySet<string> {
  const runs = taken.get(text) ?? new Set(runsOf(wordsOf(text)));
  // The newest stand last, the one that was not asked for longest goes.
  taken.delete(text);
  taken.set(text, runs);
  const [oldest] = taken.keys();
  if (taken.size > MOST_TAKEN && oldest !== undefined) taken.delete(oldest);
  return runs;
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
