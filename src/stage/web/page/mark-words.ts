import type { WireMark } from '../wire-shapes.ts';

/** What a remark of continuity is called. */
export const markWords: Readonly<Record<WireMark['kind'], string>> = {
  'knows-too-much': 'knows too much',
  'speaks-for-others': 'speaks for others',
  'thought-leaked': 'thought in the open',
  'out-of-card': 'out of card',
  repetition: 'repeats itself',
  'assistant-voice': 'assistant’s voice',
};
