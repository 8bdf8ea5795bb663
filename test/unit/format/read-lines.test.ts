import { describe, expect, test } from 'vitest';
import { createNames } from '../../../src/format/labels.ts';
import type { Fault } from '../../../src/format/parsed-turn.ts';
import { createLineReader } from '../../../src/format/read-lines.ts';
import { parseTurn } from '../../../src/format/turn-parser.ts';

const NAMES = createNames({ name: 'Mara Vell', aliases: ['the courier'] }, ['Tobin', 'Old Pell', 'Ann Vell']);

/** Reads stretches of one turn; a tag stands behind each of them but the last. */
function reading(midway = false) {
  const faults = new Set<Fault>();
  const reader = createLineReader(NAMES, faults, midway);
  return {
    faults,
    reader,
    read: (text: string, tagFollows = false) =>
      reader.read(text, tagFollows).map(({ kind, text: words }) => `${kind}:${words}`),
  };
}

const FIFTY = 'and so on it goes, in the rain, to the very gate';

describe('the speaker’s own label', () => {
  test.each<[string, string[]]>([
    ['Mara Vell: Fine.', ['bare:Fine.']],
    ['  Mara: Fine.', ['bare:Fine.']],
    ['Vell: Fine.', ['bare:Fine.']],
    ['Fine.\nMara: Go.', ['bare:Fine.\n', 'bare:Go.']],
    ['Fine.\n  Mara: Go.', ['bare:Fine.\n', 'bare:Go.']],
    ['Mara Vell:\nVell: Fine.', ['bare:\n', 'bare:Fine.']],
    [' \t\nVell: Fine.', ['bare: \t\n', 'bare:Fine.']],
    [`Mara: ${FIFTY}`, [`bare:${FIFTY}`]],
    [`${FIFTY.repeat(4)}\nMara: ${FIFTY}`, [`bare:${FIFTY.repeat(4)}\n`, `bare:${FIFTY}`]],
  ])('is dropped: %j', (text, parts) => {
    const { read, faults, reader } = reading();
    expect(read(text)).toEqual(parts);
    expect([...faults]).toEqual(['own-name']);
    expect(reader.nextSpeaker()).toBeUndefined();
  });

  test('says what follows, where it says so itself', () => {
    expect(reading().read('Mara (thinking): He lies.\nMara: Fine.')).toEqual([
      'thought:He lies.\n',
      'bare:Fine.',
    ]);
    expect(reading().read('Mara (smiling): Fine.')).toEqual(['bare:Fine.']);
  });
});

describe('another’s label ends the turn', () => {
  test.each<[string, string[], string]>([
    ['Fine.\nTobin: No.\nPell: Yes.', ['bare:Fine.\n'], 'Tobin'],
    ['Fine.\n  Pell: No.', ['bare:Fine.\n'], 'Old Pell'],
    ['Fine.\nVell: No.', ['bare:Fine.\n'], 'Vell'],
    ['Tobin: No.', [], 'Tobin'],
    [`Fine.\nTobin: ${FIFTY}`, ['bare:Fine.\n'], 'Tobin'],
    ['Fine.\n user\t\ngo on', ['bare:Fine.\n'], 'user'],
    ['Fine.\nassistant', ['bare:Fine.\n'], 'assistant'],
  ])('%j', (text, parts, next) => {
    const { read, faults, reader } = reading();
    expect(read(text)).toEqual(parts);
    expect(reader.nextSpeaker()).toBe(next);
    expect([...faults]).toEqual(['other-speaker']);
  });

  test.each<[string, string[], string]>([
    ['Good day. Tobin: ', ['bare:Good day. '], 'Tobin'],
    ['Good day. Old Pell：\n \n', ['bare:Good day. '], 'Old Pell'],
    ['Mara: Good day. Tobin:', ['bare:Good day. '], 'Tobin'],
    ['Good day.\nStranger: ', ['bare:Good day.\n'], 'Stranger'],
    ['Good day.\nStranger:\n', ['bare:Good day.\n'], 'Stranger'],
  ])('also at the end of a line, and a stranger’s, right before a tag: %j', (text, parts, next) => {
    const { read, reader, faults } = reading();
    expect(read(text, true)).toEqual(parts);
    expect(reader.nextSpeaker()).toBe(next);
    expect(faults).toContain('other-speaker');
    const without = reading();
    expect(without.read(text.replace('Mara: ', '')).join('')).toContain(':');
    expect(without.reader.nextSpeaker()).toBeUndefined();
  });

  test.each([
    'I told Tobin: no. Listen: it rains.',
    'The user: nobody. #1\nthe user\nof this inn',
    'Fine. #1\nuser of this inn',
    'I say, the very good, the only Tobin, that is: ',
  ])('words that only look like one do not: %j', (text) => {
    const { read, reader } = reading();
    expect(read(text, true)).toEqual([`bare:${text}`]);
    expect(reader.nextSpeaker()).toBeUndefined();
  });
});

