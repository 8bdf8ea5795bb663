import { describe, expect, test } from 'vitest';
import { publicReason, REASON_CHARS, reasonAfterName } from '../../../src/director/reason.ts';

describe('a reason for people', () => {
  test.each([
    ['he was just insulted', 'he was just insulted'],
    ['He was insulted.', 'He was insulted'],
    ['Mr. Darcy was insulted. He will answer.', 'Mr. Darcy was insulted'],
    ['Reasoning: she was asked\nNext', 'she was asked Next'],
    ['Was she not asked? Yes.', 'Was she not asked?'],
    ['<think>SECRET</think>she was asked', 'she was asked'],
    ['<role_thinking>SECRET</role_thinking>she was asked', 'she was asked'],
    ['she <b>was</b> asked', 'she was asked'],
    ['<@123> and @everyone call **her**', 'and everyone call her'],
    ['read [this](https://evil.example/x) now', 'read this now'],
    ['see https://evil.example/x and discord.gg/abc', 'see and'],
    ['`code` ||spoiler|| ~~no~~ # head', 'code spoiler no head'],
    ['{"reasoning": "she was asked", "', 'she was asked'],
    ['她被问到了。她会回答。', '她被问到了'],
    ['**Reason**: she was asked', 'she was asked'],
    ['“Why” —she was asked', 'she was asked'],
    ['She had a reason: he lied', 'She had a reason: he lied'],
    ['she<b>was</b>asked', 'she was asked'],
    ['she<think>x</think>was asked', 'she was asked'],
    ['she was asked <role thinking>SECRET\nand more', 'she was asked'],
    ['<think>SECRET\n< / role-thinking >she was asked', 'she was asked'],
    ['she`was``asked', 'she was asked'],
    ['see ftp://x.example/y now', 'see now'],
    ['J. Bennet was asked. He waits.', 'J. Bennet was asked'],
    ['12 guests wait', '12 guests wait'],
    ['42', '42'],
    ['', ''],
    ['…!?', ''],
    ['\u202e\u200b', ''],
  ])('%j', (raw, expected) => {
    expect(publicReason(raw)).toBe(expected);
  });

  test('is cut at a word, where one ends in its second half', () => {
    expect(publicReason('word '.repeat(40))).toBe(`${'word '.repeat(27).trim()}…`);
    expect(publicReason('word, '.repeat(40))).toBe(`${'word, '.repeat(23).trim().slice(0, -1)}…`);
    expect(publicReason(`a ${'x'.repeat(200)}`)).toBe(`a ${'x'.repeat(137)}…`);
    expect(publicReason('x'.repeat(200))).toBe(`${'x'.repeat(139)}…`);
  });

  test('is cut between characters', () => {
    expect(publicReason(`${'x'.repeat(138)}😀😀`)).toBe(`${'x'.repeat(138)}…`);
  });

  test('stays as it is where it is as long as it may be', () => {
    expect(publicReason('x'.repeat(REASON_CHARS))).toBe('x'.repeat(REASON_CHARS));
  });

  test('is one line of at most 140 characters, whatever it was, and stays as it is when read again', () => {
    for (const raw of [
      'word '.repeat(4000),
      '😀'.repeat(10_000),
      '<think'.repeat(4000),
      '[a]('.repeat(5000),
    ]) {
      const reason = publicReason(raw);
      expect(reason.length).toBeLessThanOrEqual(REASON_CHARS);
      expect(reason).not.toMatch(/[\n<>@`[\]]/);
      expect(reason.isWellFormed()).toBe(true);
      expect(publicReason(reason)).toBe(reason);
    }
  });
});

test.each([
  ['Darcy was insulted', 'who was insulted'],
  ['Mr. Darcy has not spoken for a while', 'who has not spoken for a while'],
  ['Darcy’s pride was hurt', 'whose pride was hurt'],
  ['Darcy’ pride was hurt', 'whose pride was hurt'],
  ['Darcy’s friend’s pride was hurt', 'whose friend’s pride was hurt'],
  ['Darcy: it’s he who was asked', 'Darcy: it’s he who was asked'],
  ['He was insulted', 'he was insulted'],
  ['Pride, as she said', 'Pride, as she said'],
  ['The question was meant for him', 'the question was meant for him'],
  ['Elizabeth asked him', 'Elizabeth asked him'],
  ['Darcy and Jane are talking', 'Darcy and Jane are talking'],
  ['left to chance', 'left to chance'],
])('behind the name, %j reads %j', (reason, expected) => {
  expect(reasonAfterName(reason, ['Mr. Darcy', 'Darcy'])).toBe(expected);
});

test('a link with which a reason begins is taken out of it', () => {
  expect(publicReason('https://example.org says that Jane was asked')).toBe('says that Jane was asked');
});

test('signs with which a reason begins are left out, however many they are', () => {
  expect(publicReason('- "Jane was asked')).toBe('Jane was asked');
});
