import { describe, expect, test } from 'vitest';
import { coserToHer, herToCoser, parseCoser } from '../../../src/format/coser.ts';

describe('parseCoser', () => {
  test('takes thoughts, actions and speech apart', () => {
    expect(parseCoser('Mara: [I fear him.] (bows (low)) Good day.', { speaker: { name: 'Mara' } })).toEqual({
      systemThinking: '',
      segments: [
        { kind: 'thought', text: 'I fear him.' },
        { kind: 'action', text: 'bows (low)' },
        { kind: 'speech', text: 'Good day.' },
      ],
      faults: ['own-name'],
      usable: true,
    });
  });

  test('ends at another label, and is unusable with nothing to see', () => {
    expect(parseCoser('Yes.\nTobin: No.', { others: ['Tobin'] })).toMatchObject({
      segments: [{ kind: 'speech', text: 'Yes.' }],
      nextSpeaker: 'Tobin',
    });
    expect(parseCoser('[only this]')).toMatchObject({
      usable: false,
      segments: [],
      faults: ['nothing-visible'],
    });
  });

  test('hides what stands under a heading of thoughts, as in a turn', () => {
    const read = (text: string) => parseCoser(text).segments.map(({ kind, text: words }) => [kind, words]);
    expect(read('Fine.\n\nInner thoughts\nHe (surely) lies.')).toEqual([
      ['speech', 'Fine.'],
      ['thought', 'He (surely) lies.'],
    ]);
    expect(parseCoser('Fine.')).not.toHaveProperty('nextSpeaker');
  });

  test('begins with a name that may be the own one', () => {
    const options = { speaker: { name: 'Mara Vell' }, others: ['Ann Vell'] };
    expect(parseCoser('Vell: Fine.', options)).toMatchObject({ faults: ['own-name'], usable: true });
    expect(parseCoser('Fine. Ann Vell:', options).segments).toEqual([
      { kind: 'speech', text: 'Fine. Ann Vell:' },
    ]);
  });

  test('knows no other marks than brackets', () => {
    expect(parseCoser('I *do* mean {it}.').segments).toEqual([{ kind: 'speech', text: 'I *do* mean {it}.' }]);
  });
});

describe('coserToHer', () => {
  test.each([
    [
      '(smiles) Yes [no]. (sits)',
      '<role_action>smiles</role_action>Yes<role_thinking>no</role_thinking>.<role_action>sits</role_action>',
    ],
    [
      '[I fear him.] (bows (low)) Good day.',
      '<role_thinking>I fear him.</role_thinking><role_action>bows (low)</role_action>Good day.',
    ],
    ['[a [b] c] (x) y', '<role_thinking>a [b] c</role_thinking><role_action>x</role_action>y'],
    ['[line1\nline2] go', '<role_thinking>line1\nline2</role_thinking>go'],
    ['[] () hm', 'hm'],
    [
      '(steps back [he lies] slowly) go',
      '<role_action>steps back</role_action><role_thinking>he lies</role_thinking><role_action>slowly</role_action>go',
    ],
    ['It says \\[closed\\].', 'It says [closed].'],
    ['[he lies', '<role_thinking>he lies</role_thinking>'],
  ])('%j', (coser, her) => {
    expect(coserToHer(coser)).toBe(her);
  });
});

describe('herToCoser', () => {
  test.each([
    [
      '<system_thinking>p</system_thinking>Mara: <role_thinking>He suspects me</role_thinking><role_action>sets down the cup</role_action>A room.',
      '[He suspects me](sets down the cup)A room.',
    ],
    ['<role_thinking>only this</role_thinking>', '[only this]'],
    ['<role_action>nods</role_action>It says [closed].', '(nods)It says \\[closed\\].'],
    ['The user wants a reply.', ''],
  ])('%s', (her, coser) => {
    expect(herToCoser(her)).toBe(coser);
  });
});
