import { describe, expect, test } from 'vitest';
import { type AnswerFormOptions, answerForm } from '../../../src/performer/answer-form.ts';

const OPTIONS: AnswerFormOptions = {
  planning: 'short',
  maxTokens: 1024,
  startInside: false,
  said: 'There is rain on the pier, and the lamp is out.',
  again: false,
};

function takes(change: Partial<AnswerFormOptions>, turn: string): boolean {
  const form = answerForm({ ...OPTIONS, ...change });
  if (!form) throw new Error('there is no form');
  return new RegExp(`^(?:${form.regex})$`, 'u').test(turn);
}

const PLANNED = '<system_thinking>She waits.</system_thinking>';

describe('the form of a turn', () => {
  test('has a plan as the model is to plan', () => {
    expect(takes({}, `${PLANNED}Good day.`)).toBe(true);
    expect(takes({}, 'Good day.')).toBe(false);
    expect(takes({ planning: 'off' }, 'Good day.')).toBe(true);
    expect(takes({ planning: 'off' }, `${PLANNED}Good day.`)).toBe(false);
    const long = `<system_thinking>${'She waits. '.repeat(9)}She goes.</system_thinking>Good day.`;
    expect([takes({}, long), takes({ planning: 'full' }, long)]).toEqual([false, true]);
  });

  test('begins inside the plan where the prompt opened it', () => {
    expect(takes({ startInside: true }, 'She waits.</system_thinking>Good day.')).toBe(true);
    expect(takes({ startInside: true }, `${PLANNED}Good day.`)).toBe(false);
  });

  test('has no thoughts where characters do not think', () => {
    const turn = `${PLANNED}<role_thinking>He lies.</role_thinking>Good day.`;
    expect(takes({}, turn)).toBe(true);
    expect(takes({ form: { thoughts: false, dialect: 'her' } }, turn)).toBe(false);
  });

  test('is written in the scripts that are played in', () => {
    const turn = `${PLANNED}Добрый день.`;
    expect(takes({}, turn)).toBe(false);
    expect(takes({ said: 'There is rain on the pier, and the lamp is out. Дождь.' }, turn)).toBe(true);
    expect(answerForm({ ...OPTIONS, said: '桟橋に雨。' })).toBeUndefined();
  });

  test('lets an action begin with a name that the game gave it, and with no other', () => {
    const turn = `${PLANNED}<role_action>wave: lifts a hand</role_action>`;
    expect(takes({ cues: ['wave', 'sit.down'] }, turn)).toBe(true);
    expect(takes({ cues: ['sit.down'] }, turn)).toBe(false);
    expect(takes({}, turn)).toBe(false);
  });

  test('has shorter sentences where a turn may have fewer tokens', () => {
    const turn = `${PLANNED}${'word '.repeat(20).trim()}.`;
    expect([takes({ maxTokens: 1024 }, turn), takes({ maxTokens: 320 }, turn)]).toEqual([true, false]);
  });

  test('is the very same text for the same options: servers keep what they compiled', () => {
    expect(answerForm(OPTIONS)?.grammar).toBe(
      answerForm({ ...OPTIONS, said: 'The boat is late, and nobody is here.' })?.grammar,
    );
  });

  test('there is none in CoSER’s brackets', () => {
    expect(answerForm({ ...OPTIONS, form: { thoughts: true, dialect: 'coser' } })).toBeUndefined();
  });
});
