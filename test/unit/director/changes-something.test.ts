import { describe, expect, test } from 'vitest';
import { changesSomething } from '../../../src/director/changes-something.ts';

describe('an action that the world would answer', () => {
  test.each([
    'opens the door',
    'slowly pours the wine',
    'throws the letter into the fire',
    'lifts an eyebrow, then slams the book shut',
    'leaves by the cellar',
    'I open the window',
    'lights the lamp',
    'drags the table over',
  ])('%j', (text) => {
    expect(changesSomething([{ kind: 'action', text }])).toBe(true);
  });
});

test('something thrown at a head is thrown', () => {
  expect(changesSomething([{ kind: 'action', text: 'throws the lamp at her head' }])).toBe(true);
});

describe('one that it would not', () => {
  const ONE = 'eye lip brow eyebrow hand finger arm shoulder'.split(' ');
  const ONLY = 'mouth gaze glance look voice head chin smile grin breath silence laugh laughter'.split(' ');
  test.each([...ONE, ...ONE.map((word) => `${word}s`), ...ONLY])('moves no more than %s', (part) => {
    expect(changesSomething([{ kind: 'action', text: `drops ${part}` }])).toBe(false);
    expect(changesSomething([{ kind: 'action', text: `lifts  her own  ${part}` }])).toBe(false);
    expect(changesSomething([{ kind: 'action', text: `lifts ${part}er` }])).toBe(true);
  });

  test.each([
    'smiles a little',
    'drops her voice',
    'opens his mouth',
    'lifts an eyebrow',
    'looks at the open door',
    '',
  ])('%j', (text) => {
    expect(changesSomething([{ kind: 'action', text }])).toBe(false);
  });

  test('what is said, or thought, changes nothing', () => {
    const text = 'opens the door';
    expect(changesSomething([{ kind: 'speech', text }])).toBe(false);
    expect(changesSomething([{ kind: 'thought', text }])).toBe(false);
    expect(changesSomething([])).toBe(false);
  });

  test('a long one is read', () => {
    expect(changesSomething([{ kind: 'action', text: 'drops her voice '.repeat(4000) }])).toBe(false);
  });
});
