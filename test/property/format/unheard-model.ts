/**
 * The rules of what the cast does not hear, slow and obvious: one flag a character, each rule looks
 * through the whole text again. Knows the signs that `player-line.test.ts` types, no more.
 */
export function heardWords(text: string): string[] {
  const hidden = new Array<boolean>(text.length).fill(false);
  const hide = (from: number, to: number) => hidden.fill(true, from, to);

  hidePairs(/[[［【]/y, /[\]］】]/y);
  hidePairs(/<(?:role_thinking| Role-Thinking )>/y, /<\/(?:role_thinking|thought)>/y);
  hideSpoilers();
  hideAsides();
  return [...text.matchAll(/w\d+w/g)].filter((word) => !hidden[word.index]).map(([word]) => word);

  /** Each closer takes the nearest opener before it that nothing has taken yet. */
  function hidePairs(opener: RegExp, closer: RegExp): void {
    const taken = new Set<number>();
    let last = 0;
    for (let at = 0; at < text.length; at++) {
      const close = lengthOf(closer, at);
      if (close === 0) continue;
      let from = at - 1;
      while (from >= 0 && (lengthOf(opener, from) === 0 || taken.has(from))) from--;
      if (from >= 0) {
        taken.add(from);
        hide(from, at + close);
      } else if (!isFace(at)) {
        hide(Math.max(startOfLine(at), last), at + close);
      }
      last = at + close;
    }
    for (let at = 0; at < text.length; at++) {
      const open = lengthOf(opener, at);
      if (open > 0 && !taken.has(at) && !isSad(at, open)) hide(at, endOfLine(at));
    }
  }

  function hideSpoilers(): void {
    let at = text.indexOf('||');
    while (at >= 0) {
      const close = text.indexOf('||', at + 3);
      if (close < 0) break;
      hide(at, close + 2);
      at = text.indexOf('||', close + 2);
    }
    while (at >= 0) {
      let end = at;
      while (text[end] === '|') end++;
      const isOr = isBlank(end) && text.slice(startOfLine(at), at).trim() !== '';
      if (!isOr) hide(at, endOfLine(at));
      at = isOr ? text.indexOf('||', end) : -1;
    }
  }

  /** The innermost aside that is closed goes first; single brackets within are spent as they close. */
  function hideAsides(): void {
    const open: { at: number; end: number; inner: number }[] = [];
    let smile = -1;
    for (let at = 0, end = 0; at < text.length; at = end) {
      end = at + 1;
      const isOpen = '(（'.includes(text[at] ?? '');
      const isClose = ')）'.includes(text[at] ?? '');
      if (!isOpen && !isClose) continue;
      while (end < text.length && (isOpen ? '(（' : ')）').includes(text[end] ?? '')) end++;
      let run = end - at;
      const top = open.at(-1);
      if (isOpen && run > 1) open.push({ at, end, inner: run - 2 });
      else if (isOpen && top && !isFace(at)) top.inner++;
      else if (isClose && !top && run > 1) {
        if (smile >= 0) hide(smile, end);
        smile = -1;
      } else if (isClose) {
        for (let last = open.at(-1); last && run >= last.inner + 2; last = open.at(-1)) {
          run -= last.inner + 2;
          hide(last.at, end);
          open.pop();
          smile = isFace(at) ? end : -1;
        }
        const within = open.at(-1);
        if (within) within.inner = Math.max(0, within.inner - run);
      }
    }
    for (const { at, end } of open) {
      if (text.slice(0, at).trim() === '') hide(at, text.length);
      else if (!isSad(at, end - at)) hide(at, endOfLine(at));
    }
  }

  function lengthOf(sign: RegExp, at: number): number {
    sign.lastIndex = at;
    return sign.exec(text)?.[0].length ?? 0;
  }

  function isFace(at: number): boolean {
    return text[at - 1] === ':';
  }

  function isSad(at: number, length: number): boolean {
    return at > 0 && !isBlank(at - 1) && isBlank(at + length);
  }

  function isBlank(at: number): boolean {
    return (text[at] ?? ' ').trim() === '';
  }

  function startOfLine(at: number): number {
    return text.lastIndexOf('\n', at - 1) + (at === 0 ? 0 : 1);
  }

  function endOfLine(at: number): number {
    const end = text.indexOf('\n', at);
    return end < 0 ? text.length : end;
  }
}
