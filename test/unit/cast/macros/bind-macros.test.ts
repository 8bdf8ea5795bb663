import { describe, expect, test } from 'vitest';
import { bindMacros } from '../../../../src/cast/macros/bind-macros.ts';
import type { MacroNames } from '../../../../src/cast/macros/macro-names.ts';
import { macrosOf } from '../../../../src/cast/macros/macros-of.ts';
import { smallCharacter } from '../../../support/small-library.ts';

const NAMES: MacroNames = { char: 'Ines', user: 'Tom', seed: 7, speaker: 'ines' };

const fill = (text: string, more: Partial<MacroNames> = {}) => bindMacros({ ...NAMES, ...more })(text);

test.each([
  ['{{char}} greets {{user}}.', 'Ines greets Tom.'],
  ['{{ Char }}, {{USER}}, {{bot}}', 'Ines, Tom, Ines'],
  ['<BOT>, <char> and <user>', 'Ines, Ines and Tom'],
  ['{{{char}}} {{{{char}}}}', '{Ines} {{Ines}}'],
  ['a{{newline}}b{{noop}}c{{original}}d', 'a\nbcd'],
  ['a\n\n{{trim}}\r\n\nb', 'ab'],
  ['{{trim}}\n a', ' a'],
  ['A{{// a note, {{char}} in it}}B{{//x}}C{{comment: another}}D', 'ABCD'],
  ['{{hidden_key:tea}}Hot.', 'Hot.'],
  ['{{reverse:abc🦊}} {{reverse:{{char}}}}', '🦊cba senI'],
  ['{{getvar::a}}{{setvar::a::b}}{{incvar::a}}{{getglobalvar::x}}.', '.'],
  ['{{datetimeformat HH:mm}}{{time_UTC+2}}.', '.'],
  ['{{time}}{{date}}{{weekday}}{{isotime}}{{isodate}}.', '.'],
  ['{{description}}{{persona}}.', '.'],
])('%j becomes %j', (text, filled) => {
  expect(fill(text)).toBe(filled);
});

test.each([
  '{{lastMessage}}',
  '{{unknown:a,b}}',
  '{{char x}}',
  '{{char',
  'char}}',
  '{ {char} }',
  '{{}}',
  '{{:a}}',
  '{{#if a}}b{{/if}}',
  'a < b <i>',
])('%s stays as it is', (text) => {
  expect(fill(text)).toBe(text);
});

test('an unknown macro keeps what is filled in it', () => {
  expect(fill('{{unknown:{{char}},{{random:x}}}}')).toBe('{{unknown:Ines,x}}');
  expect(fill('{{char {{user}}')).toBe('{{char Tom');
});

describe('who speaks', () => {
  const ann = smallCharacter('ann', 'Ann Lee', { description: '{{char}} likes {{user}}.', nickname: 'Nan' });
  const bob = smallCharacter('bob', 'Bob', { description: 'A sailor.' });
  const group = ['Ann Lee', 'Bob'];

  test('{{char}} is the one whose text it is, by what its card calls it', () => {
    const text = '{{char}} with {{user}}: {{description}}';
    expect(bindMacros(macrosOf(ann, { user: 'Tom', group }))(text)).toBe('Nan with Tom: Nan likes Tom.');
    expect(bindMacros(macrosOf(bob, { user: 'Tom', group }))(text)).toBe('Bob with Tom: A sailor.');
  });

  test('the group is the cast; alone, it is the character', () => {
    const text = '{{group}} / {{charIfNotGroup}} / {{notChar}}';
    expect(fill(text, { char: 'Bob', group })).toBe('Ann Lee, Bob / Ann Lee, Bob / Ann Lee, Tom');
    expect(fill(text, { char: 'Bob', group: ['Bob'] })).toBe('Bob / Bob / Tom');
    expect(fill(text)).toBe('Ines / Ines / Tom');
  });
});

