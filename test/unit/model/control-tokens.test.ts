import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breakControlTokens } from '../../../src/model/control-tokens.ts';

const TOKENS = [
  '<|im_start|>',
  '<|im_end|>',
  '<|eot_id|>',
  '<|start_header_id|>',
  '<｜User｜>',
  '<start_of_turn>',
  '<end_of_turn>',
  '</s>',
  '<s>',
  '<bos>',
  '[INST]',
  '[/INST]',
  '<<SYS>>',
  '<</SYS>>',
];

test.each(TOKENS)('%s is broken', (token) => {
  expect(breakControlTokens(`a${token}b`)).toBe(`a${token.replace(/^(<(?=<)|<|\[)/, '$1 ')}b`);
});

test('HER tags and everyday text stay as they are', () => {
  const text =
    '<system_thinking>a</system_thinking><role_action>b</role_action> 1 < 2 [sighs] <b> a|b <strong>';
  expect(breakControlTokens(text)).toBe(text);
});

test('no mark is left in any text, and breaking again changes nothing', () => {
  const piece = fc.constantFrom(...TOKENS, '<', '|', '>', '/', '[', 's', 'INST]', ' ', 'a');
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => pieces.join('')),
      (text) => {
        const broken = breakControlTokens(text);
        for (const token of TOKENS) expect(broken.toLowerCase()).not.toContain(token.toLowerCase());
        expect(breakControlTokens(broken)).toBe(broken);
      },
    ),
  );
});
