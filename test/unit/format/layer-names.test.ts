import { describe, expect, test } from 'vitest';
import {
  isOwnName,
  isPrefixOfTagName,
  kindOfKnownName,
  kindOfName,
  resemblesHiddenTag,
  slipsBetween,
  tagNameOf,
} from '../../../src/format/layer-names.ts';

test('a name is the same in all its spellings', () => {
  for (const spelling of [
    'role_thinking',
    'Role-Thinking',
    'roleThinking',
    'ROLE THINKING',
    'role . thinking',
    'rôle_thinking',
    'ｒｏｌｅ＿ｔｈｉｎｋｉｎｇ',
    'rоle_thinking',
    'ro\u200ble·thinking',
  ])
    expect(tagNameOf(spelling)).toBe('rolethinking');
});

describe('what a name says of its content', () => {
  test.each<[string, string]>([
    ['plan', 'systemthinking st think reasoning analysis plan cot 思考'],
    ['musing', 'thinking thought thoughts musing'],
    ['thought', 'rolethinking rt innermonologue 内心 мысли pensees'],
    ['action', 'roleaction action act ra 动作 accion'],
    ['speech', 'rolespeech speech say response rs 对话'],
    ['token', 's eos imstart imend endoftext inst systemprompt'],
    ['unknown', 'notes character div weather rolactn'],
    // A slip or two.
    ['plan', 'systmthinking sytsemthinking sistemthinkng'],
    ['thought', 'rolethnking roelthinking orlethinkng'],
    ['action', 'roleacton roelaction roleactionz'],
    ['speech', 'rolespech rolesepech'],
    // They only resemble a hidden layer: that is enough.
    ['plan', 'sysfoo reasons deepanalysis reflections myplanning scratch internals innerx'],
    ['thought', 'rolefoo roleplan'],
    ['musing', 'mythinking afterthoughts monologues amusings'],
  ])('%s: %s', (kind, names) => {
    for (const name of names.split(' ')) expect(kindOfName(tagNameOf(name)), name).toBe(kind);
  });

  test('is known letter by letter, or not at all', () => {
    expect(kindOfKnownName('rolethinking')).toBe('thought');
    expect(kindOfKnownName('rolethnking')).toBeUndefined();
  });

  test('tells the names of the format from tokens and the unknown', () => {
    for (const name of ['think', 'rolethnking', 'say']) expect(isOwnName(name)).toBe(true);
    for (const name of ['imstart', 's', 'notes']) expect(isOwnName(name)).toBe(false);
  });

  test('may be told by its first letters', () => {
    for (const start of ['', 'r', 'rolethin', 'systemthinking', '内'])
      expect(isPrefixOfTagName(start)).toBe(true);
    for (const start of ['x', 'rolethinkings', 'olethinking']) expect(isPrefixOfTagName(start)).toBe(false);
  });
});

test.each<[string, string, number]>([
  ['abc', 'abc', 0],
  ['', 'abc', 3],
  ['abc', '', 3],
  ['abc', 'abxc', 1],
  ['abxc', 'abc', 1],
  ['abc', 'axc', 1],
  ['abcd', 'abdc', 1],
  ['ab', 'ba', 1],
  ['xa', 'yx', 2],
  ['abcdef', 'badcfe', 3],
  ['abc', 'cab', 2],
  ['abcd', 'acbx', 2],
  ['aab', 'aba', 1],
  ['axb', 'bxa', 2],
  ['kitten', 'sitting', 3],
])('slips from %j to %j: %i', (a, b, slips) => {
  expect(slipsBetween(a, b)).toBe(slips);
  expect(slipsBetween(b, a)).toBe(slips);
});

test('letters beside a stray bracket may be what is left of a hidden tag', () => {
  for (const text of [
    'role_thnkng>',
    '<sstm_thinkng',
    '<xthinkx',
    'thought>',
    '<rlthking',
    'sxystemtxhinkingxx>',
    '<ｒｏｌｅ＿ｔｈｎｋｎｇ',
  ])
    expect(resemblesHiddenTag(text), text).toBe(true);
  for (const text of [
    'role_action>',
    '<rolespeech',
    '<good_day',
    'rolehin>',
    'systemtxhinxxxxxxxxxx>',
    '<lethin',
  ])
    expect(resemblesHiddenTag(text), text).toBe(false);
});