describe('nothing is smuggled in', () => {
  test('by a name, a persona or a value that looks like a macro', () => {
    expect(fill('{{user}}', { user: '{{char}}' })).toBe('{{char}}');
    expect(fill('{{{{user}}}}', { user: 'char' })).toBe('{{char}}');
    expect(fill('{{{{user}}:a,b}}', { user: 'random' })).toBe('{{random:a,b}}');
    expect(fill('{{persona}}', { persona: '{{char}} <user> {{roll:6}}' })).toBe('{{char}} <user> {{roll:6}}');
    expect(fill('{{ch{{user}}', { user: 'ar}}' })).toBe('{{char}}');
  });

  test('by a name with commas in a list', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      expect(['x', 'Tom, Dick::Harry']).toContain(
        fill('{{random:{{user}},x}}', { user: 'Tom, Dick::Harry', seed }),
      );
    }
  });

  test('a card that names its own description in it does not run in circles', () => {
    expect(
      fill('{{description}}', { description: 'A {{description}}{{scenario}}B', scenario: '{{char}}' }),
    ).toBe('A B');
  });
});

describe('chance', () => {
  const draws = (text: string, count = 200) =>
    new Set(Array.from({ length: count }, (_, seed) => fill(text, { seed })));

  test.each([
    ['{{random:a,b , c}}', ['a', 'b', 'c']],
    ['{{random::a::b, c}}', ['a', 'b, c']],
    ['{{random a,b}}', ['a', 'b']],
    ['{{pick::a,b}}', ['a', 'b']],
    ['{{pick:a\\,b,c}}', ['a,b', 'c']],
    ['{{random:{{char}},{{user}},no one}}', ['Ines', 'Tom', 'no one']],
    ['{{random:{{random:a,b}},c}}', ['a', 'b', 'c']],
    ['{{roll:d3}}', ['1', '2', '3']],
    ['{{roll:3}}', ['1', '2', '3']],
    ['{{roll 2d2+1}}', ['3', '4', '5']],
    ['{{roll:1D2 - 3}}', ['-2', '-1']],
    ['{{roll:d}}', ['']],
    ['{{roll:999d6}}', ['']],
    ['{{roll:0}}', ['']],
  ])('%s', (text, possible) => {
    expect([...draws(text)].sort()).toEqual([...possible].sort());
  });

  test('stays the same from turn to turn, and differs from place to place and from one to another', () => {
    const text = Array.from({ length: 12 }, () => '{{roll:d100}}').join(' ');
    const told = fill(text);
    expect(fill(text, { now: new Date(), group: ['Ines', 'Bob'], user: 'Other' })).toBe(told);
    expect(new Set(told.split(' ')).size).toBeGreaterThan(6);
    expect(fill(text, { speaker: 'bob' })).not.toBe(told);
    expect(fill(text, { seed: 8 })).not.toBe(told);
  });
});

describe('time', () => {
  const text = '{{time}}|{{isotime}}|{{date}}|{{isodate}}|{{weekday}}';
  const now = new Date(2026, 1, 3, 0, 5);

  test('of the machine, where one is given', () => {
    expect(fill(text, { now })).toBe('12:05 AM|00:05|February 3, 2026|2026-02-03|Tuesday');
  });

  test('of the story, which goes before it', () => {
    expect(fill(text, { now, clock: 1440 * 2 + 13 * 60 + 7 })).toBe('1:07 PM|13:07|day 3||');
  });
});

test('hidden keys are shown only for looking through a text', () => {
  const show = bindMacros(NAMES, { hiddenKeys: true });
  expect(show('{{hidden_key:tea, {{char}}}}Hot.{{// milk}}')).toBe('tea, InesHot.');
});

describe('hostile texts take no longer than others', () => {
  test.each([
    ['{{'.repeat(50_000)],
    ['}}'.repeat(50_000)],
    ['{{random:'.repeat(10_000)],
    [`${'{{reverse:'.repeat(10_000)}x${'}}'.repeat(10_000)}`],
    ['{{trim}}\n'.repeat(10_000)],
    [`${'x'.repeat(50_000)}${'{{trim}}'.repeat(6_000)}`],
    [`{{random:${','.repeat(90_000)}}}`],
    ['<'.repeat(100_000)],
    ['{'.repeat(100_001)],
    [`{{${' '.repeat(99_000)}}}`],
    ['{{roll:d6}}'.repeat(9_000)],
    ['{{//{{//{{//}}}}'.repeat(6_000)],
  ])('%#', (text) => {
    expect(fill(text).length).toBeLessThanOrEqual(text.length);
  });

  test('and do not grow without end', () => {
    const description = 'x'.repeat(100_000);
    expect(fill('{{description}}'.repeat(6_000), { description }).length).toBeLessThan(500_000);
  });
});
