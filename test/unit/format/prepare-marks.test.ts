import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/format/parsed-turn.ts';
import { prepareMarks } from '../../../src/format/prepare-marks.ts';
import { createTagScanner } from '../../../src/format/tag-scanner.ts';

/** The marks of a text as `kind:spelling`, and the faults that were found. */
function prepare(text: string, startInside = false): { marks: string[]; faults: Fault[] } {
  const scanner = createTagScanner();
  scanner.scan(text, 0);
  const faults = new Set<Fault>();
  // As `readChatTokens` hands them on.
  const found = scanner.tags.map((tag) => (tag.kind === 'token' ? { ...tag, kind: 'void' as const } : tag));
  const marks = prepareMarks(text, found, startInside, faults);
  return { marks: marks.map(({ kind, from, to }) => `${kind}:${text.slice(from, to)}`), faults: [...faults] };
}

describe('a mark that ordinary text uses, or whose name nobody knows', () => {
  test.each<[string, string[]]>([
    ['[thinking]x[/thinking]', ['musing:[thinking]', 'musing:[/thinking]']],
    ['[thinking] y [thinking]x[/thinking]', ['musing:[thinking]', 'musing:[/thinking]']],
    ['He is [thinking]. Fine.', []],
    ['x[/thinking]Fine.', ['musing:[/thinking]']],
    ['[thought]x[/thinking]', ['musing:[/thinking]']],
    ['[role_thinking]x', ['thought:[role_thinking]']],
    ['<notes>x</notes>', ['unknown:<notes>', 'unknown:</notes>']],
    ['<notes>x</noted>', []],
    ['x</notes>Fine.', []],
    ['<notes>x <role_action>nods</role_action>', ['action:<role_action>', 'action:</role_action>']],
  ])('is a tag where it has its partner: %s', (text, marks) => {
    expect(prepare(text).marks).toEqual(marks);
  });

  test('is a fault where the name is unknown, whether it has one or not', () => {
    expect(prepare('<notes>x').faults).toEqual(['tag-unknown']);
    expect(prepare('<notes>x</notes>').faults).toEqual(['tag-unknown', 'tag-variant']);
    expect(prepare('[thinking]x[/thinking]').faults).toEqual(['tag-variant']);
    expect(prepare('<role_action>x</role_action>').faults).toEqual([]);
  });
});

describe('an unknown wrapper', () => {
  const INNER = '<role_action>nods</role_action>Fine.';

  test.each([
    ['', ''],
    [' \n', '\n '],
    ['<think>p</think>\n', ''],
    ['<thinking>p</thinking>', ''],
    ['<|im_start|><think>p</think>', ''],
  ])('round a whole reply says nothing of what it holds: %j', (before, after) => {
    const { marks } = prepare(`${before}<turn by="Mara">${INNER}</turn>${after}`);
    expect(marks).toContain('void:<turn by="Mara">');
    expect(marks).toContain('void:</turn>');
  });

  test.each([
    '<turn><role_speech>Fine.</role_speech></turn>',
    '<turn><role_thinking>x</role_thinking>Fine.</turn>',
    '<turn>Fine.<role_action>nods</role_action></turn>',
  ])('of each layer: %s', (text) => {
    expect(prepare(text).marks.filter((mark) => mark.startsWith('void'))).toHaveLength(2);
  });

  test.each([
    `Hm. <turn>${INNER}</turn>`,
    `<turn>${INNER}</turn> Hm.`,
    `<think>p</think>Hm.<turn>${INNER}</turn>`,
    `<role_action>nods</role_action><turn>${INNER}</turn>`,
    '<turn>Fine.</turn>',
    '<turn><think>p</think>Fine.</turn>',
    `<turn>${INNER}</turn><role_action>nods</role_action>`,
    `<turn>${INNER}</turn><notes>x</notes>`,
  ])('that is none hides what it holds: %s', (text) => {
    const { marks } = prepare(text);
    expect(marks).toContain('unknown:<turn>');
    expect(marks).toContain('unknown:</turn>');
  });
});

