import { describe, expect, test } from 'vitest';
import {
  isSurelyPlan,
  looksLikePlan,
  namesHiddenLayer,
  talksOfTheTask,
} from '../../../src/format/plan-guard.ts';

const MARA = ['Mara Vell', 'Mara'];

describe('looksLikePlan', () => {
  test.each([
    'I portray her as tense.',
    'We embody the courier.',
    'Let me stay in character.',
    'Let’s keep in character.',
    'I’ll depict a tired woman.',
    'I need to respond as Tobin would.',
    'I must roleplay it with care.',
    'We are going to convey her anger.',
    'I should play the part of a courier.',
    'I ought to play as the character.',
    'I must play her tired.',
    'We want to play tobin as tense.',
    'I will play tobin here.',
    'I need to show restraint.',
    'I must show hesitation.',
    'The user wants a short line.',
    'As an AI I keep it short.',
    'As a language model I keep it short.',
    'As a large language model I keep it short.',
    'First the system thinking, then the line.',
    'First the rolethinking.',
    'By the prompt, it rains.',
    'By the system prompt, it rains.',
    'In the expected format, then.',
    'Now an in-character reply.',
    'Now an in character reply.',
    'Now a role-play turn.',
    'My response should be short.',
    'The reply needs to be short.',
    'This output need to be short.',
    'Okay, so I need to think of her, of him and of the tone.',
    'Now we start with the scene.',
    'Hmm, let’s think about what the character does.',
    'We must produce one line.',
    'I am asked to continue the story.',
    'I have to respond in kind.',
    'The scene requires tension.',
    'The instructions require tension.',
    'The instruction says so.',
    'The instructions say so.',
    'The guideline demands it.',
    'The guidelines demand it.',
    'The persona calls for it.',
    'The guidelines call for it.',
    'The scene is set at dawn.',
    'Sure, here is a short and bitter version.',
    'Certainly here’s her reply.',
    'Of course! Here are two ways, each a version of it.',
    'Here is the response.',
    'Here’s my reply.',
    'Here’s Tobin’s short reply.',
    'Here is a well-made reply.',
    'Here is my own tentative continuation.',
    'Analysis: she waits.',
    '**Plan:** she waits.',
    '** Strategy** ： she waits.',
    'Thought process : she waits.',
    'Let’s think step by step.',
    'Let us think about how she would say it.',
    'analysisWe answer.',
    'analysis we answer.',
    'analysisneed an answer.',
    'Short and sharp. assistantfinalYes.',
    '\n\n  Plan: she waits.',
  ])('the model talks of its task: %s', (text) => {
    expect(looksLikePlan(text, [])).toBe(true);
  });

  test.each([
    'I must show you the letter.',
    'I must show Mr. Darcy in.',
    'I will play the piano.',
    'I have played here before.',
    'I am sure here is no character for it, of course.',
    'Look, here is my reply.',
    'My plan: we go at dawn.',
    'The analysisWe, an odd ship.',
    'Analysis paralysis, my uncle said.',
    'analysis, we said, is for the idle.',
    'The prompter is ill.',
    'Okay, so I need to think. Come back at noon.',
    'First I need a drink.',
    'The scene was a sad one.',
    'Have you the letter?',
    'Fine.\n\nThe user wants a short line.',
    'Fine.\n \t\nThe user wants a short line.',
    `${'Fine. '.repeat(100)}The user wants a short line.`,
  ])('somebody speaks: %s', (text) => {
    expect(looksLikePlan(text, MARA)).toBe(false);
  });

  test.each(['should', 'must', 'needs to', 'would', 'wants to', 'will', 'has to', 'ought to', 'is feeling'])(
    'who speaks of what they do by their own name is planned: %s',
    (verb) => {
      expect(looksLikePlan(`Mara ${verb} wait.`, MARA)).toBe(true);
      expect(looksLikePlan(`So here Mara Vell ${verb} wait.`, MARA)).toBe(true);
      expect(looksLikePlan(`Samara ${verb} wait.`, MARA)).toBe(false);
      expect(looksLikePlan(`Tobin ${verb} wait.`, MARA)).toBe(false);
    },
  );

  test.each(['As Mara, I wait.', 'As Mara Vell, she waits.', 'As MARA, he waits.'])(
    'or begins as them: %s',
    (text) => {
      expect(looksLikePlan(text, MARA)).toBe(true);
      expect(looksLikePlan(`Well. ${text}`, MARA)).toBe(false);
      expect(looksLikePlan(text, ['Tobin'])).toBe(false);
    },
  );
});

describe('isSurelyPlan', () => {
  test.each([
    'I need to portray her as tense.',
    'We must stay in character.',
    'I should respond as Mara.',
    'As an AI language model I keep it short.',
    'Short. assistantfinalYes.',
  ])('no character says it: %s', (text) => {
    expect(isSurelyPlan(text)).toBe(true);
  });

  test.each([
    'The user wants it short.',
    'I must show restraint.',
    'I respond to no one.',
    'He is a character, and a model of patience.',
    'Fine.\n\nI need to portray her as tense.',
  ])('a character may say it: %s', (text) => {
    expect(isSurelyPlan(text)).toBe(false);
  });
});

describe('talksOfTheTask', () => {
  test.each([
    'I kept to the format.',
    'A longer roleplay is possible.',
    'A longer role-play is possible.',
    'Let me know what you think.',
    'Would you like more?',
    '\n\nThe scene goes on.',
  ])('an afterword: %s', (text) => {
    expect(talksOfTheTask(text)).toBe(true);
  });

  test.each(['She leaves.', 'Information is dear.', 'She leaves.\n\nThe scene goes on.'])(
    'none: %s',
    (text) => {
      expect(talksOfTheTask(text)).toBe(false);
    },
  );
});

describe('namesHiddenLayer', () => {
  test.each([
    'role_thinking',
    '(system-thought)',
    '(innerthought)',
    'r\u043ele_thinking',
    'ro\u200ble_think\u200bing',
    '{thinking}',
    '{ /think }',
    '【 thought】',
    '【/ analysis 】',
    '( / thinkers )',
    '[/reasoning]',
    '＜ｔｈｉｎｋ＞',
    'he lies</rolethnkng',
    '<systmthinkng he lies',
    'sysetm_thinkin> he lies',
    '{"inner_thoughts": 1}',
    '“Thought” ： he lies',
    "{'plan': 1}",
    '"my_reasoning":',
    '<abcde '.repeat(61),
  ])('what is left of a hidden layer: %s', (text) => {
    expect(namesHiddenLayer(text)).toBe(true);
  });

  test.each([
    'role-thinking',
    'I think (so) that he thought it.',
    'He was {deep} in thought.',
    '(thinking)',
    '[think]ing',
    '{thinks so}',
    '“A thought”, he said: “no.”',
    '“Plan B”: we go.',
    '<abcde '.repeat(60),
    'a <3 b, <gate> and 5 > 4',
    'thought',
  ])('words: %s', (text) => {
    expect(namesHiddenLayer(text)).toBe(false);
  });
});
