import { defuseTags } from '../../format/defuse-tags.ts';
import { createNames } from '../../format/labels.ts';
import { neutraliseLines, withoutTricks } from '../../format/neutralise.ts';

const NOBODY = createNames(undefined, []);

const MACRO = /\{\{[^{}]*\}\}/g;
// They stand for nothing, or a line break: what is on both sides of them meets.
const COMMENT = /\{\{\s*(?:\/\/|comment:)[^{}]*\}\}|\{\{\s*(?:noop|trim)\s*\}\}/gi;
const NEWLINE = /\{\{\s*newline\s*\}\}/gi;

/**
 * A card's text as it may stand in a prompt: it reads the same and forges nothing. Tags of the format and of
 * chat templates lose their brackets, headings and rules their signs, labels of the stage's voices become
 * quotations. Placeholders are kept; none of them can hide a sign, or the halves of a tag, until it is filled.
 * The card itself stays as it was written.
 */
export function cardText(text: string): string {
  const whole = text
    .replace(/<(bot|user)>/gi, (_, who: string) => (/^b/i.test(who) ? '{{char}}' : '{{user}}'))
    .replace(COMMENT, '')
    .replace(NEWLINE, '\n');
  const plain = neutraliseLines(withoutTricks(whole), NOBODY).trim();
  return plain.includes('{{') ? withPlainMacros(plain) : plain;
}

function withPlainMacros(text: string): string {
  const plain = text
    .replace(MACRO, (macro) =>
      macro
        .replace(/[<＜]/g, '‹')
        .replace(/[>＞]/g, '›')
        .replace(/[[\]#=*]/g, softened),
    )
    // A tag of which a macro is a part.
    .replace(/[<[＜](?=[^<>[\]\n]{0,80}\{\{[^<>[\]\n]{0,80}[>\]＞])/g, (sign, at: number, all: string) =>
      sign === '[' && !isOneWord(all.slice(at, at + 170)) ? sign : '‹',
    )
    .replace(/[<＜](?=\{\{)/g, '‹')
    .replace(/(?<=\}\})[>＞]/g, '›');
  const filled = plain.replace(MACRO, '');
  return defuseTags(filled) === filled ? plain : plain.replace(/[<[＜]/g, '‹').replace(/[>\]＞]/g, '›');
}

const SOFT: Readonly<Record<string, string>> = { '[': '‹', ']': '›', '#': '♯', '=': '–', '*': '∗' };

function softened(sign: string): string {
  return SOFT[sign] ?? sign;
}

/** Whether the square bracket at the beginning holds one word, as tags do. */
function isOneWord(text: string): boolean {
  return /^\[[^\s\]]*\]/.test(text.replace(MACRO, 'x'));
}
