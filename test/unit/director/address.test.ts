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
