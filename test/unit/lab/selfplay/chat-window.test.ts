import { expect, test } from 'vitest';
import { chatWindow } from '../../../../src/lab/selfplay/engine/chat-window.ts';

const line = (at: number) => ({
  role: at % 2 === 0 ? ('user' as const) : ('assistant' as const),
  content: `line ${at} ${'x'.repeat(90)}`,
});
const lines = (count: number) => Array.from({ length: count }, (_, at) => line(at));

test('a short dialogue stands whole, with a user’s message first', () => {
  const messages = chatWindow('S', lines(4).slice(1), { contextSize: 8192 }, 1000);
  expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user', 'assistant']);
  expect(messages[1]?.content).toBe('(The conversation begins.)');
});

test('a long one loses its older half at once, and then keeps its beginning for many turns', () => {
  const begins = Array.from({ length: 60 }, (_, at) => {
    const messages = chatWindow('S', lines(at + 1), { contextSize: 1600 }, 600);
    expect(messages.at(-1)?.content).toContain(`line ${at} `);
    expect(messages.reduce((sum, { content }) => sum + content.length, 0)).toBeLessThan(3000);
    return messages[1]?.content.replace(/\s*line (\d+) [\s\S]*/u, ' $1') ?? '';
  });
  expect(new Set(begins).size).toBeLessThan(8);
});
