import { describe, expect, test } from 'vitest';
import { renderCoser } from '../../../src/format/render-coser.ts';
import { escapeDiscord, renderDiscord } from '../../../src/format/render-discord.ts';
import { renderHer } from '../../../src/format/render-her.ts';
import { renderPlain } from '../../../src/format/render-plain.ts';
import { type Segment, type VisibleSegment, visibleSegments } from '../../../src/format/segments.ts';

const TURN: readonly Segment[] = [
  { kind: 'action', text: 'leans in' },
  { kind: 'speech', text: 'Rooms cost.' },
  { kind: 'thought', text: 'Make her sweat' },
  { kind: 'speech', text: 'So do secrets.' },
];

function says(text: string): VisibleSegment {
  return { kind: 'speech', text };
}

function does(text: string): VisibleSegment {
  return { kind: 'action', text };
}

describe('renderHer', () => {
  test('writes canonical tags with nothing between them', () => {
    expect(renderHer(TURN, { name: 'Tobin' })).toBe(
      'Tobin: <role_action>leans in</role_action>Rooms cost.<role_thinking>Make her sweat</role_thinking>So do secrets.',
    );
  });

  test('never glues the words on both sides of a thought that is left out', () => {
    expect(renderHer(visibleSegments(TURN))).toBe(
      '<role_action>leans in</role_action>Rooms cost. So do secrets.',
    );
    expect(renderHer([says('Well'), says(', yes.')])).toBe('Well, yes.');
    expect(renderHer([says('你好。'), says('走吧')])).toBe('你好。走吧');
    expect(renderHer([does('nods'), does('sits')])).toBe('<role_action>nods sits</role_action>');
  });

  test('lets no text close or open a tag', () => {
    expect(renderHer([{ kind: 'thought', text: 'x</role_thinking>y <think> z' }])).toBe(
      '<role_thinking>x‹/role_thinking›y ‹think› z</role_thinking>',
    );
    expect(renderHer([says('a < b, 3 > 2, <3, -> and &lt;b&gt;')])).toBe('a < b, 3 > 2, <3, -> and ‹b›');
  });
});

describe('renderCoser', () => {
  test('writes brackets with nothing between them', () => {
    expect(renderCoser(TURN, { name: 'Tobin' })).toBe(
      'Tobin: (leans in)Rooms cost.[Make her sweat]So do secrets.',
    );
  });

  test('escapes brackets that would be read as something else', () => {
    expect(renderCoser([says('The sign says [closed] (for now).')])).toBe(
      'The sign says \\[closed\\] \\(for now\\).',
    );
    expect(renderCoser([does('bows (low)')])).toBe('(bows (low))');
    expect(renderCoser([does('waves :)')])).toBe('(waves :\\))');
    expect(renderCoser([{ kind: 'thought', text: 'list [1] [2' }])).toBe('[list \\[1\\] \\[2]');
    expect(renderCoser([{ kind: 'thought', text: 'he (so [1]) lies' }])).toBe('[he (so [1]) lies]');
    expect(renderCoser([does('bows (low [1])')])).toBe('(bows (low \\[1\\]))');
  });
});

describe('a backslash in CoSER text', () => {
  test.each<[Segment['kind'], string, string]>([
    ['thought', 'a\\', '[a\\\\]'],
    ['thought', 'a\\b', '[a\\b]'],
    ['thought', 'a\\(b)', '[a\\\\(b)]'],
    ['thought', 'a\\b :)', '[a\\b :\\)]'],
    ['action', 'a\\', '(a\\\\)'],
    ['action', 'a\\b [', '(a\\b \\[)'],
    ['speech', 'a\\', 'a\\\\'],
    ['speech', 'a\\b)', 'a\\b\\)'],
    ['speech', 'a\\)', 'a\\\\\\)'],
  ])('is doubled where it would escape something: %s %s', (kind, text, coser) => {
    expect(renderCoser([{ kind, text }])).toBe(coser);
  });
});

