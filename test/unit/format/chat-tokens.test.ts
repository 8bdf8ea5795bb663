import { describe, expect, test } from 'vitest';
import { parseTurn } from '../../../src/format/turn-parser.ts';

const OPTIONS = { speaker: { name: 'Mara Vell' }, others: ['Tobin'] };
const NODS = '<role_action>nods</role_action>';

/** `p:` a plan if there is one, then `t:` thought, `a:` action, `s:` speech. */
function read(text: string): string[] {
  const { systemThinking, segments } = parseTurn(text, OPTIONS);
  const plan = systemThinking === '' ? [] : [`p:${systemThinking}`];
  return [...plan, ...segments.map((segment) => `${segment.kind[0]}:${segment.text}`)];
}

describe('a token of a chat template before anything was said', () => {
  test.each<[string, string[]]>([
    ['<bos>Fine.', ['s:Fine.']],
    ['\n<|im_start|>assistant\nFine.', ['s:Fine.']],
    ['<|im_start|>Fine, sir.', ['s:Fine, sir.']],
    ['<|im_start|>assistant\nNo human heard.', ['s:No human heard.']],
    ['<system_thinking>wait</system_thinking><|im_start|>assistant\nFine.', ['p:wait', 's:Fine.']],
    ['<think>wait</think>\n<|im_start|>assistant\nFine.', ['p:wait', 's:Fine.']],
    ['<|channel|>final<|message|><bos>Fine.', ['s:Fine.']],
    ['[/INST] Fine.', ['s:Fine.']],
  ])('is taken out: %s', (text, shown) => {
    expect(read(text)).toEqual(shown);
  });

  test.each<[string, string[]]>([
    ['<|start_header_id|>assistant<|end_header_id|>\n\nFine.', ['s:Fine.']],
    ['<|start_header_id|>Mara Vell<|end_header_id|>\n\nFine.', ['s:Fine.']],
    ['<|start_header_id|>assistant\nFine.', ['s:Fine.']],
    [`<|start_header_id|>assistant\n${NODS}Fine.`, ['a:nods', 's:Fine.']],
    ['<bos>Fine.<|end_header_id|>Go.', ['s:Fine.']],
  ])('may be half of a header: %s', (text, shown) => {
    expect(read(text)).toEqual(shown);
  });

  test.each([
    '<|im_start|>user\nGo.',
    '<|im_start|>\nuser\nGo.',
    '<|im_start|>system\nBe Mara Vell.',
    '<|user|>Go.',
    '[INST] Go. [/INST]',
    '<think>wait<|im_end|> and see</think>Fine.',
  ])('shows nothing where another’s message begins, or none does: %s', (text) => {
    expect(read(text).filter((part) => !part.startsWith('p:'))).toEqual([]);
  });
});

describe('a token of a chat template after something was said', () => {
  test.each<[string, string[]]>([
    ['Fine.<|im_end|>Go.', ['s:Fine.']],
    ['Fine.<|im_start|>assistant\nGo.', ['s:Fine.']],
    [`${NODS}<|im_end|><role_action>bows</role_action>Go.`, ['a:nods']],
    ['Fine.<|im_end|>Go.</s>', ['s:Fine.']],
    ['Fine.</s>Go.', ['s:Fine.']],
    ['Fine.<s>Go.<s>No.', ['s:Fine.']],
    [`<think>wait</think>Fine.<|im_end|>${NODS}`, ['p:wait', 's:Fine.']],
  ])('ends the turn: %s', (text, shown) => {
    expect(read(text)).toEqual(shown);
  });

  test('is none where it strikes words through', () => {
    expect(read('Fine, <s>not</s> so.')).toEqual(['s:Fine, not so.']);
  });
});
