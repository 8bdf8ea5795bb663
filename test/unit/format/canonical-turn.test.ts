import { describe, expect, test } from 'vitest';
import { readCanonicalTurn } from '../../../src/format/canonical-turn.ts';
import { createNames } from '../../../src/format/labels.ts';
import type { Setting } from '../../../src/format/read-stretches.ts';
import { settleTurn } from '../../../src/format/settle-turn.ts';
import { createTagScanner } from '../../../src/format/tag-scanner.ts';

const speaker = { name: 'Mara Vell', aliases: ['the courier'] };
const SETTING: Setting = {
  names: createNames(speaker, ['Tobin', 'Old Pell']),
  speaker,
  startInside: false,
  section: false,
  midway: false,
};
const INSIDE = { startInside: true };
const SECTION = { section: true };
const LATER_SECTION = { section: true, midway: true };
const PLAN = '<system_thinking>wait</system_thinking>';
const NODS = '<role_action>nods</role_action>';

/** `p:` its plan, then `t:` thought, `a:` action, `s:` speech; nothing where it is left to the long way. */
function read(text: string, changes: Partial<Setting> = {}): string[] | undefined {
  const setting = { ...SETTING, ...changes };
  const short = readCanonicalTurn(text, setting);
  if (!short) return undefined;
  const scanner = createTagScanner();
  scanner.scan(text, 0);
  expect(short).toEqual(settleTurn(text, scanner.tags, setting));
  return [`p:${short.plan}`, ...short.segments.map((segment) => `${segment.kind[0]}:${segment.text}`)];
}

describe('the short cut reads', () => {
  test.each<[string, string[]]>([
    ['Fine.', ['s:Fine.']],
    [`${NODS}Fine.`, ['a:nods', 's:Fine.']],
    [`Fine.${NODS}Go.`, ['s:Fine.', 'a:nods', 's:Go.']],
    [`\nFine.\n${NODS}\nGo.`, ['s:Fine.', 'a:nods', 's:Go.']],
    ['<role_thinking> he lies </role_thinking><role_action> nods </role_action>', ['t:he lies', 'a:nods']],
    [`She thinks so.${NODS}`, ['s:She thinks so.', 'a:nods']],
    [`He said "no" and left.${NODS}`, ['s:He said "no" and left.', 'a:nods']],
    ['"No."<role_thinking>Who thinks so?</role_thinking>', ['s:"No."', 't:Who thinks so?']],
    [`${NODS}He has character.`, ['a:nods', 's:He has character.']],
    [`Tobin Marsh${NODS}`, ['s:Tobin Marsh', 'a:nods']],
    [`\nI saw Tobin Marsh\n${NODS}`, ['s:I saw Tobin Marsh', 'a:nods']],
    [`\nTobin Marsh\n${NODS}`, ['s:Tobin Marsh', 'a:nods']],
    [`user${NODS}`, ['s:user', 'a:nods']],
    [`\nHe trusts no system\n${NODS}`, ['s:He trusts no system', 'a:nods']],
    [`\nThe user is gone\n${NODS}`, ['s:The user is gone', 'a:nods']],
    [`\nsystem in its madness\n${NODS}`, ['s:system in its madness', 'a:nods']],
  ])('words and elements: %s', (text, segments) => {
    expect(read(PLAN + text)).toEqual(['p:wait', ...segments]);
  });

  test.each<[string, string[]]>([
    ['Mara Vell: Fine.', ['s:Fine.']],
    ['the courier: Fine.', ['s:Fine.']],
    [`Mara Vell:${NODS}Fine.`, ['a:nods', 's:Fine.']],
    [`Anna:${NODS}Fine.`, ['a:nods', 's:Fine.']],
  ])('a name before all else: %s', (text, segments) => {
    expect(read(PLAN + text)).toEqual(['p:wait', ...segments]);
  });

  test.each<[string, Partial<Setting>, string[]]>([
    ['<system_thinking> wait \n</system_thinking>Fine.', {}, ['p:wait', 's:Fine.']],
    ['<system_thinking>\\wait</system_thinking>Fine.', {}, ['p:\\wait', 's:Fine.']],
    ['wait</system_thinking>Fine.', INSIDE, ['p:wait', 's:Fine.']],
    ['see {x} there</system_thinking>Fine.', INSIDE, ['p:see {x} there', 's:Fine.']],
    ['</system_thinking>Fine.', INSIDE, ['p:', 's:Fine.']],
    [NODS, {}, ['p:', 'a:nods']],
    ['Fine.', SECTION, ['p:', 's:Fine.']],
    ['Mara Vell: Fine.', SECTION, ['p:', 's:Fine.']],
    ['Anna:', SECTION, ['p:']],
    [`${NODS}Fine.`, LATER_SECTION, ['p:', 'a:nods', 's:Fine.']],
  ])('a plan, or none: %s', (text, changes, read_) => {
    expect(read(text, changes)).toEqual(read_);
  });
});

