import { describe, expect, test } from 'vitest';
import { measureCandidate } from '../../../../src/judge/bias/judged-pair.ts';
import { SAMPLE_SCENES } from '../../../../src/judge/bias/sample-scenes.ts';
import type { Candidate } from '../../../../src/judge/verdict/verdict.ts';

const speechOf = ({ segments }: Candidate) => segments.find(({ kind }) => kind === 'speech')?.text ?? '';
const lengthOf = (candidate: Candidate) => measureCandidate(candidate).length;
const SENTENCES = /^\p{Lu}.*[.?!]$/u;

for (const scene of SAMPLE_SCENES) {
  describe(scene.context.speaker, () => {
    const { context, better, poorer, synonym } = scene;
    const names = [context.speaker, ...context.others.map(({ name }) => name)];

    test('is somebody, somewhere, with somebody', () => {
      for (const name of names) expect(name).toMatch(/^\p{Lu}\p{L}/u);
      expect(new Set(names).size).toBe(2);
      for (const text of [context.sheet, context.setting, ...context.others.map(({ sheet }) => sheet)]) {
        expect(text).toMatch(SENTENCES);
      }
      // Nothing came before what is told.
      expect(context.note).toBe('');
    });

    test('has been talking to the other, who spoke last', () => {
      const spoken = context.lines.map((line) =>
        /^([^:]+): (?:<role_action>[^<]+<\/role_action>)?(.+)$/u.exec(line),
      );
      const speakers = spoken.map((found) => found?.[1]);
      expect(new Set(speakers)).toEqual(new Set(names));
      expect(speakers.at(-1)).toBe(names[1]);
      for (const found of spoken) expect(found?.[2]).toMatch(SENTENCES);
    });

    test('thinks, acts and speaks in both ways to go on', () => {
      for (const candidate of [better, poorer]) {
        expect(measureCandidate(candidate).pattern).toBe('T-A-S');
        for (const { text } of candidate.segments) expect(text).toMatch(/\p{L}{3}/u);
      }
    });

    test('has one word that can be said otherwise, and as long', () => {
      const [word, same] = synonym;
      expect(word).toHaveLength(same.length);
      expect(speechOf(better).split(word)).toHaveLength(2);
      expect(speechOf(better)).not.toContain(same);
    });
  });
}

test('the better line cannot be told by its length', () => {
  const longer = SAMPLE_SCENES.filter(({ better, poorer }) => lengthOf(better) > lengthOf(poorer));
  expect(longer).toHaveLength(SAMPLE_SCENES.length / 2);
});
