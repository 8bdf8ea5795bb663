import type { Change } from './proposal.ts';

/** Lines around what changed that are shown as they were. */
const AROUND = 1;
/** Fields of more lines are compared from both ends alone. */
const MOST_LINES = 400;

/**
 * A change as a difference, line by line: `+` what is new, `-` what is gone, a space before what stays;
 * `…` where lines that stay are passed over. Of an example turn its cue stands before it.
 */
export function changeWords(change: Change): string {
  const lines = differences(linesOf(change.before), linesOf(change.after));
  const cue = change.to === undefined ? [] : [`  (${change.to})`];
  return [...cue, ...shortened(lines)].join('\n');
}

type Line = { readonly sign: ' ' | '+' | '-'; readonly text: string };

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(/\r\n?|\n/u);
}

function differences(before: readonly string[], after: readonly string[]): Line[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail += 1;
  }
  const same = (text: string): Line => ({ sign: ' ', text });
  return [
    ...before.slice(0, head).map(same),
    ...between(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(same),
  ];
}

/** By the longest common lines; of very long texts all of one and then all of the other. */
function between(before: readonly string[], after: readonly string[]): Line[] {
  if (before.length > MOST_LINES || after.length > MOST_LINES) {
    return [
      ...before.map((text): Line => ({ sign: '-', text })),
      ...after.map((text): Line => ({ sign: '+', text })),
    ];
  }
  // common[i][j]: how many lines the rests from i and j share.
  const common = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    const row = common[i];
    for (let j = after.length - 1; row && j >= 0; j -= 1) {
      row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: Line[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const old = before[i];
    const fresh = after[j];
    if (old !== undefined && old === fresh) {
      lines.push({ sign: ' ', text: old });
      i += 1;
      j += 1;
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ sign: '-', text: old });
      i += 1;
    } else if (fresh !== undefined) {
      lines.push({ sign: '+', text: fresh });
      j += 1;
    }
  }
  return lines;
}

function shortened(lines: readonly Line[]): string[] {
  const changed = lines.flatMap(({ sign }, index) => (sign === ' ' ? [] : [index]));
  const near = new Set(
    changed.flatMap((index) => Array.from({ length: 2 * AROUND + 1 }, (_, step) => index - AROUND + step)),
  );
  const shown: string[] = [];
  let passed = false;
  for (const [index, { sign, text }] of lines.entries()) {
    if (near.has(index)) shown.push(`${sign} ${text}`);
    else if (!passed) shown.push('  …');
    passed = !near.has(index);
  }
  return shown;
}
