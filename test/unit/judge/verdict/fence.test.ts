import { expect, test } from 'vitest';
import { drawNonce, fenced } from '../../../../src/judge/verdict/fence.ts';

test('a fence is drawn from the secret and the texts, the same for the same', () => {
  const drawn = drawNonce('secret', ['one', 'two']);
  expect(drawn).toMatch(/^[0-9a-f]{16}$/);
  expect(drawNonce('secret', ['one', 'two'])).toBe(drawn);
  const others = [
    drawNonce('another', ['one', 'two']),
    drawNonce('secret', ['one', 'three']),
    drawNonce('secret', ['onetwo', '']),
    drawNonce('secret', []),
  ];
  expect(new Set([drawn, ...others]).size).toBe(5);
});

test('parts stand under the fence, which also ends the last', () => {
  const parts = [
    { title: 'one', text: 'A' },
    { title: 'two', text: 'B' },
  ];
  expect(fenced('f', parts)).toBe('[f] one\nA\n[f] two\nB\n[f] end');
});
