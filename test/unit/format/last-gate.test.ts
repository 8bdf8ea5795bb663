import { describe, expect, test } from 'vitest';
import { bearsTag, passLastGate, withoutTags } from '../../../src/format/last-gate.ts';
import type { Segment, VisibleSegment } from '../../../src/format/segments.ts';

const thought = (text: string): Segment => ({ kind: 'thought', text });
const speech = (text: string): Segment => ({ kind: 'speech', text });
const action = (text: string): Segment => ({ kind: 'action', text });

const SECRET = 'I know where the letter is, and I will burn it tonight before he comes back from the harbour';

describe('the last gate', () => {
  test('lets a turn pass as it is, its thoughts left out', () => {
    const turn = [thought(SECRET), action('looks up'), speech('Good evening.')];
    expect(passLastGate(turn)).toEqual([action('looks up'), speech('Good evening.')]);
  });

  test.each([
    '<role_thinking>I fear him',
    'Good evening.</system_thinking>',
    '< Role Thinking >he lies',
    'Well. <|im_end|>',
    '<think>short, with an edge',
    '＜role_thinking＞I fear him＜/role_thinking＞',
    '[INST] stay in character [/INST]',
  ])('holds a turn back in which a tag is left: %s', (text) => {
    expect(passLastGate([action('bows'), speech(text)])).toEqual([]);
  });

  test.each([
    '2 < 3, and 5 > 4.',
    'I think (so to speak) that it rains.',
    'He said: “role play, or roll away?”',
    '*sighs* <3',
  ])('takes no ordinary sign for a tag: %s', (text) => {
    expect(passLastGate([speech(text)])).toEqual([speech(text)]);
  });

  test('holds back who says their thought aloud, whatever stands between, in capitals or not', () => {
    const aloud = 'Oh! I KNOW where the letter is; and I will burn it tonight, before… no.';
    expect(passLastGate([thought(SECRET), speech(aloud)])).toEqual([]);
    const inPieces = [
      thought(SECRET),
      speech('I know where the letter'),
      action('is, and I will burn it tonight before'),
    ];
    expect(passLastGate(inPieces)).toEqual([]);
  });

  test('lets them say in a few words what they thought', () => {
    const turn = [thought(SECRET), speech('I will burn it tonight.')];
    expect(passLastGate(turn)).toEqual([speech('I will burn it tonight.')]);
  });

  test('also where no blank stands between words', () => {
    const secret = '他不知道那封信藏在哪里，我今晚就要把它烧掉，谁也不会知道';
    expect(passLastGate([thought(secret), speech(`唉，${secret.slice(0, 22)}`)])).toEqual([]);
    expect(passLastGate([thought(secret), speech('今晚我要把它烧掉。')])).toHaveLength(1);
  });

  const PLAN =
    'She should stay guarded and let him talk, and only at the very end she lets her hand rest on the letter so that he sees it.';

  test('holds back a plan that is read aloud', () => {
    expect(passLastGate([speech(`Now. ${PLAN}`)], PLAN)).toEqual([]);
  });

  test.each([
    ['in quotation marks', (line: string) => `She is tired. “${line}” is what she would say, no more.`],
    ['behind a label', (line: string) => `She is tired.\nDraft: ${line}\nThat will do.`],
    ['in tags', (line: string) => `She is tired. <role_action>sits</role_action>${line}\nThat will do.`],
  ])('lets a plan rehearse the line, %s', (_how, rehearse) => {
    const line =
      'Three miles in the mud, sir, and nobody in this house has thanked the mud for it as I should have liked.';
    expect(passLastGate([speech(line)], rehearse(line))).toEqual([speech(line)]);
  });
});

test('who thinks over what they heard may say it again', () => {
  const heard = 'Mara: The letter with the seal lies under the third board of the pier.';
  const mind = thought('The letter with the seal lies under the third board of the pier. So she knows.');
  const line = speech('You say: the letter with the seal lies under the third board of the pier?');
  expect(passLastGate([mind, line])).toEqual([]);
  expect(passLastGate([mind, line], '', heard)).toEqual([line]);
});

describe('a tag in what is visible', () => {
  test.each([
    '<role_action>',
    '</role_action>',
    '< /role_action',
    '</ role_speech',
    '< role action',
    '<RoleAction',
    '<system-speech',
    '<|end|>',
    '<｜end｜>',
    '<<SYS>>',
    '<</SYS>>',
    '[INST]',
    '[/INST]',
    '<think>',
    '</think>',
    '</thinking>',
  ])('is seen: %s', (tag) => {
    expect(bearsTag(`Fine. ${tag} Go.`)).toBe(true);
  });

  test.each(['<role>', '<action>', '<so>', '[in st]', '<<so>>', 'role_action'])('is not %s', (sign) => {
    expect(bearsTag(`Fine. ${sign} Go.`)).toBe(false);
  });

  test('holds back all of it', () => {
    const clean: VisibleSegment[] = [
      { kind: 'action', text: 'nods' },
      { kind: 'speech', text: 'Fine.' },
    ];
    expect(withoutTags([])).toEqual([]);
    expect(withoutTags(clean)).toEqual(clean);
    expect(withoutTags([...clean, { kind: 'speech', text: 'Go.</role_action>' }])).toEqual([]);
  });
});
