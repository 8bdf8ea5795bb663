import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decideNext } from '../../../../src/lab/gca/decide.ts';
import { END_CHAT, referenceNextSpeaker } from '../../../../src/lab/gca/reference-next-speaker.ts';

const GOLDEN = new URL('../../../../../shared/data/golden/', import.meta.url);
const NAMES = ['Old Pell', 'Mara Quill', 'Environment'];

function rows(file: string) {
  return readFileSync(new URL(file, GOLDEN), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('an answer about the next speaker, read as the reference does', () => {
  test.each([
    ['mara quill', 'Mara Quill'],
    ['- Mara Quill', 'Mara Quill'],
    ['Next Speaker: Mara Quill, then Old Pell', 'Old Pell'],
    ['Reasoning: she was asked.\nNext Speaker: **Mara Quill**', 'random'],
    ['The scene should close. <END CHAT>', END_CHAT],
    ['<END_CHAT>', 'random'],
    ['<think>Old Pell spoke</think>Mara Quill', 'Mara Quill'],
    ['<think>Mara Quill', 'random'],
    ['', 'random'],
    ['x'.repeat(1501), 'random'],
  ])('%s -> %s', (answer, next) => {
    expect(referenceNextSpeaker(answer, NAMES)).toBe(next);
  });

  test.skipIf(!existsSync(GOLDEN))('as the reference was seen to (needs ../shared)', () => {
    const seen = rows('reference-functions.jsonl').filter(({ fn }) => fn === 'parse_nsp_response');
    expect(seen.length).toBeGreaterThan(50);
    for (const { args, output, src } of seen)
      expect(referenceNextSpeaker(args[0], args[1], args[2]), src).toBe(output);
  });
});

describe('the decision', () => {
  const stage = { speaking: NAMES, major: ['Mara Quill', 'Old Pell'] };

  test('the end counts from the sixth turn on', () => {
    expect(decideNext(END_CHAT, 'Old Pell', 4, stage, () => 0)).toEqual({
      next: 'Environment',
      rule: 'fallback',
    });
    expect(decideNext(END_CHAT, 'Old Pell', 5, stage, () => 0)).toEqual({ next: undefined, rule: 'end' });
  });

  test('nobody speaks twice in a row, and a stranger not at all', () => {
    expect(decideNext('Old Pell', 'Old Pell', 0, stage, () => 0.99).next).toBe('Mara Quill');
    expect(decideNext('Lady X', 'Old Pell', 0, stage, () => 0).rule).toBe('fallback');
    expect(decideNext('Mara Quill', 'Old Pell', 0, stage, () => 0)).toEqual({
      next: 'Mara Quill',
      rule: 'accepted',
    });
  });

  test.skipIf(!existsSync(GOLDEN))('as in the published simulations (needs ../shared)', () => {
    const seen = rows('next-speaker-decisions.jsonl');
    expect(seen.length).toBeGreaterThan(60);
    for (const one of seen) {
      const stage = { speaking: one.speaking_characters_w_env, major: one.major_characters };
      const { next, rule } = decideNext(one.nsp_name, one.current, one.round, stage, () => 0);
      expect(rule, one.src).toBe(one.rule);
      if (rule === 'accepted') expect(next, one.src).toBe(one.actual_next);
      if (rule === 'fallback') expect(one.candidates, one.src).toContain(next);
    }
  });
});