describe('a name that nobody knows, right before a tag', () => {
  test.each([
    'Marielle',
    'Dr. Livesey',
    'Capt. J. Flint',
    'Lady Jane St. Cloud',
    'Mary Ann O’Brien-Smith',
    'Sir William Lucas Lucas',
  ])('is the speaker’s own at the start, another’s later: %s', (name) => {
    const first = reading();
    expect(first.read(' \n', true)).toEqual(['bare: \n']);
    expect(first.read(`${name}: `, true)).toEqual([]);
    expect(first.reader.nextSpeaker()).toBeUndefined();
    const later = reading();
    expect(later.read('Fine. ', true)).toEqual(['bare:Fine. ']);
    expect(later.read(`${name}: `, true)).toEqual([]);
    expect(later.reader.nextSpeaker()).toBe(name);
    const midway = reading(true);
    midway.read(`${name}: `, true);
    expect(midway.reader.nextSpeaker()).toBe(name);
  });

  test.each([
    'Listen now',
    'the stranger',
    'Livesey. Trelawney',
    'Well, Well',
    'Five Good Words All Here',
    'A1',
  ])('is none: %s', (words) => {
    const { read, reader } = reading(true);
    expect(read(`${words}: `, true)).toEqual([`bare:${words}: `]);
    expect(reader.nextSpeaker()).toBeUndefined();
  });
});

