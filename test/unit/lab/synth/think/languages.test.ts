import { expect, test } from 'vitest';
import { isOtherLanguage } from '../../../../../src/lab/synth/think/languages.ts';

const GERMAN = 'Guten Abend. Was? Die Fähre fährt heute nicht mehr. Ich warte hier, bis es hell wird.';
const ENGLISH = 'Good evening. The ferry is not going to cross tonight, and I am here to wait for it.';

test.each([
  [
    'a German thought beside a short turn that might be English',
    'Ich weiß nicht, wer das ist, und will es auch gar nicht wissen',
    'Was?',
    GERMAN,
    false,
  ],
  [
    'a German thought in an English scene',
    'Ich weiß nicht, wer das ist, und will es auch gar nicht wissen',
    'The tide is wrong.',
    ENGLISH,
    true,
  ],
  ['a Chinese thought in an English scene', '天已经黑了', 'The tide is wrong.', ENGLISH, true],
  ['a Chinese thought in a Chinese scene', '天已经黑了', '请坐。', '请坐。我不坐了。', false],
  [
    'an English thought in an English scene',
    'She has run the last mile',
    'The tide is wrong.',
    ENGLISH,
    false,
  ],
])('%s', (_what, thought, turn, scene, expected) => {
  expect(isOtherLanguage(thought, turn, () => scene)).toBe(expected);
});
