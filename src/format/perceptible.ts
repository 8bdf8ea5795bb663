import { glueBetween } from './tidy.ts';
import { findUnheard, type Stretch } from './unheard-stretches.ts';

/**
 * What the cast perceives of a text that a player typed: all of it but thoughts, spoilers and asides
 * (`findUnheard`), which are taken out with their marks. What stays reads as if they had never been
 * there: joined by one space, without emphasis or quotation marks that hold nothing any more. Of a
 * link `[label](https://…)` the label stays.
 */
export function perceptible(text: string): string {
  const plain = text.replace(LINK, '$1');
  const unheard = united(plain, findUnheard(plain));
  return without(plain, united(plain, withEmptiedMarks(plain, unheard)));
}

const LINK =
  /\[([^[\]\n]*)\]\([ \t]*<?(?:https?:\/\/|mailto:)[^\s()<>]{1,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,2000})*>?(?:[ \t]+(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'))?[ \t]*\)/g;

/** In order, without overlaps; stretches with only blanks between them are one. */
function united(text: string, stretches: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last && text.slice(last.to, from).trim() === '') {
      all[all.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    } else {
      all.push({ from, to });
    }
  }
  return all;
}

const PARTNERS = new Map(['**', '__', '~~', '``', '""', '“”', '‘’', '«»', '()'].map(([a, b]) => [a, b]));

/** Widens each stretch over the marks that hold nothing else: `*[…]*`, `"[…]"`, `> […]`. */
function withEmptiedMarks(text: string, stretches: readonly Stretch[]): Stretch[] {
  let end = 0;
  return stretches.map((stretch) => {
    let { from, to } = stretch;
    for (;;) {
      const near = Math.max(end, from - 16);
      const left = near + text.slice(near, from).search(/[ \t]*$/);
      const right = to + text.slice(to, to + 16).search(/[^ \t]|$/);
      const partner = PARTNERS.get(text.slice(end, left).slice(-1));
      if (partner === undefined || text[right] !== partner) break;
      if (!opens(text.slice(Math.max(end, left - 8), left)) || !closes(text.slice(right, right + 8))) break;
      from = left - 1;
      to = right + 1;
    }
    // The sign of a quotation or of a list, before nothing.
    if (/^[ \t]*(?:\n|$)/.test(text.slice(to))) {
      const before = text.slice(end, from);
      const line = before.slice(before.lastIndexOf('\n') + 1);
      if (/^[ \t>*+•-]*$/.test(line)) from -= line.length;
    }
    end = to;
    return { from, to };
  });
}

function without(text: string, stretches: readonly Stretch[]): string {
  const parts: string[] = [];
  let pos = 0;
  for (const [index, { from, to }] of stretches.entries()) {
    const before = text.slice(pos, from);
    pos = to + leadingBlanks(text.slice(to));
    const kept = before.trimEnd();
    parts.push(kept);
    if (pos === text.length || (kept === '' && index === 0)) continue;
    parts.push(seam(kept, before.slice(kept.length), text.slice(to, pos), text.slice(pos, pos + 8)));
  }
  parts.push(text.slice(pos));
  return parts.join('');
}

/** What stands between `left` and `right`, where blanks stood beside what was taken out. */
function seam(left: string, blankLeft: string, blankRight: string, right: string): string {
  const breaks = [blankLeft, blankRight].map((blank) => blank.split('\n').length - 1);
  const lines = Math.max(...breaks);
  if (lines > 0) return '\n'.repeat(lines);
  if (blankLeft === '' && opens(left.slice(-8))) return '';
  if (blankRight !== '') return ' ';
  return closes(right) ? '' : glueBetween(left, right);
}

/** Whether a text ends in a mark that belongs to what follows it. */
function opens(text: string): boolean {
  return /(?:^|[\s([{“‘«—–-])[*_~`"'|]+$|[([{“‘«]$/.test(text);
}

/** Whether a text begins with a mark that belongs to what stood before it. */
function closes(text: string): boolean {
  return /^(?:[*_~`"'|]+(?=$|[\s.,;:!?…)\]}”’»—–-])|[)\]}”’»])/.test(text);
}

function leadingBlanks(text: string): number {
  return text.length - text.trimStart().length;
}
