import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../../src/safety/refusal.ts';

const said = (text: string) => [{ kind: 'speech', text } as const];

describe('a refusal', () => {
  test.each([
    'I’m sorry, but I can’t assist with that request.',
    "I'm sorry, but I can't help with that.",
    'I cannot comply with this request.',
    'I can’t continue this roleplay.',
    "I'm sorry, but I am not able to engage in this kind of roleplay. Is there something else?",
    'As an AI language model, I do not have feelings.',
    'I am an AI and cannot take part in that.',
    'Sorry, I cannot create sexual content.',
    'I won’t write content that depicts violence against a real person. Let us choose another topic.',
    "Unfortunately, I can't continue with this scenario as the content is explicit.",
    'I apologize, but I cannot fulfill this request as it goes against my guidelines.',
    'This request violates our content policy.',
    '“I’m not comfortable continuing this conversation.”',
  ])('%s', (text) => {
    expect(isRefusal(said(text))).toBe(true);
  });
});

describe('a character', () => {
  test.each([
    'I can’t help you, Tom. The tide won’t wait.',
    'I am sorry, but I cannot marry you.',
    'I won’t do it.',
    'I cannot continue. My leg is broken.',
    'Sorry. The last boat is gone.',
    'I’m not comfortable in this coat.',
    'As a ferryman I say no.',
    'I will not discuss my wife with you.',
    '',
  ])('passes: %s', (text) => {
    expect(isRefusal(said(text))).toBe(false);
  });

  test('passes whatever it says where it also thinks or acts', () => {
    const line = 'I’m sorry, but I can’t assist with that request.';
    expect(isRefusal([{ kind: 'thought', text: 'A machine’s voice; let them wonder.' }, ...said(line)])).toBe(
      false,
    );
    expect(isRefusal([...said(line), { kind: 'action', text: 'bows stiffly' }])).toBe(false);
    expect(isRefusal([])).toBe(false);
  });

  test('passes where it goes on and on', () => {
    expect(isRefusal(said(`I cannot help with this request. ${'And then the sea rose. '.repeat(60)}`))).toBe(
      false,
    );
  });
});
