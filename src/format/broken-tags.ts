import { isPrefixOfTagName, kindOfName, tagNameOf } from './layer-names.ts';
import type { Fault } from './parsed-turn.ts';
import type { Tag } from './tag-scanner.ts';

const OWN_NAME = '(?:long[\\s_-]?)?(?:role|system)[\\s_-]?(?:think(?:ing)?|thoughts?|actions?|speech)';
// `<role_thinking I fear him`, and `/role_thinking>` or `role_thinking>` without the bracket before.
const WITHOUT_CLOSE = new RegExp(`^<[\\s\\\\]*([/\\\\]?)\\s*(${OWN_NAME})(?!\\p{L})`, 'iu');
const WITHOUT_OPEN = new RegExp(
  `(?:(/)\\s*|(?<!\\p{L}))(${OWN_NAME}|(?<=/\\s*)think(?:ing)?)[\\s/\\\\|]*>$`,
  'iu',
);
const LONGEST = 48;

/**
 * Finds what the scanner leaves: tags that lost one of their brackets, and HTML comments, which
 * hide what they hold. Bounded looks around every bracket that belongs to no tag, so linear.
 */
export function repairTags(text: string, tags: readonly Tag[], faults: Set<Fault>): readonly Tag[] {
  const repaired: Tag[] = [];
  let lost = false;
  let pos = 0;
  let i = 0;
  // Where the next comment ends; looked for once, and again when it is passed.
  let commentEnd = -1;
  let opens = text.indexOf('<');
  let closes = text.indexOf('>');
  for (;;) {
    if (opens >= 0 && opens < pos) opens = text.indexOf('<', pos);
    if (closes >= 0 && closes < pos) closes = text.indexOf('>', pos);
    const bracket = opens < 0 ? closes : closes < 0 ? opens : Math.min(opens, closes);
    const tag = tags[i];
    if (tag && (bracket < 0 || tag.from <= bracket)) {
      if (tag.from >= pos) repaired.push(tag);
      pos = Math.max(pos, tag.to);
      i++;
      continue;
    }
    if (bracket < 0) break;
    if (text.startsWith('<!--', bracket) && commentEnd < bracket + 4)
      commentEnd = endOfComment(text, bracket + 4);
    const found =
      bracket === opens ? readOpening(text, bracket, commentEnd) : readClosing(text, pos, bracket);
    for (const each of found) {
      repaired.push(each);
      lost = true;
    }
    pos = Math.max(bracket + 1, found.at(-1)?.to ?? 0);
  }
  if (lost) faults.add('tag-variant');
  return lost ? repaired : tags;
}

/** The end of a comment that begins before `from`, or the end of the text. */
function endOfComment(text: string, from: number): number {
  const end = text.indexOf('-->', from);
  return end < 0 ? text.length : end;
}

function readOpening(text: string, at: number, commentEnd: number): Tag[] {
  if (text.startsWith('<!--', at)) {
    const open = tagAt(at, at + 4, 'comment', false);
    return commentEnd >= text.length ? [open] : [open, tagAt(commentEnd, commentEnd + 3, 'comment', true)];
  }
  if (!/[\s/\\lrs]/i.test(text[at + 1] ?? '')) return [];
  const match = WITHOUT_CLOSE.exec(text.slice(at, at + LONGEST));
  if (!match?.[2]) return [];
  return [tagAt(at, at + match[0].length, tagNameOf(match[2]), match[1] !== '')];
}

function readClosing(text: string, pos: number, at: number): Tag[] {
  if (!/[\s/\\|gkthns]/i.test(text[at - 1] ?? '')) return [];
  const from = Math.max(pos, at - LONGEST);
  const match = WITHOUT_OPEN.exec(text.slice(from, at + 1));
  if (!match?.[2]) return [];
  return [tagAt(from + match.index, at + 1, tagNameOf(match[2]), match[1] === '/')];
}

function tagAt(from: number, to: number, name: string, close: boolean): Tag {
  const kind = name === 'comment' ? 'plan' : kindOfName(name);
  return { from, to, name, kind, close, selfClosing: false, soft: false, canonical: false };
}

/** Where the text ends if it stops in the middle of a tag (`… <role_thin`), else its length. */
export function endBeforeCutOffTag(text: string, faults: Set<Fault>): number {
  const tail = text.slice(-LONGEST);
  const match = /(?:[<＜]|&lt?(?:;|$)|[[{](?=\/?(?:role|system)))([^<>＞&]*)$/iu.exec(tail);
  if (!match) return text.length;
  const rest = (match[1] ?? '').replace(/^[\s/\\|]+/, '');
  if (!isPrefixOfTagName(tagNameOf(rest))) return text.length;
  faults.add('tag-cut-off');
  return text.length - match[0].length;
}
