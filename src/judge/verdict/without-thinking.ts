/** What stands behind the last thinking; nothing where that has no end. */
export function withoutThinking(answer: string): { readonly said: string; readonly isOver: boolean } {
  const end = [...answer.matchAll(/<\s{0,9}\/\s{0,9}think(?:ing)?\s{0,9}>/giu)].at(-1);
  const after = end ? answer.slice(end.index + end[0].length) : answer;
  const open = after.search(/<\s{0,9}think(?:ing)?\s{0,9}>/iu);
  return { said: open < 0 ? after : after.slice(0, open), isOver: open < 0 };
}
