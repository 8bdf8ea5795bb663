import { describe, expect, test } from 'vitest';
import { endBeforeCutOffTag } from '../../../src/format/broken-tags.ts';
import type { Fault } from '../../../src/format/parsed-turn.ts';
import { parseTurn } from '../../../src/format/turn-parser.ts';

/** `p:` a plan if there is one, then `t:` thought, `a:` action, `s:` speech. */
function read(text: string): string[] {
  const { systemThinking, segments } = parseTurn(text, { speaker: { name: 'Mara Vell' } });
  const plan = systemThinking === '' ? [] : [`p:${systemThinking}`];
  return [...plan, ...segments.map((segment) => `${segment.kind[0]}:${segment.text}`)];
}

describe('a comment', () => {
  test.each<[string, string[]]>([
    ['Fine.<!-- he lies -->Go.', ['p:he lies', 's:Fine. Go.']],
    ['Fine.<!-- he lies -->Go.<!-- again -->No.', ['p:he lies\nagain', 's:Fine. Go. No.']],
    ['Fine.<!---->Go.', ['s:Fine. Go.']],
    ['Fine. --><!-- he lies -->Go.', ['p:he lies', 's:Fine. --> Go.']],
    [
      'Fine.<!-- he <role_action>lies</role_action> -->Go.',
      ['p:he <role_action>lies</role_action>', 's:Fine. Go.'],
    ],
    [
      'Fine.<!-- he <role_action>lies -->Go.<role_action>nods</role_action>',
      ['p:he <role_action>lies', 's:Fine. Go.', 'a:nods'],
    ],
  ])('is hidden: %s', (text, parts) => {
    expect(read(text)).toEqual(parts);
  });

  test('hides all that follows where it does not end', () => {
    expect(
      read('Fine.<!-- he lies. Go.').filter((part) => part.includes('lies') && !part.startsWith('p:')),
    ).toEqual([]);
  });
});

describe('a tag without one of its brackets', () => {
  test.each<[string, string[]]>([
    ['<role_thinking he lies</role_thinking>Fine.', ['t:he lies', 's:Fine.']],
    ['role_thinking>he lies</role_thinking>Fine.', ['t:he lies', 's:Fine.']],
    ['<role_thinking>he lies/role_thinking>Fine.', ['t:he lies', 's:Fine.']],
    ['<role_thinking>he lies</role_thinking Fine.', ['t:he lies', 's:Fine.']],
    ['<think>he lies/think>Fine.', ['p:he lies', 's:Fine.']],
    ['Fine.\n<role_action nods</role_action>', ['s:Fine.', 'a:nods']],
  ])('is one all the same: %s', (text, parts) => {
    expect(read(text)).toEqual(parts);
  });
});

describe('a tag that the end cuts off', () => {
  const end = (text: string) => {
    const faults = new Set<Fault>();
    return [endBeforeCutOffTag(text, faults), [...faults]];
  };

  test.each([
    '<',
    '</',
    '< / role',
    '<role_thin',
    '＜sys',
    '&l',
    '&lt',
    '&lt;',
    '&lt;/role',
    '[role_th',
    '[/system',
    '{role_action',
  ])('goes: Fine. %s', (tag) => {
    expect(end(`Fine. ${tag}`)).toEqual(['Fine. '.length, ['tag-cut-off']]);
  });

  test.each([
    'He plays his role',
    'I like it <3',
    'two & three',
    'a [ro',
    'so <b>it',
    'Fine. <role_thinking>he',
    `Fine. <${' '.repeat(60)}`,
  ])('is none in: %s', (text) => {
    expect(end(text)).toEqual([text.length, []]);
  });
});
