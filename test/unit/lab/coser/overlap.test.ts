import { describe, expect, test } from 'vitest';
import { bleu } from '../../../../src/lab/coser/bleu.ts';
import { rougeL } from '../../../../src/lab/coser/rouge-l.ts';
import { wordsOf } from '../../../../src/lab/coser/words-of.ts';

const A = 'Mara sets down the cup. A room, if you have one. The storm will not wait for me, nor I for it.';
const B =
  'Tobin: She hides something. A room is dear tonight. The storm will wait for nobody. Sets down the cup, she does.';
const C =
  'The tide was out. Old Perran coiled the rope and said nothing. Nothing at all was said by the two of them... until four.';

// Figures of the Python packages nltk 3.9 and rouge 1.0.1 for the same texts.
describe('BLEU as NLTK counts it', () => {
  test.each([
    ['the cup is on the table by the door', 'the cup was on the table by the window', 0.5133450480401704],
    ['a b c d e', 'a b c d e', 1],
    ['a b c d e f', 'f e d c b a', 1.821831989445342e-231],
    ['x y z', 'a b c', 0],
    ['the the the the the', 'the cat sat on the mat', 1.1862177682648818e-231],
    ['one two three four', 'zero one two three four five six seven', 0.36787944117144233],
    ['', 'a b', 0],
  ])('%s / %s', (text, reference, figure) => {
    const found = bleu(text.split(' ').filter(Boolean), reference.split(' '));
    expect(found).toBeCloseTo(figure, 12);
    if (figure > 0 && figure < 1e-9) expect(found / figure).toBeCloseTo(1, 9);
  });
});

describe('ROUGE-L as the package rouge counts it', () => {
  test.each([
    [A, B, 0.38095237595238096],
    [B, A, 0.38095237595238096],
    [A, C, 0.0952380902380955],
    [C, B, 0.0952380902380955],
    [A, A, 0.999999995],
  ])('%#', (text, reference, figure) => {
    expect(rougeL(text, reference)).toBeCloseTo(figure, 12);
  });

  test('of nothing there is none', () => {
    expect(rougeL('', A)).toBeUndefined();
    expect(rougeL('...', A)).toBeUndefined();
  });
});

test('words: marks stand alone, contractions in two, any script', () => {
  expect(wordsOf("He’s here; “don't” go... to St. Ives -- well-known, 3.5 miles")).toEqual(
    `he 's here ; “ do n't ” go ... to st . ives -- well-known , 3.5 miles`.split(' '),
  );
  expect(wordsOf('Grüße aus Köln!')).toEqual(['grüße', 'aus', 'köln', '!']);
});
