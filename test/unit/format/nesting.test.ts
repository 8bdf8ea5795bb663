import { describe, expect, test } from 'vitest';
import { nest } from '../../../src/format/nesting.ts';
import type { Fault } from '../../../src/format/parsed-turn.ts';
import { createTagScanner } from '../../../src/format/tag-scanner.ts';

/** The layers of a text, as `kind:words`; a line `Mara: …` is the speaker’s own. Tokens mean nothing. */
function layers(text: string) {
  const scanner = createTagScanner();
  scanner.scan(text, 0);
  const marks = scanner.tags.map((tag) => (tag.kind === 'token' ? { ...tag, kind: 'void' as const } : tag));
  const faults = new Set<Fault>();
  const ownLine = (from: number, to: number) => {
    const at = text.slice(from, to).lastIndexOf('\nMara:');
    return at < 0 ? -1 : at + 1;
  };
  const { stretches, tagged } = nest(text, marks, text.length, ownLine, faults);
  return {
    read: stretches.map(({ kind, from, to }) => `${kind}:${text.slice(from, to)}`),
    tagged: Object.entries(tagged).flatMap(([layer, is]) => (is ? [layer] : [])),
    faults: [...faults],
  };
}

describe('which layers the model has tags for', () => {
  test.each<[string, string[]]>([
    ['a', []],
    ['<think>p</think>a', []],
    ['<role_thinking>a</role_thinking>', ['thought']],
    ['<role_action>a</role_action><role_speech>b</role_speech>', ['action', 'speech']],
    ['a</role_thinking>b', ['thought']],
    ['a</role_action>b', ['action']],
    ['a</role_speech>b', []],
    ['<think>a <role_action>b</role_action></think>c', []],
    ['<role_action>a</role_action></think>b', []],
    ['<role_action>a</role_action></think><role_thinking>b</role_thinking>', ['thought']],
  ])('%s', (text, tagged) => {
    expect(layers(text).tagged).toEqual(tagged);
  });
});

describe('a closer without an opener', () => {
  test.each<[string, string[], Fault[]]>([
    ['a</role_thinking>b', ['thought:a', 'bare:b'], ['thought-orphan-close']],
    ['a</role_action>b', ['action:a', 'bare:b'], ['tag-mismatched']],
    ['a</role_speech>b', ['bare:a', 'bare:b'], ['tag-mismatched']],
    ['</role_thinking>b', ['bare:b'], ['thought-orphan-close']],
    ['a<|im_end|></role_thinking>b', ['bare:a', 'bare:b'], ['thought-orphan-close']],
    [
      '<role_action>a</role_action>b</role_thinking>c',
      ['action:a', 'thought:b', 'bare:c'],
      ['thought-orphan-close'],
    ],
    ['<role_action>a</role_action></role_thinking>c', ['action:a', 'bare:c'], ['thought-orphan-close']],
  ])('belongs to the text back to the tag before it: %s', (text, read, faults) => {
    expect(layers(text)).toMatchObject({ read, faults });
  });

  test.each<[string, string[], Fault[]]>([
    ['a</think>b', ['plan:a</think>', 'bare:b'], ['plan-orphan-close']],
    [
      '<role_action>a</role_action></think>b',
      ['plan:<role_action>a</role_action></think>', 'bare:b'],
      ['plan-orphan-close'],
    ],
    ['a</think><think>b</think>c', ['plan:a</think>', 'plan:b', 'bare:c'], ['plan-orphan-close']],
    ['</notes>b', ['plan:</notes>', 'bare:b'], ['plan-orphan-close']],
  ])('of a plan makes all before it a plan: %s', (text, read, faults) => {
    expect(layers(text)).toMatchObject({ read, faults });
  });
});

describe('a plan that is not closed', () => {
  test.each<[string, string[]]>([
    ['<think>a<role_action>b</role_action>c', ['plan:a', 'action:b', 'bare:c']],
    ['<think>a<role_speech>b</role_speech>c', ['plan:a', 'bare:b', 'bare:c']],
    ['<think>a\nMara: b', ['plan:a\n', 'bare:Mara: b']],
    ['<think>a <system_thinking>b\nMara: c', ['plan:a ', 'plan:b\nMara: c']],
    ['<think>a\nMara: b</think>c', ['plan:a\nMara: b', 'bare:c']],
    ['<think>a <system_thinking>b\nMara: c</think>d', ['plan:a ', 'plan:b\nMara: c', 'bare:d']],
    ['<role_thinking>a<think>b\nMara: c', ['thought:a', 'plan:b\n', 'thought:Mara: c']],
    ['<think>a', ['plan:a']],
  ])('%j', (text, read) => {
    expect(layers(text).read).toEqual(read);
  });
});

describe('which closer belongs to which opener', () => {
  test.each<[string, string[]]>([
    ['<role_thinking>a<role_action>b</role_thinking>c', ['thought:a', 'thought:b', 'bare:c']],
    [
      '<role_thinking>a<inner_thought>b</role_thinking>c</inner_thought>d',
      ['thought:a', 'thought:b', 'thought:c', 'bare:d'],
    ],
    [
      '<role_action>a<role_thinking>b</inner_thought>c</role_action>d',
      ['action:a', 'thought:b', 'action:c', 'bare:d'],
    ],
    ['<role_thinking>a<role_action>b</inner_thought>c', ['thought:a', 'thought:b', 'bare:c']],
    ['<role_thinking>a</role_speech>b', ['thought:a', 'bare:b']],
    ['<system_thinking>a<think>b</system_thinking>c', ['plan:a', 'plan:b', 'bare:c']],
    ['<system_thinking>a<think>b</think>c</system_thinking>d', ['plan:a', 'plan:b', 'plan:c', 'bare:d']],
    ['<system_thinking>a<role_thinking>b</system_thinking>c', ['plan:a', 'plan:b', 'bare:c']],
    ['<role_action>a<role_action/>b', ['action:a', 'bare:b']],
    ['<role_action/>a<role_action>b</role_action>c', ['action:a', 'action:b', 'bare:c']],
    ['<role_action>a</role_action><role_action/>b', ['action:a', 'action:b']],
    ['<role_thinking>a</role_thinking>b</role_thinking>c', ['thought:a', 'thought:b', 'bare:c']],
    [
      '<thinking>a</thinking><role_action>b</role_action><thinking>c</thinking>d',
      ['plan:a', 'action:b', 'thought:c', 'bare:d'],
    ],
  ])('%s', (text, read) => {
    expect(layers(text).read).toEqual(read);
  });
});

describe('what an opener tells', () => {
  test.each<[string, Fault[]]>([
    ['<think>a</think>b', []],
    ['<think>a</think><think>b</think>c', ['plan-repeated']],
    ['a<think>b</think>c', ['plan-late']],
    [' \n<think>b</think>c', []],
    ['<think>b', ['plan-unclosed']],
    ['<role_thinking>b', ['thought-unclosed']],
    ['<role_action>b', ['action-unclosed']],
    ['<role_speech>b', []],
    ['<role_action>a <role_thinking>b</role_thinking></role_action>', ['tag-nested']],
    ['<role_thinking>a <role_action>b</role_action></role_thinking>', ['tag-nested']],
    ['<role_speech>a <role_action>b</role_action></role_speech>', []],
    ['<role_thinking>a</role_action>', ['tag-mismatched']],
    ['<role_thinking>a</inner_thought>', []],
    ['<think>a <role_action>b</think>c', []],
  ])('%j', (text, faults) => {
    expect(layers(text).faults).toEqual(faults);
  });
});