describe('the short cut leaves to the long way', () => {
  test.each<[string, string]>([
    ['without a plan before its first word', 'Fine.'],
    ['that may talk of its task', `${PLAN}I stay in character.`],
    ['with a plan within its plan', '<system_thinking>a<think>b</think></system_thinking>Fine.'],
    ['with an aside', `${PLAN}/ I fear him /`],
    ['with a number before a line', `${PLAN}1. Fine.`],
    ['with two blanks', `${PLAN}Fine.  Go.`],
    ['with a mark', `${PLAN}Fine *indeed*.`],
    ['in two lines', `${PLAN}Fine.\nGo.`],
    ['with a quotation that is thought', `${PLAN}"I fear him," she thinks.`],
    ['with another tag', `${PLAN}Fine.<scratch_pad>he lies</role_action>Go.`],
    ['with an element that does not end', `${PLAN}Fine.<role_action>nods`],
    ['with an element that another closes', `${PLAN}<role_thinking>he lies</role_action>Go.`],
    ['with an empty element', `${PLAN}<role_action> </role_action>Fine.`],
    ['with an action in two lines', `${PLAN}<role_action>nods\nand bows</role_action>Fine.`],
    ['with a colon in an action', `${PLAN}<role_action>says: go</role_action>Fine.`],
    ['with an escaped tag', `${PLAN}<role_thinking>he lies\\</role_thinking>Fine.`],
    ['with two actions side by side', `${PLAN}${NODS}${NODS}`],
    ['with the name of a layer alone on a line', `${PLAN}\nINNER THOUGHTS\n${NODS}`],
    ['with the name of a role alone on a line', `${PLAN}\nuser\n${NODS}`],
    ['with another’s name', `${PLAN}Tobin:${NODS}`],
    ['with a strange name that something follows', `${PLAN}Anna: Fine.${NODS}`],
    ['with a strange name that no tag follows', `${PLAN}Anna:`],
    ['with a strange name of two words', `${PLAN}Miss Anna:${NODS}`],
    ['with a name after an action', `${PLAN}${NODS}Mara Vell: Fine.`],
  ])('a turn %s', (_what, text) => {
    expect(read(text)).toBeUndefined();
  });

  test.each(['>', '[', '&', '＜', '﹤', '◁'])('a plan with %s', (sign) => {
    expect(read(`<system_thinking>wait ${sign} see</system_thinking>Fine.`)).toBeUndefined();
  });

  test.each<[string, string, Partial<Setting>]>([
    ['a plan whose closer is escaped', '<system_thinking>wait\\</system_thinking>Fine.', {}],
    ['a plan that does not end', '<system_thinking>wait', {}],
    ['a plan within the server’s', '<system_thinking>wait</system_thinking>Fine.', INSIDE],
    ['JSON within the server’s plan', ' {"plan":"wait"}</system_thinking>Fine.', INSIDE],
    ['a plan in a section', '<system_thinking>wait</system_thinking>Fine.', SECTION],
    ['a name in a later section', 'Mara Vell: Fine.', LATER_SECTION],
  ])('%s', (_what, text, changes) => {
    expect(read(text, changes)).toBeUndefined();
  });

  test('a name that is too long for a label', () => {
    const named = (length: number) => {
      const name = 'M'.repeat(length);
      return read(`${PLAN}${name}: Fine.`, { speaker: { name }, names: createNames({ name }, []) });
    };
    expect(named(80)).toEqual(['p:wait', 's:Fine.']);
    expect(named(81)).toBeUndefined();
  });

  test('short lines that name a layer, not long ones', () => {
    const line = (length: number) =>
      read(`${PLAN}\n${'We go on and on. '.repeat(4).slice(0, length - 14)} and his thoughts\n`);
    expect(line(60)).toBeUndefined();
    expect(line(72)).toBeDefined();
  });
});
