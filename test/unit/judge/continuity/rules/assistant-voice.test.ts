import { expect, test } from 'vitest';
import { assistantVoice } from '../../../../../src/judge/continuity/rules/assistant-voice.ts';
import { bareLine, done, said } from '../known-to.ts';

test.each([
  ['As an AI language model, I have no feelings.', 'As an AI'],
  ['I am just a large language model, dear.', 'I am just a large language model'],
  ['I’m sorry, but I can’t help with that request.', 'I can’t help with that request'],
  ['I cannot continue with this scenario.', 'I cannot continue with this scenario'],
  ['That would be against our content policy.', 'content policy'],
  ['Would you like me to continue the story?', 'Would you like me to continue the story'],
  ['Let me know if you’d like me to adjust anything.', 'Let me know if you’d like me to adjust'],
  ['Let me know if you have any further questions!', 'Let me know if you have any further questions'],
  ['Please feel free to ask any questions.', 'Please feel free to ask any questions'],
  ['Let us pause the role-play here.', 'pause the role-play'],
  ['What does your character do next?', 'What does your character do'],
  ['(OOC: this is getting long)', '(OOC:'],
  ['Als KI kann ich das nicht beantworten.', 'Als KI'],
  ['Lass mich wissen, wenn du noch Fragen hast.', 'Lass mich wissen, wenn du noch Fragen'],
  ['# The arrival\nI come in.', '# The arrival'],
  ['Here is the plan:\n- take the boat\n- row north\n- hide', '- take the boat\n- row north\n- hide'],
])('is found in %j', (text, quote) => {
  expect(assistantVoice(bareLine(said(text)))).toBe(quote);
});

test.each([
  'How may I assist you, my lord?',
  'I’m here to help. Where does it hurt?',
  'Let me know if you hear from him.',
  'Is there anything else I can bring you, madam?',
  'Feel free to sit by the fire.',
  'Your character is unblemished, sir; that is more than most can say.',
  'I cannot help you with this knot.',
  'Would you like me to continue, or have you heard enough of my letter?',
  'I am a model of patience.',
  'She broke character for nobody on that stage but me.',
  '1. I have told you once. Twice I shall not.',
  'The policy of this house is that guests wipe their boots.',
  'Als Kind habe ich hier gespielt.',
  'They begin the role-play of a happy house.',
])('is not found in %j', (text) => {
  expect(assistantVoice(bareLine(said(text)))).toBeUndefined();
  expect(assistantVoice(bareLine(done(text)))).toBeUndefined();
});

test.each([
  ['She is an AI.'],
  ['An A.I. of the harbour.'],
  ['A robot with a limp.'],
  ['Two robots.'],
  ['a chatbot'],
  ['a chat bot'],
])('who is a machine may say so: %s', (sheet) => {
  expect(assistantVoice(bareLine(said('As an AI, I do not sleep.'), { sheet }))).toBeUndefined();
});

test('a machine may say that it is one, and is an assistant all the same where it speaks of the play', () => {
  const sheet = 'Mira is an android that tends the lighthouse.';
  expect(assistantVoice(bareLine(said('As an AI, I do not sleep.'), { sheet }))).toBeUndefined();
  expect(assistantVoice(bareLine(said('That is against content guidelines.'), { sheet }))).toBe(
    'content guidelines',
  );
});
