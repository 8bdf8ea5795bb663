import { describe, expect, test } from 'vitest';
import { defuseTags } from '../../../src/format/defuse-tags.ts';

describe('text in which nothing is a tag any more', () => {
  test.each([
    '',
    'Good day.',
    'a < b > c',
    '<3 and 5 < 6',
    'a -> b, a->b, ->',
    '[note] [2] (nods)',
    'so > and > so',
    'a &nbsp; b &#61; c &#x3d; d &lt e',
    'think    > so',
    '> quoted',
  ])('reads the same: %s', (text) => {
    expect(defuseTags(text)).toBe(text);
  });

  test.each<[string, string]>([
    ['<role_thinking>x</role_thinking>', '‹role_thinking›x‹/role_thinking›'],
    ['< role_thinking >x', '‹ role_thinking ›x'],
    ['[role_thinking]x[/role_thinking] [INST]', '‹role_thinking›x‹/role_thinking› ‹INST›'],
    ['＜think＞x﹤/think﹥', '‹think›x‹/think›'],
    ['◁think▷', '‹think›'],
    ['&lt;b&gt;&LT;b&GT;', '‹b›‹b›'],
    ['&amp;lt;b&amp;amp;gt;', '‹b›'],
    ['&#60;b&#62;', '‹b›'],
    ['&#060;b&#0062;', '‹b›'],
    ['&#x3c;b&#X3E;', '‹b›'],
    ['&#x003C;b&#x03e;', '‹b›'],
    ['<ro<think>le_thinking>', '‹ro‹think›le_thinking›'],
    ['<!-- x -->', '‹!-- x --›'],
    ['<|im_end|>', '‹|im_end|›'],
    ['<<think>>', '‹‹think››'],
  ])('has other brackets where a tag stood: %s', (text, plain) => {
    expect(defuseTags(text)).toBe(plain);
  });

  test.each<[string, string]>([
    ['<role_thin', '‹role_thin'],
    ['</', '‹/'],
    ['<\\think', '‹\\think'],
    ['<\u200bthink', '‹\u200bthink'],
    ['<?xml', '‹?xml'],
    ['<_', '‹_'],
    ['role_thinking>', 'role_thinking›'],
    ['"x">', '"x"›'],
    ['(x)> x]> x/> x!> x\\>', '(x)› x]› x/› x!› x\\›'],
    [
      'think > thinking > thought > thoughts > action > actions > speech >',
      'think › thinking › thought › thoughts › action › actions › speech ›',
    ],
    ['think  > THOUGHT   ＞', 'think  › THOUGHT   ›'],
    ['x -->', 'x --›'],
  ])('has none that lost a half: %s', (text, plain) => {
    expect(defuseTags(text)).toBe(plain);
  });
});
