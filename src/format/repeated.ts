/**
 * Characters of a run of words that nobody repeats by accident: some eight words, or sixteen signs of a
 * script that writes whole words in one. In published dialogue (178 lines with thoughts) the longest run
 * that a thought shares with what its thinker says or does is three words.
 */
const RUN = 40;
const RUN_OF_SIGNS = 16;

/** A plan rehearses what will be said, in part word for word: there it takes more. */
const RUN_OF_PLAN = 80;
const RUN_OF_PLANNED_SIGNS = 32;

const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+/gu;
const SIGN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

// What a plan means to have said: quotations, drafts in tags, and what follows such a label on its line.
const REHEARSED =
  /["“„«「][^"”“»」]*["”“»」]|<(role_\w+|speech)>[\s\S]*?<\/\1>|(?<=<\/role_\w+>)[^<\n]*|^\W{0,4}(?:\w+ )?(?:draft|speech|says?|dialogue|line|reply|response|answer|action|final|output)\W{0,4}[:：][^\n]*/gimu;

/**
 * Whether visible text repeats a long stretch of what its speaker thought.
 *
 * @param heard what they heard of late: who thinks it over may say it again
 */
export function repeatsThought(visible: string, thought: string, heard: string): boolean {
  return repeats(visible, thought, heard, RUN, RUN_OF_SIGNS);
}

/** The same of a plan, but for what that rehearses. */
export function repeatsPlan(visible: string, plan: string, heard: string): boolean {
  return repeats(visible, plan.replace(REHEARSED, '\n'), heard, RUN_OF_PLAN, RUN_OF_PLANNED_SIGNS);
}

/** In one pass over each text: runs are looked for where a hidden word begins. */
function repeats(visible: string, hidden: string, heard: string, run: number, runOfSigns: number): boolean {
  const length = SIGN.test(hidden) ? runOfSigns : run;
  const [shown, kept] = [words(visible), words(hidden)];
  const runs = new Set<string>();
  for (const at of kept.starts) {
    if (at + length <= kept.text.length) runs.add(kept.text.slice(at, at + length));
  }
  const found = shown.starts.map((at) => shown.text.slice(at, at + length)).filter((part) => runs.has(part));
  if (found.length === 0) return false;
  const known = words(heard).text;
  return found.some((part) => !known.includes(part));
}

/** Words alone, a blank between two, and where each begins. */
function words(text: string): { readonly text: string; readonly starts: readonly number[] } {
  const starts: number[] = [];
  let plain = '';
  for (const [word] of text.toLowerCase().replace(/['’]/gu, '').matchAll(WORD)) {
    starts.push(plain.length);
    plain += SIGN.test(word) ? word : `${word} `;
  }
  return { text: plain, starts };
}
