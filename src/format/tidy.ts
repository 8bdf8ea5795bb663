import { withoutInvisible } from './fold.ts';

// Anything but single spaces between printing characters.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNTIDY = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]| {2}/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const OTHER_BREAK = /[\r\u000b\u000c\u0085\u2028\u2029]/g;

/**
 * Every kind of line break as `\n`, in a text of the same length: lines are where labels and headings
 * stand, and places in the text must stay what they were.
 */
export function withPlainLineBreaks(text: string): string {
  return text.replace(OTHER_BREAK, (glyph, at: number) =>
    glyph === '\r' && text[at + 1] === '\n' ? ' ' : '\n',
  );
}

/**
 * Text as a segment holds it: no blanks at the ends, single spaces, at most one blank line, no
 * control characters, no half of a surrogate pair.
 */
export function tidy(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  if (!UNTIDY.test(whole)) return whole.trim();
  const lines = withPlainLineBreaks(whole)
    .replace(CONTROL, '')
    .split('\n')
    .map((line) => line.replace(/[ \t]+/g, ' ').trim());
  const kept: string[] = [];
  for (const line of lines) {
    if (line !== '' || (kept.length > 0 && kept.at(-1) !== '')) kept.push(line);
  }
  while (kept.at(-1) === '') kept.pop();
  return kept.join('\n');
}

const NOTHING_TO_READ = /^[\s*_~`|#<>\\=]*$/;

/** Whether there is anything to read: blanks and left-over marks are nothing. */
export function isEmpty(text: string): boolean {
  if (/[A-Za-z0-9]/.test(text)) return false;
  return NOTHING_TO_READ.test(text) || withoutInvisible(text).trim() === '';
}

const CLOSES = /^[.,;:!?…)\]}”’»。，、；：！？）】」』]/;
const DENSE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}。，、；：！？「」『』（）]/u;

/**
 * What stands between two texts of one kind when what was between them is taken out: never nothing
 * where words would be glued together, and no space before punctuation or between Chinese characters.
 */
export function glueBetween(before: string, after: string): '' | ' ' {
  if (CLOSES.test(after)) return '';
  return DENSE.test(before.slice(-1)) && DENSE.test(after.charAt(0)) ? '' : ' ';
}