describe('a heading', () => {
  test.each<[string, string[]]>([
    ['Fine.\n  Inner thoughts \nhe lies', ['bare:Fine.\n', 'thought: \nhe lies']],
    ['Inner thoughts\nhe lies', ['thought:\nhe lies']],
    ['  Inner thoughts\t\nhe lies', ['thought:\t\nhe lies']],
    ['Fine.\ninner thoughts\nhe lies', ['bare:Fine.\n', 'thought:\nhe lies']],
    ['INNER THOUGHTS\nhe lies', ['thought:\nhe lies']],
    ['Fine.\nMy thought process\nhe lies', ['bare:Fine.\n', 'plan:\nhe lies']],
    ['Fine.\n> Inner Voice\nhe lies', ['bare:Fine.\n', 'thought:\nhe lies']],
    ['Fine.\n1. Thoughts\nhe lies', ['bare:Fine.\n', 'thought:\nhe lies']],
    ['> (2) Mind\nhe lies', ['thought:\nhe lies']],
    ['Fine.\n >10) Mind\nhe lies', ['bare:Fine.\n', 'thought:\nhe lies']],
    ['Fine.\n>• inner thought\t', ['bare:Fine.\n', 'thought:\t']],
    ['Fine.\nrole action\nnods', ['bare:Fine.\n', 'action:\nnods']],
    ['Fine.\n- Inner monologue', ['bare:Fine.\n']],
    ['**Response:** Fine.\nMind\nhe lies', ['bare:Fine.\n', 'thought:\nhe lies']],
    ['Fine.\nInner thoughts', ['bare:Fine.\n']],
    ['【内心】他在说谎', ['thought:他在说谎']],
    ['Fine.\n  【内心】他在说谎', ['bare:Fine.\n', 'thought:他在说谎']],
    ['Thoughts: he lies', ['plan:he lies']],
    ['Fine.\nThoughts: he lies', ['bare:Fine.\n', 'thought:he lies']],
    ['Role Action: nods\nThoughts: he lies', ['action:nods\n', 'thought:he lies']],
    [
      'Fine.\n  ## Role Thinking he must not know that I took it, not he',
      ['bare:Fine.\n', 'thought: he must not know that I took it, not he'],
    ],
    [
      "Fine.\n1. Mistress Mara Vell of Harbour's inner thoughts\nhe lies",
      ['bare:Fine.\n', 'thought:\nhe lies'],
    ],
  ])('says what is below it: %j', (text, parts) => {
    const { read, faults } = reading();
    expect(read(text)).toEqual(parts);
    expect(faults).toContain('heading-reply');
  });

  test('is one also in a later stretch of a reply that is written under headings', () => {
    const { read } = reading();
    expect(read('**Response:** Fine. ', true)).toEqual(['bare:Fine. ']);
    expect(read('\nMind\nhe lies')).toEqual(['bare:\n', 'thought:\nhe lies']);
    expect(reading().read('\nMind\nhe lies')).toEqual(['bare:\nMind\nhe lies']);
  });

  test.each([
    'That is my answer\nand my thought',
    'Inner voice',
    'I am deep in\nthought',
    'In 1801. Thoughts',
  ])('is not what somebody says: %j', (text) => {
    expect(reading().read(text)).toEqual([`bare:${text}`]);
  });

  test.each(['inner thoughts', 'Inner Thoughts', '1. Thoughts', '> Mara’s reply'])(
    'is read alike in a turn without a slip and in one with a slip: %s',
    (line) => {
      const canonical = `<role_action>nods</role_action>\n${line}\n<role_action>sits</role_action>Fine.`;
      const { segments } = parseTurn(`<think>p</think>${canonical}`);
      expect(parseTurn(`<system_thinking>p</system_thinking>${canonical}`).segments).toEqual(segments);
    },
  );

  test('of a plan keeps names with a colon for the plan, but for one before a tag', () => {
    const plan = '**System Thinking:** wait.\nTobin: wary\nMara: cold';
    expect(reading().read(plan)).toEqual(['plan: wait.\nTobin: wary\nMara: cold'.replace(': ', ':')]);
    const own = reading();
    expect(own.read('**System Thinking:** wait.\nMara: ', true)).toEqual(['plan:wait.\n']);
    expect(own.read('Fine.')).toEqual(['bare:Fine.']);
    const other = reading();
    expect(other.read('**System Thinking:** wait.\nTobin: ', true)).toEqual(['plan:wait.\n']);
    expect(other.reader.nextSpeaker()).toBe('Tobin');
  });

  test('of a plan holds tags that stand in a line, up to one that opens a line', () => {
    const { reader, read } = reading();
    expect(read('**System Thinking:** let her ', true)).toEqual(['plan:let her ']);
    expect(reader.passTag()).toBe('plan');
    expect(read(' and then\n\tlet him', true)).toEqual(['plan: and then\n\tlet him']);
    expect(reader.passTag()).toBe('plan');
    expect(read(' wait.\n \t', true)).toEqual(['plan: wait.\n \t']);
    expect(reader.passTag()).toBe('none');
    expect(read('Fine. #1')).toEqual(['bare:Fine. #1']);
  });

  test('of another layer ends with any tag', () => {
    const { reader, read } = reading();
    expect(read('Role Action: nods ', true)).toEqual(['action:nods ']);
    expect(reader.passTag()).toBe('none');
    expect(read('Fine.')).toEqual(['bare:Fine.']);
  });
});

describe('an afterword of the model', () => {
  test.each(['---', ' ----\t', '***', '____', '===='])(
    'goes with the plan, behind a ruled line: %j',
    (rule) => {
      const talk = `${rule}\nLet me know what you think.`;
      expect(reading().read(`Fine.\n${talk}`)).toEqual(['bare:Fine.\n', `plan:${talk}`]);
      expect(reading().read(`Fine.\n${rule}\nHe left at dawn.`)).toEqual([
        `bare:Fine.\n${rule}\nHe left at dawn.`,
      ]);
      expect(reading().read(talk)).toEqual([`bare:${talk}`]);
    },
  );

  test.each(['-', '*', '_', '=', 'a ---', '--- a'])('but not behind another: %j', (line) => {
    const text = `Fine. #1\n${line}\nLet me know what you think.`;
    expect(reading().read(text)).toEqual([`bare:${text}`]);
  });

  test('goes with the plan where it is named', () => {
    expect(reading().read('Fine.\nNote: I kept her guarded.')).toEqual([
      'bare:Fine.\n',
      'plan:Note: I kept her guarded.',
    ]);
  });

  test('is part of a plan that goes on', () => {
    expect(reading().read('Fine.\n**System Thinking:** wait.\n---\nThe scene is long.')).toEqual([
      'bare:Fine.\n',
      'plan:wait.\n---\nThe scene is long.',
    ]);
  });
});
