import { describe, expect, test } from 'vitest';
import { readAnswerEvent } from '../../../src/model/answer-event.ts';

const nothing = { text: '', reasoning: '', declined: false, finish: undefined, usage: undefined };

describe('readAnswerEvent', () => {
  test.each([
    ['a chat delta', { choices: [{ delta: { content: 'a' }, finish_reason: null }] }, { text: 'a' }],
    [
      'a legacy completion',
      { choices: [{ text: 'a', finish_reason: 'stop' }] },
      { text: 'a', finish: 'stop' },
    ],
    [
      'a whole answer',
      { choices: [{ message: { content: 'a' }, finish_reason: 'eos' }] },
      { text: 'a', finish: 'stop' },
    ],
    ['reasoning', { choices: [{ delta: { content: null, reasoning_content: 'r' } }] }, { reasoning: 'r' }],
    ['reasoning by its other name', { choices: [{ delta: { reasoning: 'r' } }] }, { reasoning: 'r' }],
    [
      'a list of parts',
      {
        choices: [
          {
            delta: {
              content: [
                { type: 'thinking', thinking: [{ text: 'r' }] },
                { type: 'text', text: 'a' },
              ],
            },
          },
        ],
      },
      { text: 'a', reasoning: 'r' },
    ],
    ['a refusal', { choices: [{ delta: { refusal: 'I cannot.' } }] }, { declined: true }],
    ['nothing', {}, {}],
    ['no choices', { choices: [] }, {}],
    ['a choice without words', { choices: [{ delta: { role: 'assistant', content: '' } }] }, {}],
    ['max_tokens', { choices: [{ finish_reason: 'max_tokens' }] }, { finish: 'length' }],
    ['a filter', { choices: [{ finish_reason: 'content_filter' }] }, { finish: 'filter' }],
    ['a reason of its own', { choices: [{ finish_reason: 'bored' }] }, { finish: 'other' }],
  ])('%s', (_name, event, read) => {
    expect(readAnswerEvent(event)).toEqual({ ...nothing, ...read });
  });

  test.each([
    [{ prompt_tokens: 9, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 8 } }, [9, 8, 3]],
    [{ prompt_tokens: 9, prompt_cache_hit_tokens: 5 }, [9, 5, undefined]],
    [{ prompt_tokens: -1, completion_tokens: 'many' }, [undefined, undefined, undefined]],
  ])('usage %j', (usage, [promptTokens, cachedTokens, completionTokens]) => {
    expect(readAnswerEvent({ usage }).usage).toEqual({ promptTokens, cachedTokens, completionTokens });
  });

  test.each([7, null, 'text', { choices: 7 }, { choices: [{ delta: { content: 7 } }] }])(
    '%j is not one',
    (event) => {
      expect(() => readAnswerEvent(event)).toThrow();
    },
  );
});
