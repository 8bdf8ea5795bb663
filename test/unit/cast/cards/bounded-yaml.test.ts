import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { parseYamlValue } from '../../../../src/cast/cards/bounded-yaml.ts';
import { readCard } from '../../../../src/cast/cards/read-card.ts';
import { writeCard } from '../../../../src/cast/cards/write-card.ts';

describe('texts may hold whatever signs they like', () => {
  test.each([
    ['a folded text far in', `a: >-\n${' '.repeat(300)}- x\n${' '.repeat(900)}y\n`],
    ['asterisks in a block', `a: |\n${'  *waves* [x]\n'.repeat(200)}`],
    ['brackets in a plain text', `a: x ${'[{'.repeat(300)}`],
    ['quoted signs', `a: "${'&*[{- '.repeat(200)}"\nb: '${'*['.repeat(200)}'`],
    ['many keys on one line', `a: {${Array.from({ length: 300 }, (_, n) => `k${n}: 1`).join(', ')}}`],
    ['many short lists', 'a:\n'.concat(...Array.from({ length: 500 }, (_, n) => `  - [${n}, {x: y}]\n`))],
  ])('%s', (_what, text) => {
    expect(parseYamlValue(text)).toHaveProperty('a');
  });
});

describe('what would take minutes is refused at once', () => {
  const deep = 'holds YAML that is nested more than 100 levels deep';
  const anchors = 'holds YAML that uses its anchors more than 20 times';
  const indented = Array.from({ length: 500 }, (_, n) => `${' '.repeat(n)}a:\n`).join('');

  test.each([
    ['open brackets', `a: ${'['.repeat(2000)}`, deep],
    ['lists in lists', `a:\n  ${'- '.repeat(2000)}`, deep],
    ['keys in keys', '? '.repeat(2000), deep],
    ['levels by indentation', indented, deep],
    ['anchors', 'k: &a x\n'.repeat(30), anchors],
    ['aliases', `a: &a [x]\n${'k: *a\n'.repeat(30)}`, anchors],
    ['short lines', 'a: 1\n'.repeat(40_000), 'holds YAML of more than 100,000 parts: bring it as JSON'],
  ])('%s', (_what, text, why) => {
    expect(() => parseYamlValue(text)).toThrow(why);
  });
});

test('a key that stands twice is told with its line', () => {
  expect(() => parseYamlValue('name: A\nx:\n  y: 1\n  y: 2\n')).toThrow(
    'holds broken YAML: the key `y` stands twice (line 4)',
  );
});

test('a backslash where none may stand, however many there are', () => {
  expect(() => parseYamlValue(`name: A\nx: "${'\\q'.repeat(200_000)}"`)).toThrow(
    'holds broken YAML: in a text in double quotation marks a backslash stands where none may',
  );
  expect(parseYamlValue('x: "\\x41\\u00e9\\U0001F600\\n\\\\ \\"\\\n  y"')).toEqual({ x: 'A\u00e9😀\n\\ "y' });
});

test('a mistake is told with its line', () => {
  expect(() => parseYamlValue('name: A\nx: [')).toThrow(/^holds broken YAML: .+ \(line 2\)$/);
});

test.each([
  ['a list', 'name: Ada\nx: &x [*x]'],
  ['an object', 'name: Ada\nx: &x {y: {z: *x}}'],
  ['the whole', '&x\nname: Ada\ny: *x'],
])('what holds itself can be written nowhere and is refused: %s', (_, text) => {
  expect(() => readCard(Buffer.from(text), 'ada.yaml')).toThrow('ada.yaml: holds YAML that contains itself');
});

test('what is used twice is there twice, and what JSON has no type for stays what it says', () => {
  const text = 'name: Ada\na: &a [1]\nb: *a\nc: !!set {x, y}\nd: !!timestamp 2020-01-01\ne: !!binary aGk=';
  const { card } = readCard(Buffer.from(text), 'ada.yaml');
  expect(JSON.parse(writeCard(card, 'v3')).data).toMatchObject({
    ...{ a: [1], b: [1], c: { x: null, y: null }, d: '2020-01-01', e: 'aGk=' },
  });
});
