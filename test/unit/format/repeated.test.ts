import { describe, expect, test } from 'vitest';
import { repeatsPlan, repeatsThought } from '../../../src/format/repeated.ts';

// Forty characters, each word with its blank: just enough.
const FORTY = 'yesterday messenger delivered envelopes';

describe('who says their thought aloud', () => {
  test.each<[string, string, string]>([
    ['from the first word to the last', FORTY, FORTY],
    ['in the midst of both', `I swear: ${FORTY}; all lost!`, `He must not know that ${FORTY}, or does he?`],
    ['in capitals, with other marks', `“${FORTY.toUpperCase().replaceAll(' ', ', ')}!”`, FORTY],
    [
      'with apostrophes of another make',
      'I don’t know whether Mary’s mother can’t come',
      "I don't know whether Marys mother can't come",
    ],
    [
      'over several lines',
      'The letter\nlies\n\nunder the third board of the pier',
      'the letter lies under the third board of the pier',
    ],
    [
      'and figures',
      'at 10, at 11, at 12, at 13, at 14, at 15, at 16',
      'at 10 at 11 at 12 at 13 at 14 at 15 at 16',
    ],
    [
      'in Chinese, from any sign on',
      '唉，不知道那封信藏在哪里我今晚就要把',
      '他不知道那封信藏在哪里，我今晚就要把它烧掉',
    ],
    [
      'in hiragana',
      'ねえ、よるあのてがみをもやしてしまったの',
      'きのうのよるあのてがみをもやしてしまったのに',
    ],
    [
      'in katakana',
      'アノ、ヨルアノテガミヲモヤシテシマッタノ',
      'キノウノヨルアノテガミヲモヤシテシマッタノニ',
    ],
  ])('%s', (_, visible, thought) => {
    expect(repeatsThought(visible, thought, '')).toBe(true);
  });

  test.each<[string, string, string]>([
    ['a little less than that', FORTY.slice(0, -1), FORTY.slice(0, -1)],
    ['the same words in another order', 'envelopes delivered messenger yesterday, yes', FORTY],
    ['the end of a longer word', `quasi${FORTY}`, FORTY],
    [
      'no more than the last word',
      'He will burn it tonight.',
      'I know where it is, and I shall have it tonight.',
    ],
    ['fifteen signs', '不知道那封信藏在哪里我今晚就要', '他不知道那封信藏在哪里，我今晚就要把它烧掉'],
    ['nothing, where nothing was thought', FORTY, ''],
    ['nothing, where nothing is said', '', FORTY],
  ])('does not: %s', (_, visible, thought) => {
    expect(repeatsThought(visible, thought, '')).toBe(false);
  });

  test('may say what was said to them, and nothing else that they thought', () => {
    const secret = 'I burned the other one myself, in the kitchen, at night';
    const thought = `So he says that ${FORTY}. ${secret}.`;
    const heard = `Tobin: ${FORTY}, I tell you.`;
    expect(repeatsThought(`You say, ${FORTY}?`, thought, heard)).toBe(false);
    expect(repeatsThought(`You say, ${FORTY}? ${secret}!`, thought, heard)).toBe(true);
    expect(repeatsThought(secret, thought, heard)).toBe(true);
  });
});

const LINE =
  'Three miles in the mud, sir, and nobody in this house has thanked the mud for it as I should have liked.';

describe('who reads the plan aloud', () => {
  test('does so in a long stretch of it', () => {
    expect(repeatsPlan(LINE, `She is tired. ${LINE} That will do.`, '')).toBe(true);
    expect(repeatsPlan(LINE.slice(0, 70), `She is tired. ${LINE}`, '')).toBe(false);
    expect(repeatsPlan('', '', '')).toBe(false);
  });

  test.each([
    ['quoted', `“${LINE}”`],
    ['quoted straight', `"${LINE}"`],
    ['quoted low', `„${LINE}“`],
    ['quoted in angles', `«${LINE}»`],
    ['quoted in corners', `「${LINE}」`],
    ['in tags', `then <role_action>${LINE}</role_action> and sits`],
    ['in tags, over two lines', `<speech>${LINE.replace(', and', ',\nand')}</speech>`],
    ['behind a tag', `then <role_action>sits</role_action>${LINE}\nand waits`],
    ['behind a label', `Draft: ${LINE}`],
    ['behind a label of two words', `Her reply: ${LINE}`],
    ['behind a marked label', `- **Speech:** ${LINE}`],
    ['behind a label that is marked in itself', `**Dialogue**： ${LINE}`],
    ['behind a verb', `Says: ${LINE}`],
    ['behind a command', `say: ${LINE}`],
  ])('may say what it rehearses, %s', (_, rehearsed) => {
    expect(repeatsPlan(LINE, `She is tired.\n${rehearsed}\nThat will do.`, '')).toBe(false);
  });

  test.each([
    ['a label that stands in a sentence', `Now to her draft: ${LINE}`],
    ['another label', `Motive: ${LINE}`],
    ['a label a line above', `Draft:\n${LINE}`],
    ['a label without its colon', `Draft ${LINE}`],
    ['other tags', `<b>${LINE}</b>`],
    ['a quotation before it', `“Yes.” ${LINE}`],
    ['a quotation behind it', `${LINE} “Yes.”`],
    ['a tag before it, on its own line', `<role_action>sits</role_action>\n${LINE}`],
  ])('may not say what it does not rehearse: %s', (_, planned) => {
    expect(repeatsPlan(LINE, `She is tired.\n${planned}\nThat will do.`, '')).toBe(true);
  });

  test('may say again what they heard', () => {
    expect(repeatsPlan(LINE, `She quotes him. ${LINE}`, `Tobin: ${LINE}`)).toBe(false);
  });
});
