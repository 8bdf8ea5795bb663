import { describe, expect, test } from 'vitest';
import { findAddressed } from '../../../src/director/address.ts';

const cast = [
  { id: 'elizabeth', names: ['Elizabeth Bennet', 'Elizabeth', 'Bennet', 'Lizzy'] },
  { id: 'darcy', names: ['Mr. Darcy', 'Darcy'] },
  { id: 'bennet', names: ['Mr. Bennet', 'Bennet'] },
];

describe('who a line calls', () => {
  test.each([
    ['Mr Darcy, a word?', ['darcy']],
    ['elizabeth! DARCY!', ['elizabeth', 'darcy']],
    ['What do you say, Mr. Bennet?', ['bennet']],
    ['Lizzy’s book is on the chair', ['elizabeth']],
    ['Bennet, come here', []],
    ['I like darcyish manners', []],
    ['Good evening to you all', []],
    ['Darcy? Darcy! Mr. Darcy.', ['darcy']],
  ])('%j', (text, expected) => {
    expect(findAddressed(text, cast)).toEqual(expected);
  });
});

describe('a name in a script without spaces between words', () => {
  const cast = [
    { id: 'tom', names: ['トム', 'Tom'] },
    { id: 'lin', names: ['林黛玉', '黛玉'] },
    { id: 'jun', names: ['준호'] },
    { id: 'zoe', names: ['Zoë'] },
  ];
  test.each([
    ['トムさん、船は?', ['tom']],
    ['Tomさん', ['tom']],
    ['トムソンはどこ', []],
    ['请问林黛玉在吗', ['lin']],
    ['준호는 어디 있어?', ['jun']],
    ['Zoe\u0308!', ['zoe']],
    ['Zoëlle', []],
  ])('%j', (text, expected) => {
    expect(findAddressed(text, cast)).toEqual(expected);
  });
});

test('who is called so in full is meant, whatever another card takes for an alias', () => {
  const cast = [
    { id: 'ines', name: 'Ines', names: ['Tom Reddick', 'Ines', 'Bennet'] },
    { id: 'tom', name: 'Tom Reddick', names: ['Tom Reddick', 'Reddick', 'Tom'] },
    { id: 'bennet', name: 'Mr. Bennet', names: ['Mr. Bennet', 'Bennet'] },
  ];
  expect(findAddressed('Tom Reddick, hello?', cast)).toEqual(['tom']);
  expect(findAddressed('Bennet, hello?', cast)).toEqual([]);
});

test('a name within a longer one is that of its bearer alone', () => {
  const cast = [
    { id: 'tom', names: ['Tom'] },
    { id: 'reddick', names: ['Tom Reddick'] },
  ];
  expect(findAddressed('Where is Tom Reddick?', cast)).toEqual(['reddick']);
  expect(findAddressed('Tom Reddick and Tom, come.', cast)).toEqual(['reddick', 'tom']);
});

test.each([
  ['is none where it is empty, or full stops alone', 'So. Then.', ['', ' . '], []],
  ['may end with a full stop', 'Then J. T. spoke.', ['J. T.'], ['one']],
  ['is none at the end of another word, whatever script is elsewhere', 'MaryJane と話す', ['Jane'], []],
  ['is none at the start of another word, to which an ending is put', 'Janetと話す', ['Jane'], []],
  ['is one with an ending put to it', 'Janeと話す', ['Jane'], ['one']],
])('a name %s', (_, text, names, expected) => {
  expect(findAddressed(text, [{ id: 'one', names }])).toEqual(expected);
});
