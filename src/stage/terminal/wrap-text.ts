import { stripVTControlCharacters } from 'node:util';

/** Ideographs, kana, hangul and emoji take two columns. */
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/u;
const MARKS = /\p{M}/u;

/**
 * Breaks lines between words, so that none is wider than `columns`; a word that is longer than a line
 * is left whole. Styles take no width and go on in the next line.
 */
export function wrapText(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, columns))
    .join('\n');
}

function wrapLine(line: string, columns: number): string {
  let wrapped = '';
  let used = 0;
  for (const word of line.split(/(?<=\S)(?= )/u)) {
    const width = widthOf(word);
    if (used > 0 && used + width > columns) {
      const begun = word.trimStart();
      wrapped += `\n${begun}`;
      used = widthOf(begun);
    } else {
      wrapped += word;
      used += width;
    }
  }
  return wrapped;
}

function widthOf(styled: string): number {
  let width = 0;
  for (const letter of stripVTControlCharacters(styled)) {
    if (!MARKS.test(letter)) width += WIDE.test(letter) ? 2 : 1;
  }
  return width;
}
