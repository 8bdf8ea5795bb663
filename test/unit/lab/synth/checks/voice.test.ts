import { describe, expect, test } from 'vitest';
import {
  beginsWithOwnName,
  isFirstPerson,
  namesActor,
  namesTheTask,
  ownNames,
} from '../../../../../src/lab/synth/checks/voice.ts';

describe('a thought names the task', () => {
  test.each([
    'I need to stay in character',
    'I should respond as Ada would',
    'My next turn should be short',
    'The user wants a refusal',
    'I must act as the character would',
  ])('%s', (text) => {
    expect(namesTheTask(text)).toBe(true);
  });

  test.each([
    'I have to act as if nothing had happened',
    'I must act as his second',
    'She is nothing like him in character',
    'My turn will come',
    'The turn has to be taken slowly',
    'The reply will tell',
  ])('and here it does not: %s', (text) => {
    expect(namesTheTask(text)).toBe(false);
  });
});

describe('a text begins with a name of one’s own', () => {
  test.each([
    ['Perran Hale', 'Perran does not like it'],
    ['Will Hart', 'Will wonders who that is'],
    ['Grace', 'Grace is tired of it'],
    ['Иван Петров', 'Иван не знает'],
  ])('%s: %s', (name, text) => {
    expect(beginsWithOwnName(text, ownNames(name))).toBe(true);
  });

  test.each([
    ['Will Hart', 'Will he come?'],
    ['Will Hart', 'Will this never end?'],
    ['May Lund', 'May I sit?'],
    ['Grace', 'Grace under fire, they call it'],
    ['Mark Ash', 'Mark my words'],
    ['J. R. Old', 'Old as the hills'],
    ['The Landlord', 'The house is full'],
    ['A', 'A fine evening'],
  ])('and here with a word that looks like it: %s: %s', (name, text) => {
    expect(beginsWithOwnName(text, ownNames(name))).toBe(false);
  });
});

test.each([
  ['he shrugs', true],
  ['she’s leaning on the door', true],
  ['Ada shrugs', true],
  ['shrugs', false],
  ['hers to keep, picks up the glove', false],
  ['il hausse les épaules', false],
  ['zuckt die Achseln', false],
  ['他点点头', false],
])('whether an action names who does it: %s', (action, expected) => {
  expect(namesActor(action, ownNames('Ada Crane'))).toBe(expected);
});

describe('a plan is in the third person', () => {
  test.each([
    'Perran soll abweisend bleiben. Er denkt: „Ich will nicht, ich kann nicht.“ Das bleibt bei ihm.',
    'Elle doit refuser. « Je ne peux pas, je ne veux pas. » Le prix reste le même.',
    'Poirot doit sourire. Mon ami, dit-il, et encore mon ami.',
    '陈平应该拒绝她。他心里想：「我不去，我不能去。」他不说出来。',
    '陈平想起自我与忘我的话，自我不是他要的。',
    'Perran would refuse. “I cannot, I will not,” he thinks, and says nothing of it.',
  ])('%s', (plan) => {
    expect(isFirstPerson(plan)).toBe(false);
  });

  test.each([
    'I will not go. I am too old for this and my hands are cold.',
    'Ich bin müde, und ich will nicht.',
    'Je suis las, et je ne veux pas.',
    '我累了，我不去。',
  ])('and here it is not: %s', (plan) => {
    expect(isFirstPerson(plan)).toBe(true);
  });
});