describe('a plan', () => {
  test('that the server opened begins with the text', () => {
    expect(prepare('p</system_thinking>Fine.', true).marks).toEqual(['plan:', 'plan:</system_thinking>']);
    expect(prepare('p</system_thinking>Fine.').marks).toEqual(['plan:</system_thinking>']);
    expect(prepare('p', true).faults).toEqual([]);
  });

  test.each([
    ['<system_thinking>\n <system_thinking>p', 'plan:<system_thinking>\n <system_thinking>'],
    ['<think><system_thinking>p', 'plan:<think><system_thinking>'],
    ['<think>\n<thinking>p', 'musing:<think>\n<thinking>'],
  ])('that is opened twice is one: %j', (text, mark) => {
    expect(prepare(text).marks).toEqual([mark]);
  });

  test('is opened once more where something stands between, and closed as often as it says', () => {
    expect(prepare('<think>a<think>b</think></think>').marks).toHaveLength(4);
    expect(prepare('<role_thinking><role_thinking>').marks).toHaveLength(2);
  });

  test('that the server opened may be opened again', () => {
    expect(prepare(' <system_thinking>p', true).marks).toEqual(['plan: <system_thinking>']);
  });
});

describe('what stands around a tag', () => {
  test.each([
    '`<role_action>`',
    '``<role_action>``',
    '**<role_action>**',
    '***<role_action>***',
    '__<role_action>__',
    '<<role_action>>',
    '**`<role_action>`**',
    '\\<role_action>',
    '\\\\<role_action>',
    '`\\<role_action>`',
  ])('goes with it: %s', (tag) => {
    expect(prepare(`Hm. ${tag} nods`).marks).toEqual([`action:${tag}`]);
    expect(prepare(tag).marks).toEqual([`action:${tag}`]);
  });

  test.each([
    ['*<role_action>*nods*', 'action:<role_action>'],
    ['_<role_action>_nods', 'action:<role_action>'],
    ['**<role_action>*nods', 'action:<role_action>'],
    ['`<role_action>*', 'action:<role_action>'],
    ['a<role_action>a', 'action:<role_action>'],
    ['``<role_action>`', 'action:`<role_action>`'],
    ['*<role_action>', 'action:<role_action>'],
  ])('stays where it is no pair, or a single asterisk: %s', (text, mark) => {
    expect(prepare(text).marks).toEqual([mark]);
  });

  test('goes with one tag only', () => {
    expect(prepare('`<role_action>`<role_thinking>`x').marks).toEqual([
      'action:`<role_action>`',
      'thought:<role_thinking>',
    ]);
  });

  test.each<[string, string[]]>([
    ['`<role_action>nods</role_action>`', ['action:`<role_action>', 'action:</role_action>`']],
    ['a **<role_action>nods</role_action>** b', ['action:**<role_action>', 'action:</role_action>**']],
    ['a __<role_action>nods</role_action>__ b', ['action:__<role_action>', 'action:</role_action>__']],
    ['a *<role_action>nods</role_action>* b', ['action:<role_action>', 'action:</role_action>']],
    ['a **<role_action>nods</role_action>* b', ['action:<role_action>', 'action:</role_action>']],
    ['a `<role_action>nods</role_action> b', ['action:<role_action>', 'action:</role_action>']],
    ['a <role_action>nods</role_action>` b', ['action:<role_action>', 'action:</role_action>']],
    [
      '`<think>p</think>`**<role_action>nods</role_action>**',
      ['plan:`<think>', 'plan:</think>`', 'action:**<role_action>', 'action:</role_action>**'],
    ],
    [
      '<think>p</think>`<role_action>nods</role_action>`<role_thinking>x',
      [
        'plan:<think>',
        'plan:</think>',
        'action:`<role_action>',
        'action:</role_action>`',
        'thought:<role_thinking>',
      ],
    ],
    ['`<role_action>nods', ['action:<role_action>']],
  ])('goes with a whole element: %s', (text, marks) => {
    expect(prepare(text).marks).toEqual(marks);
  });
});
