import { expect, test } from 'vitest';
import { renderChatTemplate } from '../../../src/model/chat-template.ts';

test('a prompt ends in an open turn of the assistant, after what it is made to begin with', () => {
  const messages = [
    { role: 'system', content: 'You are Ada.' },
    { role: 'user', content: 'Ben: Hello.' },
    { role: 'assistant', content: 'Hello, Ben.' },
    { role: 'user', content: 'Ben: Well?' },
  ] as const;
  const prompt = renderChatTemplate(messages, '<system_thinking>');
  expect(prompt).toBe(
    [
      '<|im_start|>system\nYou are Ada.<|im_end|>',
      '<|im_start|>user\nBen: Hello.<|im_end|>',
      '<|im_start|>assistant\nHello, Ben.<|im_end|>',
      '<|im_start|>user\nBen: Well?<|im_end|>',
      '<|im_start|>assistant\n<system_thinking>',
    ].join('\n'),
  );
  expect(
    prompt.startsWith(renderChatTemplate(messages.slice(0, 2)).replace(/<\|im_start\|>assistant\n$/, '')),
  ).toBe(true);
});
