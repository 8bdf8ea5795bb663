/** What of a text goes and comes, in one stretch of whole words; `same` before it and `rest` after it stay. */
export type Difference = {
  readonly same: string;
  readonly gone: string;
  readonly added: string;
  readonly rest: string;
};

export function differenceOf(before: string, after: string): Difference {
  const old = wordsOf(before);
  const now = wordsOf(after);
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  return {
    same: old.slice(0, head).join(''),
    gone: old.slice(head, old.length - tail).join(''),
    added: now.slice(head, now.length - tail).join(''),
    rest: old.slice(old.length - tail).join(''),
  };
}

/** Words and what is between them; together the whole text. */
function wordsOf(text: string): string[] {
  return text.split(/(\s+)/u).filter((piece) => piece !== '');
}
