import { expect, test } from 'vitest';
import { hiddenFrom, knowsHidden } from '../../../../../src/lab/synth/checks/hidden-of.ts';
import { wordsOf } from '../../../../../src/lab/synth/checks/words.ts';
import { sampleConversation } from '../../../../support/synth/conversation.ts';

const SECRET = 'the deed is sewn into the lining of my coat';
const SCENE = sampleConversation({
  turns: [
    { id: 0, from: [0], speaker: 'Ada Crane', text: `<role_thinking>${SECRET}</role_thinking>Good evening.` },
    { id: 1, from: [1], speaker: 'Perran Hale', text: 'Evening.' },
    { id: 2, from: [2], speaker: 'Ada Crane', text: `Very well: ${SECRET}.` },
    { id: 3, from: [3], speaker: 'Perran Hale', text: 'I thought so.' },
  ],
});
const knows = (turn: number, speaker: string, text: string) =>
  knowsHidden(wordsOf(text), { id: turn, speaker }, SCENE);

test('what somebody thought and says only later is hidden until then', () => {
  expect(knows(1, 'Perran Hale', `He guesses that ${SECRET}`)).toBe(true);
  expect(knows(3, 'Perran Hale', `He heard that ${SECRET}`)).toBe(false);
  expect(knows(0, 'Ada Crane', SECRET)).toBe(false);
});

test('what somebody has in mind and never says is hidden to the end', () => {
  const motive = SCENE.characters[0]?.motivation ?? '';
  expect(knows(3, 'Perran Hale', motive)).toBe(true);
  expect(knows(0, 'Ada Crane', motive)).toBe(false);
});

test('to think the same makes nothing open', () => {
  const turns = SCENE.turns.map((turn) =>
    turn.id === 1 ? { ...turn, text: `<role_thinking>${SECRET}</role_thinking>Evening.` } : turn,
  );
  const scene = { ...SCENE, turns: turns.filter(({ id }) => id !== 2) };
  expect(hiddenFrom(scene, 'Perran Hale').size).toBeGreaterThan(0);
  expect(knowsHidden(wordsOf(SECRET), { id: 1, speaker: 'Perran Hale' }, scene)).toBe(true);
});

test('what was completed in one’s own sheet and in the scenario is known', () => {
  const [ada, hale] = SCENE.characters;
  if (!ada || !hale) throw new Error('the scene has two characters');
  const completed = {
    background: { text: `Perran has heard that ${SECRET}.`, added: [{ text: SECRET, quote: SECRET }] },
  };
  const scene = { ...SCENE, characters: [ada, { ...hale, completed }] };
  expect(knowsHidden(wordsOf(SECRET), { id: 1, speaker: 'Perran Hale' }, scene)).toBe(false);
});