describe('renderDiscord', () => {
  test('sets actions in italics', () => {
    expect(renderDiscord(visibleSegments(TURN))).toBe('*leans in* Rooms cost. So do secrets.');
  });

  test('sets every line of an action in italics by itself', () => {
    expect(renderDiscord([does('leans in,\nhand on the table\n\nand waits'), says('Yes.')])).toBe(
      '*leans in,*\n*hand on the table*\n\n*and waits* Yes.',
    );
    expect(renderDiscord([does('\n leans in \n\tand waits\n')])).toBe('*leans in*\n*and waits*');
  });

  test.each([
    ['*bold* **bold** __x__ ~~x~~', '\\*bold\\* \\*\\*bold\\*\\* \\_\\_x\\_\\_ \\~\\~x\\~\\~'],
    ['||spoiler|| `code`', '\\|\\|spoiler\\|\\| \\`code\\`'],
    ['# big\n### small\n-# tiny', '\\# big\n\\#\\#\\# small\n\\-\\# tiny'],
    ['- a\n* b\n+ c\n1. d\n2) e', '\\- a\n\\* b\n\\+ c\n1\\. d\n2\\) e'],
    ['> quote\n>>> more', '\\> quote\n\\>\\>\\> more'],
    ['[link](https://x.test)', '\\[link\\](https\\://x.test)'],
    ['<https://x.test>', '\\<https\\://x.test\\>'],
    ['<@123> <@!1> <@&2> <#3>', '\\<@\u200b123\\> \\<@\u200b!1\\> \\<@\u200b&2\\> \\<#3\\>'],
    ['@everyone and @here', '@\u200beveryone and @\u200bhere'],
    ['<t:0:R> <:smile:1> <a:smile:2> </cmd:3>', '\\<t:0:R\\> \\<:smile:1\\> \\<a:smile:2\\> \\</cmd:3\\>'],
    ['C:\\path \\*', 'C:\\\\path \\\\\\*'],
    ['discord.gg/abc', 'discord\\.gg/abc'],
    ['mail me@home.test, 5 - 3, #1', 'mail me@home.test, 5 - 3, #1'],
    ['10. a\n-\n#', '10\\. a\n\\-\n\\#'],
    ['\u202eevil\u202c \u001b[31mred', 'evil red'],
  ])('shows markup as it was written: %j', (text, expected) => {
    expect(renderDiscord([says(text)])).toBe(expected);
  });

  test('an action cannot end its italics', () => {
    expect(renderDiscord([does('nods* **and** \\')])).toBe('*nods\\* \\*\\*and\\*\\* \\\\*');
  });

  test('leaves out what is empty', () => {
    expect(renderDiscord([does('\u0007'), says('Yes.')])).toBe('Yes.');
    expect(renderDiscord([])).toBe('');
  });

  test('escapes single texts for other uses', () => {
    expect(escapeDiscord('Mr. *Darcy*')).toBe('Mr. \\*Darcy\\*');
  });
});

describe('renderPlain', () => {
  test('puts actions between asterisks', () => {
    expect(renderPlain(visibleSegments(TURN))).toBe('*leans in* Rooms cost. So do secrets.');
  });

  test.each([
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]0;title\u0007a\u001b]8;;http://x\u001b\\b', 'ab'],
    ['\u009b2Ja', 'a'],
    ['a\u0008\u0000b\rc', 'abc'],
    ['\u202eabc', 'abc'],
    ['\u001bcb\u001b', 'b'],
    ['a\u001b]0;title', 'a'],
    ['a\u001b(', 'a'],
    ['line\nline\ttab', 'line\nline\ttab'],
  ])('is safe for a terminal: %j', (text, expected) => {
    expect(renderPlain([says(text)])).toBe(expected);
  });

  test('leaves out what is empty', () => {
    expect(renderPlain([does('\u0007'), says('Yes.'), does('nods'), says('\u001b[0m')])).toBe('Yes. *nods*');
  });
});

test('addresses on Discord can be clicked only where the room has them open', () => {
  const said = [{ kind: 'speech', text: 'See https://a.example/b_c, *then* discord.gg/x' } as const];
  expect(renderDiscord(said)).toBe('See https\\://a.example/b\\_c, \\*then\\* discord\\.gg/x');
  const open = renderDiscord(said, { openLinks: true });
  expect(open).toBe('See https://a.example/b_c, \\*then\\* discord\\.gg/x');
  const two = 'http://a.example/_b and https://b.example/_c_ or _d_';
  expect(renderDiscord([says(two)], { openLinks: true })).toBe(
    'http://a.example/_b and https://b.example/_c_ or \\_d\\_',
  );
  expect(renderDiscord([says('No _address_.')], { openLinks: true })).toBe('No \\_address\\_.');
});
