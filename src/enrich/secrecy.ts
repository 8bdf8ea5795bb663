import { isSecret, sentencesOf } from './sentences.ts';

/** Over what stands under it: of one's own, whatever its sentences say. */
const OF_ONESELF =
  /^(?:(?:\p{L}+ )?(?:motivations?|motives?|goals?|aims?|desires?|wants|fears?|(?:inner )?thoughts|backstory|background|history|past|trauma|relationships?|relations)|(?:motivation|motive|ziele?|wünsche|ängste|gedanken|hintergrund|vergangenheit|beziehungen))$/iu;

/** What begins a part of a text. */
type Title = {
  readonly words: string;
  /** 1 to 6 of a heading; 7 of a label such as `Looks:`, 8 of one in a list. */
  readonly level: number;
  /** All up to the next title is of it; else its own paragraph. */
  readonly isAlone: boolean;
};

const LABEL_LEVEL = 7;
/** What follows in a line makes it no other title. Characters. */
const LONGEST_TITLE = 120;

/**
 * Takes out of a text what it calls a secret: such a sentence and those after it in its paragraph, which go
 * on about it, and all that stands under a title that says so, or that is of what nobody else knows.
 */
export function bySecrecy(text: string): { readonly open: string; readonly secret: string } {
  const open: string[] = [];
  const secret: string[] = [];
  let under: Title | undefined;
  let isTold = false;
  for (const line of unwrapped(text).split('\n')) {
    const title = titleOf(line);
    if (title && (!under || title.level <= under.level)) {
      under = isOfSecrets(title) ? title : undefined;
      isTold = false;
      if (title.words === '') continue;
    }
    if (line.trim() === '') {
      isTold = false;
      if (under && !under.isAlone) under = undefined;
    }
    const sentences = sentencesOf(line);
    const first = under || isTold ? 0 : sentences.findIndex(isSecret);
    if (first < 0) {
      open.push(line);
      continue;
    }
    isTold ||= !under;
    if (first > 0) open.push(sentences.slice(0, first).join(' '));
    secret.push(sentences.slice(first).join(' '));
  }
  return { open: open.join('\n').trim(), secret: secret.filter(Boolean).join('\n') };
}

function isOfSecrets({ words }: Title): boolean {
  return isSecret(words) || OF_ONESELF.test(words);
}

function titleOf(whole: string): Title | undefined {
  const line = whole.trim().slice(0, LONGEST_TITLE);
  const tag = /^‹(\/?)([\p{L}_ -]{2,40})›/u.exec(line);
  if (tag) return { words: tag[1] ? '' : (tag[2] ?? '').replaceAll('_', ' '), level: 1, isAlone: true };
  const heading = /^[*_> ]*([♯#]{1,6})\s*(.*?)[*_:： ]*$/u.exec(line);
  if (heading) return { words: heading[2] ?? '', level: (heading[1] ?? '').length, isAlone: true };
  const label =
    /^((?:[-•*+]|\d+[.)])\s+)?[*_[({"“> ]*([\p{L}’'/&-]+(?: [\p{L}’'/&-]+){0,3})[*_"” ]*[:：([=](.*)$/u.exec(
      line,
    );
  if (!label) return undefined;
  const [, listed, words = '', rest = ''] = label;
  const isAlone = !/[\p{L}\p{N}]/u.test(rest);
  return { words: words.trim(), level: listed ? LABEL_LEVEL + 1 : LABEL_LEVEL, isAlone };
}

/** Lines of a text that was cut to a width are one again: a sentence may go over many. */
function unwrapped(text: string): string {
  return text.replace(/(?<=[^\n]{40}[\p{L}\p{N}\p{Pd},;’”"')])\n(?=[\p{L}\p{N}“"‘'(])/gu, ' ');
}
