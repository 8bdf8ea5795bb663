import { describe, expect, test } from 'vitest';
import { harvest, LONGEST_DRAFT } from '../../../../../src/lab/synth/draft/harvest.ts';

describe('the draft of a plan is', () => {
  test.each([
    [
      'what came on the model’s own channel',
      'Mara: No.',
      'Mara would refuse.',
      { draft: 'Mara would refuse.', method: 'channel' },
    ],
    [
      'what stands before </think>',
      '<think>Mara would refuse.</think>Mara: No.',
      '',
      { draft: 'Mara would refuse.', method: 'tag' },
    ],
    [
      'the same where the tag was opened by the template',
      'Mara would refuse.</think>\nMara: No.',
      '',
      { draft: 'Mara would refuse.', method: 'tag' },
    ],
    [
      'before the first of several kinds of tags',
      'a</thinking>b</thinker>Mara: No.',
      '',
      { draft: 'ab', method: 'tag' },
    ],
    [
      'what stands before the speaker’s line',
      'She is tired. She refuses.\nMara: No.',
      '',
      { draft: 'She is tired. She refuses.', method: 'name' },
    ],
    [
      'up to the first such line, where nothing tells a line tried out from the reply',
      'She weighs it.\nMara: Never!\nMara: No.',
      '',
      { draft: 'She weighs it.', method: 'name' },
    ],
    [
      'past such a line, where a tag closes the thinking later (D12)',
      '<think>Perhaps:\nMara: Never!\nToo loud. Softer.</think>\nMara: No.',
      '',
      { draft: 'Perhaps:\nMara: Never!\nToo loud. Softer.', method: 'tag' },
    ],
    [
      'what stands before a marked line with a part of the name',
      'She refuses.\n**Mara:** No.',
      '',
      { draft: 'She refuses.', method: 'name', speaker: 'Mara Venn' },
    ],
    [
      'without the tag of thinking that was never closed',
      '<think>She refuses.\nMara: No.',
      '',
      { draft: 'She refuses.', method: 'name' },
    ],
    [
      'whatever letters the name has',
      'Сначала молчит.\nИван: Нет.',
      '',
      { draft: 'Сначала молчит.', method: 'name', speaker: 'Иван' },
    ],
    [
      'a paragraph before the first tag',
      `${'She weighs it. '.repeat(25)}<role_action>nods</role_action>No.`,
      '',
      { draft: 'She weighs it. '.repeat(25).trim(), method: 'role-tag' },
    ],
  ])('%s', (_what, answer, reasoning, { draft, method, ...more }) => {
    const speaker = 'speaker' in more && typeof more.speaker === 'string' ? more.speaker : 'Mara';
    expect(harvest(answer, reasoning, speaker)).toEqual({ draft, method });
  });
});

describe('a reply is never taken for a plan', () => {
  test.each([
    ['a bare reply', 'No.'],
    ['a named reply', 'Mara: No.'],
    ['some words before a tag', 'Well, well.<role_action>nods</role_action>'],
    ['an empty answer', ''],
    ['tags alone', '<think></think>Mara: No.'],
    ['tags alone, on lines of their own', '<think>\n\n</think>\n\nMara: No.\nMara: And no again.'],
    ['a reply of two paragraphs, each with its name', 'Mara: No. I said it twice.\n\nMara: And no again.'],
    ['thinking that was cut off', '<think>She weighs it and then'],
  ])('%s', (_what, answer) => {
    expect(harvest(answer, '', 'Mara')).toEqual({ draft: '', method: 'none' });
  });
});

describe('a long draft is cut', () => {
  test('behind a sentence', () => {
    const { draft } = harvest('', 'Mara weighs the price again. '.repeat(400), 'Mara');
    expect(draft.length).toBeLessThanOrEqual(LONGEST_DRAFT);
    expect(draft.length).toBeGreaterThan(LONGEST_DRAFT - 40);
    expect(draft.endsWith('again.')).toBe(true);
  });

  test('never within a sign', () => {
    const { draft } = harvest('', `a${'😀'.repeat(LONGEST_DRAFT)}`, 'Mara');
    expect(draft.isWellFormed()).toBe(true);
    expect(draft).toHaveLength(LONGEST_DRAFT - 1);
  });
});
